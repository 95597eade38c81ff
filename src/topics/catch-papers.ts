import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { recordCatches } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import { matchedSequence, moveMatched, takePlanning } from '../store/matched.ts';
import { newestSequence, papersAddedAfter, type SequencedPaper } from '../store/papers.ts';
import type { CatchOutcome } from '../store/schema.ts';
import { write } from '../store/write.ts';
import { isOld, newsSince } from './age.ts';
import type { FollowedTopic } from '../store/topics.ts';
import type { FollowedTopics } from './followed-topics.ts';

/** Papers read at a time. */
const BATCH = 100;
/**
 * Catches written in one transaction, or those of one paper where they are more: some 40 milliseconds. They lie in the order of
 * topics, so that a few of each topic change as much of the file as one.
 */
const MOST_WRITTEN = 10_000;
/** Matching goes on so long without letting others run, in milliseconds. */
const STEP = 10;

/** What matching needs. */
export interface CatchWorld {
  db: Db;
  clock: Clock;
  log: Log;
  signal?: AbortSignal;
}

interface Caught {
  topicId: number;
  paperId: number;
  outcome: CatchOutcome | null;
}

/**
 * Matches the papers that are new to the archive with all topics, each paper once, in the order in which they were added.
 * Safe in several processes. Returns how many catches there were.
 */
export async function catchPapers(topics: FollowedTopics, { db, clock, log, signal }: CatchWorld): Promise<number> {
  let count = 0;
  await topics.catchUp(db);
  for (;;) {
    if (signal?.aborted) return count;
    const from = await matchedSequence(db);
    const now = clock();
    const { caught, last } = await matchNext(db, from, topics, now, log);
    if (last === from) return count;
    await breathe();
    const isKept = await write(db, async (trx) => {
      const { matched, version } = await takePlanning(trx);
      // Another process was faster, or a topic was changed meanwhile: what was matched may be wrong now.
      if (matched !== from || version !== topics.version) return false;
      await recordCatches(trx, caught, now);
      await moveMatched(trx, last);
      return true;
    });
    if (isKept) count += caught.length;
    else await topics.catchUp(db);
    await breathe();
  }
}

async function matchNext(db: Db, from: number, topics: FollowedTopics, now: Date, log: Log) {
  // Without topics there is nothing to match, and nobody need read what is new.
  if (topics.size === 0) return { caught: [], last: await newestSequence(db) };
  return matchSome(await papersAddedAfter(db, from, BATCH), from, topics, now, log);
}

/** Matches papers until enough was caught; `last` is the sequence number of the last that was matched. */
async function matchSome(papers: SequencedPaper[], from: number, topics: FollowedTopics, now: Date, log: Log) {
  const caught: Caught[] = [];
  const since = newsSince(now);
  let last = from;
  let start = performance.now();
  for (const added of papers) {
    caught.push(...matchOne(added, topics, since, log));
    last = added.sequence;
    if (caught.length >= MOST_WRITTEN) break;
    if (performance.now() - start < STEP) continue;
    await breathe();
    start = performance.now();
  }
  return { caught, last };
}

/** A paper that cannot be matched is passed over, so that it stops no other. */
function matchOne({ paper, sequence }: SequencedPaper, topics: FollowedTopics, since: string, log: Log): Caught[] {
  try {
    const old = isOld(paper, since);
    return topics
      .match(paper, sequence)
      .map((topic) => ({ topicId: topic.id, paperId: paper.id, outcome: outcomeOf(topic, old) }));
  } catch (error) {
    log.error({ err: error, paper: paper.id }, 'a paper could not be matched with topics; it is passed over');
    return [];
  }
}

/** What is settled at once; `null` for what waits to be told. */
function outcomeOf({ pausedAt, toldBy }: FollowedTopic, isOldPaper: boolean): CatchOutcome | null {
  if (isOldPaper) return 'old';
  if (pausedAt !== null) return 'paused';
  return toldBy === 'inbox' ? 'inbox' : null;
}
