import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { type WaitingCatch, waitingCatches } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import type { Destination, DraftedDelivery } from '../store/deliveries.ts';
import type { FollowedTopic } from '../store/topics.ts';
import { draftOf } from './alert-draft.ts';
import type { CatchOutcome } from '../store/schema.ts';
import type { DueRound } from './due-rounds.ts';
import type { FollowedTopics } from './followed-topics.ts';
import type { FreshCatch } from './fresh-catches.ts';
import type { PapersAtHand } from './papers-at-hand.ts';
import type { Queries } from './queries.ts';
import { type Moment, planRound, type RoundPlan } from './round.ts';

/** Planning goes on so long without letting others run, in milliseconds. */
const STEP = 10;

/** What rounds share. */
export interface Shared {
  topics: FollowedTopics;
  papers: PapersAtHand;
  queries: Queries;
  /** By topic, what is to be told and not stored yet. */
  fresh: ReadonlyMap<number, FreshCatch[]>;
  log: Log;
}

/** A message to be planned, with the papers it tells of and the catches it settles. */
interface PreparedAlert {
  delivery: DraftedDelivery;
  paperIds: number[];
  caught: (WaitingCatch | FreshCatch)[];
}

/** A catch that is settled without a message. */
interface SettledSilently {
  caught: WaitingCatch | FreshCatch;
  outcome: CatchOutcome;
}

/** The rounds of some destinations, ready to be stored together. */
export interface PreparedRounds {
  /** The version of the topics that they were prepared with. */
  version: number;
  alerts: PreparedAlert[];
  settled: SettledSilently[];
  ran: FollowedTopic[];
}

/** Reads what some destinations wait for, and plans their messages. One that fails waits, and stops no other. */
export async function prepareRounds(
  db: Db,
  rounds: readonly DueRound[],
  moment: Moment,
  { topics, papers, queries, fresh, log }: Shared,
): Promise<PreparedRounds> {
  const prepared: PreparedRounds = { version: topics.version, alerts: [], settled: [], ran: [] };
  const stored = await readWaiting(db, rounds);
  const waiting = rounds.map(({ topicIds }) => caughtBy(topicIds, stored, fresh));
  const known = await papers.read(db, idsOf(waiting));
  let start = performance.now();
  for (const [index, { destination, topicIds }] of rounds.entries()) {
    try {
      const plan = planRound({
        ...moment,
        topics: topicIds
          .flatMap((id) => topics.get(id) ?? [])
          .filter((topic) => isSame(topic.destination, destination)),
        waiting: waiting[index] ?? [],
        paper: (id) => known.get(id),
        wants: (topic, paper) => queries.match(topic, papers.words(paper)),
      });
      collect(prepared, plan, destination);
    } catch (error) {
      log.error({ err: error, destination }, 'an alert could not be planned; what it is about waits');
    }
    if (performance.now() - start < STEP) continue;
    await breathe();
    start = performance.now();
  }
  return prepared;
}

/** What some topics caught: in the order of topics, the latest of each last. */
function caughtBy(topicIds: readonly number[], ...places: ReadonlyMap<number, WaitingCatch[]>[]): WaitingCatch[] {
  const all: WaitingCatch[] = [];
  for (const id of topicIds) for (const place of places) for (const caught of place.get(id) ?? []) all.push(caught);
  return all;
}

function idsOf(waiting: readonly WaitingCatch[][]): Set<number> {
  const ids = new Set<number>();
  for (const some of waiting) for (const { paperId } of some) ids.add(paperId);
  return ids;
}

/** A topic may have moved since its round was due. */
function isSame(one: Destination, other: Destination): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** What is stored and waits for each topic. */
async function readWaiting(db: Db, rounds: readonly DueRound[]): Promise<Map<number, WaitingCatch[]>> {
  const waiting = new Map<number, WaitingCatch[]>();
  for (const caught of await waitingCatches(
    db,
    rounds.flatMap(({ waitingIds }) => waitingIds),
  )) {
    const list = waiting.get(caught.topicId);
    if (list) list.push(caught);
    else waiting.set(caught.topicId, [caught]);
  }
  return waiting;
}

function collect(prepared: PreparedRounds, { alerts, settled, ran }: RoundPlan, destination: Destination): void {
  for (const alert of alerts) {
    const paperIds = alert.papers.map(({ paper }) => paper.id);
    const subject = `alert:${Math.min(...paperIds)}`;
    const delivery = { destination, subject, form: alert.form, draft: draftOf(alert) };
    prepared.alerts.push({ delivery, paperIds, caught: alert.caught });
  }
  prepared.ran.push(...ran);
  prepared.settled.push(...settled);
}
