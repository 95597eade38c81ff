import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const traces = new AsyncLocalStorage<string>();

/** Runs `work` so that every line that it logs, however deep, bears `id` as its `trace`. Returns what `work` does. */
export function traced<T>(id: string, work: () => T): T {
  return traces.run(id, work);
}

/** The id under which the caller runs; `null` when under none. */
export function currentTrace(): string | null {
  return traces.getStore() ?? null;
}

/** A new id, in the form of those that readers are shown: six characters. */
export function newTrace(): string {
  return randomBytes(3).toString('hex').toUpperCase();
}
