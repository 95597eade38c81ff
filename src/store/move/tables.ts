import type { Schema } from '../schema.ts';

/** A table of an archive. Which processes run and what they hold is none of its business. */
export type TableName = Exclude<keyof Schema, 'schema_version' | 'processes' | 'leases'>;

/** The key of each table, in an order in which what is referred to comes first. */
const KEYS: Readonly<Record<TableName, readonly string[]>> = {
  counters: ['name'],
  papers: ['id'],
  digests: ['id'],
  appearances: ['digest_id', 'position'],
  removed_papers: ['paper_id'],
  readings: ['paper_id', 'source', 'read_at'],
  ingestions: ['id'],
  settings: ['key'],
  button_states: ['id'],
  source_states: ['source'],
  fetches: ['address'],
  hosts: ['host'],
  unreadable_documents: ['source', 'origin'],
  backfilled_days: ['source', 'date'],
  deliveries: ['id'],
  disabled_destinations: ['destination_kind', 'destination_id'],
  topics: ['id'],
  removed_topics: ['topic_id'],
  catches: ['topic_id', 'paper_id'],
  told_papers: ['destination_kind', 'destination_id', 'paper_id'],
  readers: ['id'],
  saved_papers: ['reader_id', 'paper_id'],
  departed_guilds: ['guild_id'],
  summaries: ['id'],
  summary_posts: ['summary_id', 'local_date'],
  summary_papers: ['summary_id', 'paper_id'],
};

export const TABLES = Object.keys(KEYS) as TableName[];

/** The columns that name a row. */
export function keyOf(table: TableName): readonly string[] {
  return KEYS[table];
}

/** The tables whose rows the database numbers by itself. */
export const NUMBERED = ['papers', 'digests', 'ingestions', 'deliveries', 'topics', 'summaries'] as const;
