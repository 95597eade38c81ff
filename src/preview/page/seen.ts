import type { State } from './state.ts';

const KEY = 'paperboy.seen';

/** Keeps in this browser which messages were on the screen, so that they are not new again after a reload. */
export function saveSeen(storage: Storage, { seen }: State): void {
  storage.setItem(KEY, JSON.stringify([...seen]));
}

export function restoreSeen(storage: Storage, state: State): void {
  state.seen = new Map(JSON.parse(storage.getItem(KEY) ?? '[]') as [string, string][]);
}
