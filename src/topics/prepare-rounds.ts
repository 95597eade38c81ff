import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { type SettledCatch, type WaitingCatch, waitingCatches } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import type { Destination, DraftedDelivery } from '../store/deliveries.ts';
import { departedGuilds } from '../store/departed-guilds.ts';
import { topicsWithBusiness } from '../store/due-topics.ts';
import { newestTopicVersion, type Topic } from '../store/topics.ts';
import { draftOf } from './alert-draft.ts';
import { keyOf } from './due-destinations.ts';
import type { PapersAtHand } from './papers-at-hand.ts';
import type { Queries } from './queries.ts';
import { planRound, type RoundPlan } from './round.ts';

/** Planning goes on so long without letting others run, in milliseconds. */
const STEP = 10;

/** What rounds share. */
export interface Shared {
  papers: PapersAtHand;
  queries: Queries;
  log: Log;
}

/** A message to be planned, with the papers it tells of and the catches it settles. */
interface PreparedAlert {
  delivery: DraftedDelivery;
  paperIds: number[];
  caught: WaitingCatch[];
}

/** The rounds of some destinations, ready to be stored together. */
export interface PreparedRounds {
  /** The version of the topics that they were prepared with. */
  version: number;
  alerts: PreparedAlert[];
  /** Settled without a message. */
  settled: SettledCatch[];
  ran: Topic[];
}

/** Reads what some destinations wait for, and plans their messages. One that fails waits, and stops no other. */
export async function prepareRounds(
  db: Db,
  destinations: readonly Destination[],
  now: Date,
  { papers, queries, log }: Shared,
): Promise<PreparedRounds> {
  const prepared: PreparedRounds = { version: await newestTopicVersion(db), alerts: [], settled: [], ran: [] };
  const { topics, waiting } = await readRounds(db, destinations, now);
  const known = await papers.read(
    db,
    [...waiting.values()].flatMap((own) => own.map(({ paperId }) => paperId)),
  );
  let start = performance.now();
  for (const destination of destinations) {
    try {
      const plan = planRound({
        now,
        topics: topics.get(keyOf(destination)) ?? [],
        waiting: waiting.get(keyOf(destination)) ?? [],
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

/** The topics of destinations that have something to tell or whose hour has come, and what waits for them, by destination. */
async function readRounds(db: Db, destinations: readonly Destination[], now: Date) {
  const departed = await departedGuilds(db);
  const topics = new Map<string, Topic[]>();
  const waiting = new Map<string, WaitingCatch[]>();
  const keys = new Map<number, string>();
  for (const topic of await topicsWithBusiness(db, destinations, now)) {
    const key = keyOf(topic.destination);
    keys.set(topic.id, key);
    // In a server that the bot has left, topics are as good as paused.
    const isDeparted = topic.guildId !== null && departed.has(topic.guildId);
    add(topics, key, isDeparted ? { ...topic, pausedAt: topic.pausedAt ?? now } : topic);
  }
  for (const caught of await waitingCatches(db, [...keys.keys()])) add(waiting, keys.get(caught.topicId) ?? '', caught);
  return { topics, waiting };
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function collect(prepared: PreparedRounds, { alerts, settled, ran }: RoundPlan, destination: Destination): void {
  for (const alert of alerts) {
    const paperIds = alert.papers.map(({ paper }) => paper.id);
    const subject = `alert:${Math.min(...paperIds)}`;
    const delivery = { destination, subject, form: alert.form, draft: draftOf(alert) };
    prepared.alerts.push({ delivery, paperIds, caught: alert.caught });
  }
  prepared.ran.push(...ran);
  for (const { caught, outcome } of settled) {
    prepared.settled.push({ ...caught, outcome, deliveryId: caught.told?.deliveryId ?? null });
  }
}
