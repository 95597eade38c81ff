import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { givenRows } from './given-rows.ts';
import { write } from './write.ts';
import { chunks } from './chunks.ts';
import { type LocalSchedule, nextRun } from '../core/local-schedule.ts';
import { type Topic, topicOf } from './topics.ts';

/** A topic with something to tell, and when it does. */
export type WaitingTopic = Pick<Topic, 'id' | 'destination' | 'nextRunAt' | 'snoozedUntil'>;

/** At most `limit` topics with a greater id than `after` for which catches wait, by id. */
export async function topicsWaiting(db: Db, after: number, limit: number): Promise<WaitingTopic[]> {
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('catches')
        .select('topic_id')
        .distinct()
        .where('outcome', 'is', null)
        .where('topic_id', '>', after)
        .orderBy('topic_id')
        .limit(limit)
        .as('waiting'),
    )
    .innerJoin('topics', 'topics.id', 'waiting.topic_id')
    .select(['topics.id', 'destination_kind', 'destination_id', 'next_run_at', 'snoozed_until'])
    .orderBy('topics.id')
    .execute();
  return rows.map(({ id, destination_kind, destination_id, next_run_at, snoozed_until }) => ({
    id,
    destination: { kind: destination_kind, id: destination_id },
    nextRunAt: next_run_at === null ? null : new Date(next_run_at),
    snoozedUntil: snoozed_until === null ? null : new Date(snoozed_until),
  }));
}

/** The topics of these destinations for which catches wait or whose schedule has come to a run, the oldest first. */
export async function topicsWithBusiness(db: Db, destinations: readonly Destination[], now: Date): Promise<Topic[]> {
  const given = givenRows(
    db,
    { kind: 'text', id: 'text' },
    destinations.map(({ kind, id }) => [kind, id]),
  );
  const rows = await db
    .selectFrom('topics')
    .selectAll()
    .where(sql<boolean>`(destination_kind, destination_id) in ${given}`)
    .where((eb) =>
      eb.or([
        eb('next_run_at', '<=', now.toISOString()),
        eb.exists(
          eb
            .selectFrom('catches')
            .select('paper_id')
            .whereRef('topic_id', '=', 'topics.id')
            .where('outcome', 'is', null),
        ),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(topicOf);
}

/** The destinations of topics whose schedule has come to a run, whether they have something to tell or not. */
export async function destinationsRun(db: Db, now: Date): Promise<Destination[]> {
  return db
    .selectFrom('topics')
    .select(['destination_kind as kind', 'destination_id as id'])
    .distinct()
    .where('next_run_at', '<=', now.toISOString())
    .execute();
}

/** Moves topics to the next run of their schedules after `now`. */
export function moveToNextRun(db: Db, topics: readonly Topic[], now: Date): Promise<void> {
  const bySchedule = new Map<string, { schedule: LocalSchedule; ids: number[] }>();
  for (const { id, schedule } of topics) {
    if (!schedule) continue;
    const key = JSON.stringify(schedule);
    const group = bySchedule.get(key) ?? { schedule, ids: [] };
    group.ids.push(id);
    bySchedule.set(key, group);
  }
  return write(db, async (trx) => {
    for (const { schedule, ids } of bySchedule.values()) {
      const next_run_at = nextRun(schedule, now).at.toISOString();
      for (const chunk of chunks(ids)) {
        await trx.updateTable('topics').set({ next_run_at }).where('id', 'in', chunk).execute();
      }
    }
  });
}
