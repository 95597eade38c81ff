import { feedSource } from './feed.ts';
import { withoutSecrets } from './fetched-document.ts';
import type { Source } from './source.ts';
import type { SourceTools } from './tools.ts';

/** Looked at no more often, in milliseconds: half an hour, less what a look may begin earlier than the one before. */
const INTERVAL = 29 * 60_000;

/** Any RSS or Atom feeds, each a source of its own that is named by its address. */
export function feedSources(tools: SourceTools, addresses: readonly string[]): Source[] {
  return addresses.map((address) =>
    feedSource(tools, {
      name: withoutSecrets(address).replace(/^https?:\/\//, ''),
      address,
      interval: INTERVAL,
      calendar: { restDays: [], staleAfterDays: 30 },
    }),
  );
}
