import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { allPapers, store } from './fixtures.ts';

/** What later versions added. */
const ADDED = ['readings', 'source_states', 'fetches', 'hosts', 'unreadable_documents', 'backfilled_days'].concat([
  'deliveries',
  'disabled_destinations',
  'leases',
  'topics',
  'removed_topics',
  'catches',
  'told_papers',
  'readers',
  'saved_papers',
  'departed_guilds',
  'summaries',
  'summary_posts',
  'summary_papers',
  'processes',
]);
const COLUMNS = { papers: ['code_url', 'project_url', 'summary', 'withdrawn_on'], digests: ['list_key', 'only_new'] };

it('brings an archive of version 1 up to date, with everything in it', async () => {
  const url = `sqlite:${temporaryFolder()}/paperboy.db`;
  const old = await openDatabase(url);
  await store(old, [{ title: 'Owls', upvotes: 3 }]);
  const before = await allPapers(old);
  await sql`drop index digests_list_key`.execute(old);
  for (const table of ADDED) await old.schema.dropTable(table).execute();
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const column of columns) await old.schema.alterTable(table).dropColumn(column).execute();
  }
  await sql`delete from counters where name in ('topics', 'matched')`.execute(old);
  await sql`update schema_version set version = 1`.execute(old);
  await old.destroy();
  const now = await openDatabase(url);
  expect(await allPapers(now)).toEqual(before);
  await store(now, [{ title: 'Owls', summary: 'On owls.', withdrawnOn: '2025-03-10' }]);
  expect(await allPapers(now)).toMatchObject([{ upvotes: 3, summary: 'On owls.', withdrawnOn: '2025-03-10' }]);
  await now.destroy();
});
