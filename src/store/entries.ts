import { setImmediate as breathe } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Entry } from '../core/paper.ts';
import { chunks } from './chunks.ts';
import { loadCandidates, saveRevisions } from './revisions.ts';
import { columnsOf, type FactColumns, fillUnknown, newestCounts } from './facts.ts';
import { recordReadings } from './readings.ts';
import { addCandidate, type Candidates, type Revision, findSamePaper } from './same-paper.ts';
import type { Schema } from './schema.ts';
import type { Sequence } from './sequence.ts';

/** A list that is fetched again as it grows. What an earlier fetch told is never blanked by a later one. */
export interface LiveList {
  source: string;
  /** Papers that an earlier digest of the same source shows do not appear in this one again. */
  onlyNew: boolean;
  /** When it was fetched; `null` when a kept document is read again, which tells nothing new of votes and comments. */
  fetchedAt: Date | null;
}

/** One reading of one digest on its way into the database. */
export interface Placing {
  digestId: number;
  /** The list day, else the day it was read. */
  day: string;
  sequence: Sequence;
  /** The paper at each position by an earlier reading of the digest; empty the first time. */
  before: ReadonlyMap<number, number>;
  /** Ids of papers that only an earlier reading of this digest named as it did, by abstract: their title was misread. */
  misnamed: ReadonlyMap<string, number>;
  /** `null` for a document that stays as it is. */
  list: LiveList | null;
}

export interface Placed {
  /** Papers stored for the first time. */
  created: Set<number>;
  /** Known papers of which something was learnt or corrected. */
  updated: Set<number>;
  /** All papers the digest shows. */
  shown: Set<number>;
}

interface Reading {
  position: number;
  facts: FactColumns;
}

/**
 * Stores the entries as appearances of their papers, and the papers. A paper's facts come from the oldest digest that shows
 * it, what that does not tell from the next, and so on; its counts come from the newest list. Replacements are passed over:
 * the paper was listed when it was new, and the archive keeps the words it had then.
 */
export async function placeEntries(
  trx: Transaction<Schema>,
  placing: Placing,
  entries: readonly Entry[],
): Promise<Placed> {
  const placed: Placed = { created: new Set(), updated: new Set(), shown: new Set() };
  for (const chunk of chunks(entries.filter(({ announced }) => announced !== 'replacement'))) {
    await placeChunk(trx, placing, chunk, placed);
    await breathe();
  }
  return placed;
}

async function placeChunk(trx: Transaction<Schema>, placing: Placing, entries: Entry[], placed: Placed): Promise<void> {
  const readings = entries.map((entry) => ({ position: entry.position, facts: columnsOf(entry) }));
  const candidates = await loadCandidates(
    trx,
    readings.map(({ facts }) => facts),
    placing.misnamed,
  );
  const places = readings.map((reading) => ({ ...reading, revision: place(placing, candidates, reading) }));
  const { created, updated } = await saveRevisions(
    trx,
    [...new Set(places.map(({ revision }) => revision))],
    placing.sequence,
  );
  const old = await shownEarlier(
    trx,
    placing,
    places.map(({ revision }) => revision.id),
  );
  const rows = places
    .filter(({ revision }) => !old.has(revision.id))
    .map(({ position, facts: { comments, upvotes }, revision }) => {
      return { digest_id: placing.digestId, position, paper_id: revision.id, comments, upvotes };
    });
  if (rows.length > 0) await trx.insertInto('appearances').values(rows).execute();
  if (placing.list?.fetchedAt) await recordReadings(trx, placing.list.source, placing.list.fetchedAt, rows);
  for (const id of created) placed.created.add(id);
  for (const id of updated) if (!placed.created.has(id)) placed.updated.add(id);
  for (const { paper_id } of rows) placed.shown.add(paper_id);
}

/** Of these papers those that a stream has shown before. */
async function shownEarlier(
  trx: Transaction<Schema>,
  { digestId, list }: Placing,
  ids: number[],
): Promise<Set<number>> {
  if (!list?.onlyNew) return new Set();
  const rows = await trx
    .selectFrom('appearances')
    .innerJoin('digests', 'digests.id', 'appearances.digest_id')
    .select('paper_id')
    .where('paper_id', 'in', ids)
    .where('digest_id', '<', digestId)
    .where('source', '=', list.source)
    .execute();
  return new Set(rows.map(({ paper_id }) => paper_id));
}

/** Finds or makes the paper that a reading is of, and adds to it what the reading tells. */
function place(placing: Placing, candidates: Candidates, { position, facts }: Reading): Revision {
  const { digestId: digest_id, day } = placing;
  const revision = findSamePaper(candidates, facts, placing.before.get(position)) ?? newRevision(facts);
  const merged = merge(revision, facts, placing);
  revision.showings.push({ digest_id, day, position, comments: facts.comments, upvotes: facts.upvotes });
  revision.facts = { ...merged, ...newestCounts(revision.showings) };
  addCandidate(candidates, revision);
  return revision;
}

function newRevision(facts: FactColumns): Revision {
  return { id: 0, facts, stored: null, showings: [] };
}

/** What the paper's digests tell of it, now that this one tells `reading`: the oldest digest's word counts. */
function merge({ facts, showings }: Revision, reading: FactColumns, { digestId, list }: Placing): FactColumns {
  if (showings.length === 0) return list ? fillUnknown(reading, facts) : reading;
  const isOldest = showings.every(({ digest_id }) => digest_id > digestId);
  return isOldest ? fillUnknown(reading, facts) : fillUnknown(facts, reading);
}
