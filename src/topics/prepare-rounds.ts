import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { type SettledCatch, type WaitingCatch, waitingCatches } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import type { Destination, PlannedDelivery } from '../store/deliveries.ts';
import { departedGuilds } from '../store/departed-guilds.ts';
import { newestTopicVersion, type Topic, topicsAtAny } from '../store/topics.ts';
import { MOST_SHOWN, type RenderAlert } from './alert.ts';
import { keyOf } from './due-destinations.ts';
import type { MarksAtHand } from './marks-at-hand.ts';
import type { PapersAtHand } from './papers-at-hand.ts';
import type { Queries } from './queries.ts';
import { type PlannedAlert, planRound, type RoundPlan } from './round.ts';

/** Making messages goes on so long without letting others run, in milliseconds. */
const STEP = 10;

/** What making messages needs. */
export interface Rendering {
  papers: PapersAtHand;
  queries: Queries;
  marks: MarksAtHand;
  render: RenderAlert;
  log: Log;
}

/** A message to be planned, with the papers it tells of and the catches it settles. */
interface PreparedAlert {
  delivery: PlannedDelivery;
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

/** Reads what some destinations (at most 500) wait for, and makes their messages. One that fails waits, and stops no other. */
export async function prepareRounds(
  db: Db,
  destinations: readonly Destination[],
  now: Date,
  rendering: Rendering,
): Promise<PreparedRounds> {
  const { papers, queries, log } = rendering;
  const prepared: PreparedRounds = { version: await newestTopicVersion(db), alerts: [], settled: [], ran: [] };
  const { topics, waiting } = await readRounds(db, destinations, now);
  let start = performance.now();
  for (const destination of destinations) {
    const own = waiting.get(keyOf(destination)) ?? [];
    const paperIds = own.map(({ paperId }) => paperId);
    await papers.read(db, paperIds);
    try {
      const plan = planRound({
        now,
        topics: topics.get(keyOf(destination)) ?? [],
        waiting: own,
        paper: (id) => papers.get(id),
        wants: (topic, paper) => queries.match(topic, papers.words(paper)),
      });
      const alerts = plan.alerts.map((alert) => prepareAlert(destination, alert, rendering));
      collect(prepared, plan, alerts);
    } catch (error) {
      log.error({ err: error, destination }, 'an alert could not be made; what it is about waits');
    }
    if (performance.now() - start < STEP) continue;
    await breathe();
    start = performance.now();
  }
  return prepared;
}

/** The topics of destinations and what waits for them, by destination. */
async function readRounds(db: Db, destinations: readonly Destination[], now: Date) {
  const departed = await departedGuilds(db);
  const topics = new Map<string, Topic[]>();
  const waiting = new Map<string, WaitingCatch[]>();
  const keys = new Map<number, string>();
  for (const topic of await topicsAtAny(db, destinations)) {
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

function collect(prepared: PreparedRounds, { settled, ran }: RoundPlan, alerts: PreparedAlert[]): void {
  prepared.alerts.push(...alerts);
  prepared.ran.push(...ran);
  for (const { caught, outcome } of settled) {
    prepared.settled.push({ ...caught, outcome, deliveryId: caught.told?.deliveryId ?? null });
  }
}

function prepareAlert(
  destination: Destination,
  { form, topics, mentionRoleIds, papers, caught }: PlannedAlert,
  { marks, render }: Rendering,
): PreparedAlert {
  const queries = new Map(topics.map(({ id, query }) => [id, query]));
  const shown = papers.slice(0, MOST_SHOWN).map(({ paper, topicIds }) => {
    const asked = topicIds.flatMap((id) => queries.get(id) ?? []);
    return { paper, topicIds, ...marks.of(paper, asked) };
  });
  const payload = render({
    destination,
    form,
    topics: topics.map(({ id, name }) => ({ id, name })),
    mentionRoleIds,
    papers: shown,
    more: papers.length - shown.length,
  });
  const paperIds = papers.map(({ paper }) => paper.id);
  const subject = `alert:${paperIds.reduce((least, id) => Math.min(least, id))}`;
  return { delivery: { destination, subject, form, payload }, paperIds, caught };
}
