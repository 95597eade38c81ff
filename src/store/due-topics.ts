import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { write } from './write.ts';
import { chunks } from './chunks.ts';
import { type LocalSchedule, nextRun } from '../core/local-schedule.ts';
import type { Topic } from './topics.ts';

/** Of these topics (at most 500) the destinations of those that tell now what they have to tell. */
export async function destinationsDue(db: Db, topicIds: readonly number[], now: Date): Promise<Destination[]> {
  const at = now.toISOString();
  return db
    .selectFrom('topics')
    .select(['destination_kind as kind', 'destination_id as id'])
    .distinct()
    .where('id', 'in', topicIds)
    .where((eb) => eb.or([eb('next_run_at', 'is', null), eb('next_run_at', '<=', at)]))
    .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', at)]))
    .execute();
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
