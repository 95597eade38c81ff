import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import { matchedSequence } from '../store/matched.ts';
import { newestSequence, papersAddedAfter, type SequencedPaper } from '../store/papers.ts';
import type { CatchOutcome } from '../store/schema.ts';
import type { FollowedTopic } from '../store/topics.ts';
import { isOld, newsSince } from './age.ts';
import type { FollowedTopics } from './followed-topics.ts';
import { FreshCatches } from './fresh-catches.ts';
import type { PapersAtHand } from './papers-at-hand.ts';

/** Papers read at a time. */
const BATCH = 50;
/** Matching goes on so long without letting others run, in milliseconds. */
const STEP = 10;

/** What matching needs. */
export interface CatchWorld {
  db: Db;
  clock: Clock;
  log: Log;
  signal?: AbortSignal;
}

/**
 * Matches the papers that are new to the archive with all topics, each paper once, in the order in which they were added.
 * Safe in several processes. Returns the latest catches, `most` or somewhat more, which are yet to be stored, and how many there were
 * before, which are. Papers are put at hand.
 */
export async function catchPapers(
  topics: FollowedTopics,
  papers: PapersAtHand,
  world: CatchWorld,
  most: number,
): Promise<{ fresh: FreshCatches; stored: number }> {
  let stored = 0;
  for (let atOnce = most; ;) {
    await topics.catchUp(world.db);
    const fresh = await matchNew(topics, papers, world, atOnce);
    if (fresh.size <= atOnce) return { fresh, stored };
    const count = await fresh.store(world.db);
    stored += count ?? 0;
    // Where topics keep changing, less is lost of less.
    if (count === null) atOnce = 0;
  }
}

/** Matches what is new, until more than `most` was caught. */
async function matchNew(
  topics: FollowedTopics,
  papers: PapersAtHand,
  { db, clock, log, signal }: CatchWorld,
  most: number,
): Promise<FreshCatches> {
  const now = clock();
  const fresh = new FreshCatches(await matchedSequence(db), topics.version, now);
  if (topics.size === 0) {
    // There is nothing to match, and nobody need read what is new.
    fresh.last = await newestSequence(db);
    return fresh;
  }
  for (;;) {
    if (fresh.size > most || signal?.aborted) return fresh;
    const added = await papersAddedAfter(db, fresh.last, BATCH);
    if (added.length === 0) return fresh;
    papers.add(added.map(({ paper }) => paper));
    await matchSome(added, fresh, topics, newsSince(now), log);
    await breathe();
  }
}

async function matchSome(
  added: readonly SequencedPaper[],
  fresh: FreshCatches,
  topics: FollowedTopics,
  since: string,
  log: Log,
): Promise<void> {
  let start = performance.now();
  for (const one of added) {
    matchOne(one, fresh, topics, since, log);
    fresh.last = one.sequence;
    if (performance.now() - start < STEP) continue;
    await breathe();
    start = performance.now();
  }
}

/** A paper that cannot be matched is passed over, so that it stops no other. */
function matchOne(
  { paper, sequence }: SequencedPaper,
  fresh: FreshCatches,
  topics: FollowedTopics,
  since: string,
  log: Log,
): void {
  try {
    const old = isOld(paper, since);
    for (const topic of topics.match(paper, sequence)) fresh.add(topic.id, paper.id, outcomeOf(topic, old));
  } catch (error) {
    log.error({ err: error, paper: paper.id }, 'a paper could not be matched with topics; it is passed over');
  }
}

/** What is settled at once; `null` for what waits to be told. */
function outcomeOf({ pausedAt, toldBy }: FollowedTopic, isOldPaper: boolean): CatchOutcome | null {
  if (isOldPaper) return 'old';
  if (pausedAt !== null) return 'paused';
  return toldBy === 'inbox' ? 'inbox' : null;
}
