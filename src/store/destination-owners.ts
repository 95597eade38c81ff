import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';

/** The ids of the readers who set something up for the destination, a topic or a summary, and were not forgotten since. */
export async function ownersOf(db: Db, { kind, id }: Destination): Promise<string[]> {
  const topics = db
    .selectFrom('topics')
    .select('reader_id')
    .where('destination_kind', '=', kind)
    .where('destination_id', '=', id);
  const summaries = db.selectFrom('summaries').select('reader_id').where('channel_id', '=', id);
  const rows = await (kind === 'channel' ? topics.union(summaries) : topics).orderBy('reader_id').execute();
  return [...new Set(rows.map((row) => row.reader_id))].filter((reader) => reader !== '');
}
