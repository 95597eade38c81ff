import type { Call } from './commands.ts';
import { rebind, type Entry } from './composer/fill.ts';
import type { Draft, State } from './state.ts';

const KEY = 'paperboy.drafts';

interface StoredDraft {
  text: string;
  path: string[];
  entries: Entry[];
}

/** Keeps every channel's draft for this tab, so that it outlives a reload. */
export function saveDrafts(storage: Storage, drafts: Map<string, Draft>): void {
  const stored = [...drafts].map(([channelId, { text, fill }]): [string, StoredDraft] => [
    channelId,
    { text, path: fill?.call.path ?? [], entries: fill?.entries ?? [] },
  ]);
  storage.setItem(KEY, JSON.stringify(stored));
}

/** Puts kept drafts back, once it is known which commands there are. */
export function restoreDrafts(storage: Storage, state: State): void {
  const stored = JSON.parse(storage.getItem(KEY) ?? '[]') as [string, StoredDraft][];
  for (const [channelId, { text, path, entries }] of stored) {
    const call: Call = { commandId: '', path, description: '', options: [], contexts: null };
    const fill = path.length === 0 ? null : rebind({ call, entries }, state.calls);
    if (!state.drafts.has(channelId)) state.drafts.set(channelId, { text, fill });
  }
}
