import type { Db } from './database.ts';
import { type Fetch, findFetch, keepFetch } from './fetches.ts';
import { countRests, restHost, takeTurn, wakeHost } from './hosts.ts';
import { forgetUnreadable, keepUnreadable, type UnreadableDocument } from './unreadable-documents.ts';

/** What sources remember from one look to the next. */
export function sourceMemory(db: Db, clock: () => Date) {
  return {
    recall: (address: string) => findFetch(db, address),
    keep: (address: string, fetch: Fetch) => keepFetch(db, address, fetch),
    keepUnreadable: (document: Omit<UnreadableDocument, 'reason' | 'readAt'>, { reason }: { reason: string }) =>
      keepUnreadable(db, { ...document, reason, readAt: clock() }),
    forgetUnreadable: (source: string, origin: string) => forgetUnreadable(db, source, origin),
  };
}

/** The turns at hosts, shared by all processes that use this database. */
export function hostTurns(db: Db) {
  return {
    take: (host: string, spacing: number, now: Date) => takeTurn(db, host, spacing, now),
    rest: (host: string, milliseconds: number, now: Date) => restHost(db, host, milliseconds, now),
    countRests: (host: string) => countRests(db, host),
    wake: (host: string) => wakeHost(db, host),
  };
}
