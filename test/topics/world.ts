import type { KyselyPlugin } from 'kysely';
import { silentLog } from '../../src/core/log.ts';
import type { Db } from '../../src/store/database.ts';
import { deliveriesAfter } from '../../src/store/deliveries.ts';
import { createTopic, type NewTopic } from '../../src/store/topics.ts';
import type { Alert } from '../../src/topics/alert.ts';
import { createAlertPlanner } from '../../src/topics/plan-alerts.ts';
import { createAlertWriter } from '../../src/topics/write-alert.ts';
import { memory } from '../store/fixtures.ts';

/** Ten in the morning, on the list day of `store`. */
export const NOW = new Date('2025-03-10T10:00:00Z');

/** How rare words are decides how fast matching is, never what matches. */
export const search = { frequency: () => 1, size: 1000 };

/** A database with a planner; its messages are given as what alerts say. */
export async function planningWorld(given: Db | null = null) {
  const db = given ?? (await memory());
  const time = { now: NOW };
  const clock = () => time.now;
  const makePlanner = () => createAlertPlanner({ db, search, clock, log: silentLog, timezone: 'UTC' });
  const follow = (query: string, given: Partial<NewTopic> = {}) => createTopic(db, topic(query, given), time.now);
  const later = (minutes: number) => void (time.now = new Date(time.now.getTime() + minutes * 60_000));
  return { db, clock, time, plan: makePlanner(), makePlanner, follow, later, messages: () => messages(db) };
}

/** A reader's own topic, named like its query. */
export function topic(query: string, given: Partial<NewTopic> = {}): NewTopic {
  const { readerId = '7' } = given;
  return { name: query, query, readerId, destination: { kind: 'user', id: readerId }, ...given };
}

/** A topic of a channel in server 1. */
export function inChannel(id: string, given: Partial<NewTopic> = {}): Partial<NewTopic> {
  return { guildId: '1', destination: { kind: 'channel', id }, ...given };
}

export interface Message {
  to: string;
  form: string;
  topics: string[];
  papers: string[];
  roles: string[];
  more: number;
}

function summaryOf(alert: Alert): object {
  return {
    topics: alert.topics.map(({ name }) => name),
    papers: alert.papers.map(({ paper }) => paper.title),
    roles: alert.mentionRoleIds,
    more: alert.more,
  };
}

/** What was planned, in order, as it would be written now. */
async function messages(db: Db): Promise<Message[]> {
  const words = () => Promise.resolve(search);
  const writeAlert = createAlertWriter({ db, search: words, clock: () => NOW, log: silentLog, render: summaryOf });
  const planned = await deliveriesAfter(db, 0, 10_000);
  return Promise.all(
    planned.map(async (delivery) => {
      const { destination, form, draftJson } = delivery;
      const payload = await writeAlert(JSON.parse(draftJson ?? '') as object, delivery);
      return { to: `${destination.kind} ${destination.id}`, form, ...(payload as Omit<Message, 'to' | 'form'>) };
    }),
  );
}

/** Fails at the statement after `count` others, as a process does that is killed there. */
export function dying(count: number): KyselyPlugin {
  let left = count;
  return {
    transformQuery: ({ node }) => {
      if (left-- <= 0) throw new Error('killed');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}
