import { setImmediate as breathe } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Entry } from '../core/paper.ts';
import { chunks } from './chunks.ts';
import { loadCandidates, saveDrafts } from './drafts.ts';
import { columnsOf, type FactColumns, fillUnknown, newestCounts } from './facts.ts';
import { addCandidate, type Candidates, type Draft, findSamePaper } from './same-paper.ts';
import type { Schema } from './schema.ts';
import type { Sequence } from './sequence.ts';

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
 * it, what that does not tell from the next, and so on; its counts come from the newest list.
 */
export async function placeEntries(
  trx: Transaction<Schema>,
  placing: Placing,
  entries: readonly Entry[],
): Promise<Placed> {
  const placed: Placed = { created: new Set(), updated: new Set(), shown: new Set() };
  for (const chunk of chunks(entries)) {
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
  const places = readings.map((reading) => ({ ...reading, draft: place(placing, candidates, reading) }));
  const { created, updated } = await saveDrafts(trx, [...new Set(places.map(({ draft }) => draft))], placing.sequence);
  const rows = places.map(({ position, facts: { comments, upvotes }, draft }) => {
    return { digest_id: placing.digestId, position, paper_id: draft.id, comments, upvotes };
  });
  await trx.insertInto('appearances').values(rows).execute();
  for (const id of created) placed.created.add(id);
  for (const id of updated) if (!placed.created.has(id)) placed.updated.add(id);
  for (const { paper_id } of rows) placed.shown.add(paper_id);
}

/** Finds or makes the paper that a reading is of, and adds to it what the reading tells. */
function place(placing: Placing, candidates: Candidates, { position, facts }: Reading): Draft {
  const { digestId: digest_id, day } = placing;
  const draft = findSamePaper(candidates, facts, placing.before.get(position)) ?? newDraft(facts);
  const merged = merge(draft, facts, digest_id);
  draft.showings.push({ digest_id, day, position, comments: facts.comments, upvotes: facts.upvotes });
  draft.facts = { ...merged, ...newestCounts(draft.showings) };
  addCandidate(candidates, draft);
  return draft;
}

function newDraft(facts: FactColumns): Draft {
  return { id: 0, facts, stored: null, showings: [] };
}

/** What the paper's digests tell of it, now that `digestId` tells `reading`: the oldest digest's word counts. */
function merge({ facts, showings }: Draft, reading: FactColumns, digestId: number): FactColumns {
  if (showings.length === 0) return reading;
  const isOldest = showings.every(({ digest_id }) => digest_id > digestId);
  return isOldest ? fillUnknown(reading, facts) : fillUnknown(facts, reading);
}
