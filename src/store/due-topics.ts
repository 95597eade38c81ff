import { type LocalSchedule, nextRun } from '../core/local-schedule.ts';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { Topic } from './topics.ts';
import { write } from './write.ts';

/** At most `limit` ids above `after` of topics for which catches wait, ascending. */
export async function topicsWaiting(db: Db, after: number, limit: number): Promise<number[]> {
  const waiting = db.selectFrom('catches').select('topic_id').distinct().where('outcome', 'is', null);
  const rows = await waiting.where('topic_id', '>', after).orderBy('topic_id').limit(limit).execute();
  return rows.map(({ topic_id }) => topic_id);
}

/** The ids of topics whose schedule has come to a run, whether they have something to tell or not. */
export async function topicsRun(db: Db, now: Date): Promise<number[]> {
  const rows = await db.selectFrom('topics').select('id').where('next_run_at', '<=', now.toISOString()).execute();
  return rows.map(({ id }) => id);
}

/** Moves topics to the next run of their schedules after `now`. */
export function moveToNextRun(db: Db, topics: readonly Pick<Topic, 'id' | 'schedule'>[], now: Date): Promise<void> {
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
