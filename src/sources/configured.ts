import type { Clock } from '../core/clock.ts';
import { inboxSource } from './inbox.ts';
import type { Source } from './source.ts';

/** What the configuration says about sources. */
export interface SourceSettings {
  sources: readonly 'inbox'[];
  /** The folder of the source `inbox`. */
  inbox: string;
}

/** The sources that the configuration names. `limit` is the size of the largest digest, in bytes. */
export function configuredSources(settings: SourceSettings, clock: Clock, limit: number): Source[] {
  const make = { inbox: () => inboxSource({ folder: settings.inbox, limit, clock }) };
  return settings.sources.map((name) => make[name]());
}
