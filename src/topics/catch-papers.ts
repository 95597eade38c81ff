import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { recordCatches } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import { matchedSequence, moveMatched, takePlanning } from '../store/matched.ts';
import { newestSequence, papersAddedAfter, type SequencedPaper } from '../store/papers.ts';
import type { CatchOutcome } from '../store/schema.ts';
import { write } from '../store/write.ts';
import { isOld, newsSince } from './age.ts';
import type { FollowedTopics, MatchedTopic } from './followed-topics.ts';

/** Papers matched in one transaction: what they were matched with is written in one go. */
const BATCH = 25;
/** Matching goes on so long without letting others run, in milliseconds. */
const STEP = 10;

interface Caught {
  topicId: number;
  paperId: number;
  outcome: CatchOutcome | null;
}

/**
 * Matches the papers that are new to the archive with all topics, each paper once, in the order in which they were added.
 * Safe in several processes. Returns how many catches there were.
 */
export async function catchPapers(db: Db, topics: FollowedTopics, clock: Clock): Promise<number> {
  let count = 0;
  await topics.catchUp(db);
  for (;;) {
    const from = await matchedSequence(db);
    // Without topics there is nothing to match, and nobody need read what is new.
    const added = topics.size > 0 ? await papersAddedAfter(db, from, BATCH) : [];
    const last = topics.size > 0 ? added.at(-1)?.sequence : await newestSequence(db);
    if (last === undefined || last === from) return count;
    const now = clock();
    const caught = await matchAll(added, topics, now);
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

async function matchAll(papers: SequencedPaper[], topics: FollowedTopics, now: Date): Promise<Caught[]> {
  const caught: Caught[] = [];
  let start = performance.now();
  const since = newsSince(now);
  for (const { paper, sequence } of papers) {
    const old = isOld(paper, since);
    for (const topic of topics.match(paper, sequence)) {
      caught.push({ topicId: topic.id, paperId: paper.id, outcome: outcomeOf(topic, old) });
    }
    if (performance.now() - start < STEP) continue;
    await breathe();
    start = performance.now();
  }
  return caught;
}

/** What is settled at once; `null` for what waits to be told. */
function outcomeOf({ isPaused, toldBy }: MatchedTopic, isOldPaper: boolean): CatchOutcome | null {
  if (isOldPaper) return 'old';
  if (isPaused) return 'paused';
  return toldBy === 'inbox' ? 'inbox' : null;
}
