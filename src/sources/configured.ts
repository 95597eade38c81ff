import { arxivSources, type ArxivSettings } from './arxiv.ts';
import { feedSources } from './feeds.ts';
import { HUGGING_FACE, huggingFaceSource } from './hugging-face.ts';
import { inboxSource } from './inbox.ts';
import { mailboxSource } from './mailbox.ts';
import type { MailboxAddress } from './mailbox-address.ts';
import type { Source } from './source.ts';
import type { SourceTools } from './tools.ts';

/** A look at sources of one kind that takes longer is cut off, in milliseconds. */
const PATIENCE = 10 * 60_000;

/** What the configuration says about sources. */
export interface SourceSettings extends ArxivSettings {
  sources: readonly SourceName[];
  /** The folder of the source `inbox`. */
  inbox: string;
  /** The host of the source `hugging-face`, or a mirror of it. */
  huggingFaceUrl: string;
  /** Addresses of RSS or Atom feeds. */
  feeds: readonly string[];
  /** Where digests come by mail; `null` when they do not. */
  mailbox: MailboxAddress | null;
  /** How hosts can reach whoever runs this; `null` when that is nobody's business. */
  contact: string | null;
}

/** What each name in `PAPERBOY_SOURCES` stands for. */
const KINDS = {
  inbox: ({ inbox }, { limit, clock }) => [inboxSource({ folder: inbox, limit, clock })],
  [HUGGING_FACE]: ({ huggingFaceUrl }, tools) => [huggingFaceSource(tools, huggingFaceUrl)],
  arxiv: (settings, tools) => arxivSources(tools, settings),
  feeds: ({ feeds }, tools) => feedSources(tools, feeds),
  mailbox: ({ mailbox }, tools) => (mailbox ? [mailboxSource({ ...tools, address: mailbox })] : []),
} satisfies Record<string, (settings: SourceSettings, tools: SourceTools) => Source[]>;

export type SourceName = keyof typeof KINDS;

export const SOURCE_NAMES = Object.keys(KINDS) as SourceName[];

/** The sources that the configuration names. */
export function configuredSources(settings: SourceSettings, tools: SourceTools): Source[] {
  return settings.sources.flatMap((name) => {
    const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(PATIENCE)]);
    return KINDS[name](settings, { ...tools, signal });
  });
}
