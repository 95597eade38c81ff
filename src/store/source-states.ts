import type { Db } from './database.ts';
import { write } from './write.ts';

/** What one look at a source brought. */
export interface Look {
  outcome: 'read' | 'failed' | 'unreadable';
  /** What went wrong, in words for people; `null` when nothing did, or nothing else than at the last look. */
  problem: string | null;
  /** When its host may be asked again; `null`: at the next look. */
  nextTryAt: Date | null;
  /** Whether it showed a paper that it had not shown before. */
  isFresh: boolean;
  /** Why nothing is published today, for example `the weekend`; `null` on other days. */
  rest: string | null;
  /** From when its silence is too long, when it was last fresh at a given moment; `null`: never. */
  staleAfter: (freshAt: Date) => Date | null;
}

/** How a source does. `stale`: it answers, and has shown nothing new for longer than it should. */
export type SourceState = 'fresh' | 'nothing new' | 'stale' | 'failed' | 'unreadable';

export interface SourceReport {
  source: string;
  state: SourceState;
  lookedAt: Date;
  /** When it last showed a paper that it had not shown before; `null`: never yet. */
  freshAt: Date | null;
  /** What went wrong at the last look, in words for people. */
  problem: string | null;
  failingSince: Date | null;
  /** When its host may be asked again; `null`: at the next look. */
  nextTryAt: Date | null;
  /** Why nothing was published on the day of the last look, for example `the weekend`; `null` on other days. */
  rest: string | null;
}

/** New papers are news for so long, in milliseconds. */
const NEWS = 24 * 3_600_000;

/** Keeps what a look at a source brought. */
export async function recordLook(db: Db, source: string, look: Look, now: Date): Promise<void> {
  await write(db, async (trx) => {
    const before = await trx.selectFrom('source_states').selectAll().where('source', '=', source).executeTakeFirst();
    const isWell = look.outcome === 'read';
    const fresh_at = look.isFresh ? now.toISOString() : (before?.fresh_at ?? null);
    // The silence of a source that was never fresh is measured from the first look.
    const measuredFrom = fresh_at ?? (before ? null : now.toISOString());
    const row = {
      looked_at: now.toISOString(),
      outcome: look.outcome,
      problem: isWell ? null : (look.problem ?? before?.problem ?? null),
      failing_since: isWell ? null : (before?.failing_since ?? now.toISOString()),
      next_try_at: look.nextTryAt?.toISOString() ?? null,
      fresh_at,
      stale_at: measuredFrom
        ? (look.staleAfter(new Date(measuredFrom))?.toISOString() ?? null)
        : (before?.stale_at ?? null),
      rest: look.rest,
    };
    await trx
      .insertInto('source_states')
      .values({ source, ...row })
      .onConflict((oc) => oc.column('source').doUpdateSet(row))
      .execute();
  });
}

/** How each source that was ever looked at does, in the order of their names. */
export async function sourceReport(db: Db, now: Date): Promise<SourceReport[]> {
  const rows = await db.selectFrom('source_states').selectAll().orderBy('source').execute();
  return rows.map((row) => ({
    source: row.source,
    state: stateOf(row, now),
    lookedAt: new Date(row.looked_at),
    freshAt: dateOrNull(row.fresh_at),
    problem: row.problem,
    failingSince: dateOrNull(row.failing_since),
    nextTryAt: dateOrNull(row.next_try_at),
    rest: row.rest,
  }));
}

/** Forgets the state of sources that are configured no longer. */
export async function forgetOtherSources(db: Db, configured: readonly string[]): Promise<void> {
  await write(db, (trx) =>
    trx
      .deleteFrom('source_states')
      .$if(configured.length > 0, (query) => query.where('source', 'not in', configured))
      .execute(),
  );
}

interface Timed {
  outcome: Look['outcome'];
  fresh_at: string | null;
  stale_at: string | null;
}

function stateOf({ outcome, fresh_at, stale_at }: Timed, now: Date): SourceState {
  if (outcome !== 'read') return outcome;
  if (stale_at !== null && Date.parse(stale_at) <= now.getTime()) return 'stale';
  return fresh_at !== null && now.getTime() - Date.parse(fresh_at) < NEWS ? 'fresh' : 'nothing new';
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
