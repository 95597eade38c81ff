import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { countRows } from '../../src/store/move/rows.ts';
import { TABLES } from '../../src/store/move/tables.ts';
import type { Schema } from '../../src/store/schema.ts';
import { createTopic, removeTopic } from '../../src/store/topics.ts';
import { store } from './fixtures.ts';

/** Fills every table of an empty archive: many papers, a large document, texts of all kinds, numbers that are not used again. */
export async function fillArchive(db: Kysely<Schema>, papers = 1200): Promise<void> {
  const titles = Array.from({ length: papers }, (_, number) => ({
    title: `Owls ${number} \u{1F989} ${'\u00e4\u0301"\\\n'.repeat(number % 3)}`,
    abstract: number % 5 === 0 ? null : `Abstract ${number}.`,
    comments: number % 7 === 0 ? null : number,
  }));
  await store(db, titles, { date: '2025-03-10' });
  await store(db, titles.slice(0, 40), { date: '2025-03-11', raw: randomBytes(4 << 20).toString('base64') });
  const now = new Date('2025-03-11T10:00:00Z');
  const topic = { query: 'owls', readerId: '7', destination: { kind: 'user', id: '7' } } as const;
  await createTopic(db, { ...topic, name: 'first' }, now);
  const { id } = await createTopic(db, { ...topic, name: 'second' }, now);
  await removeTopic(db, id);
  await fillTheRest(db);
}

/** A row of anything in each table that has none. */
async function fillTheRest(db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables();
  for (const name of TABLES) {
    if ((await countRows(db, name)) > 0) continue;
    const columns = tables.find((table) => table.name === name)?.columns ?? [];
    const row = columns.map(({ name: column, dataType }) => [column, valueOf(dataType.toLowerCase(), column)]);
    await db
      .insertInto(name as 'settings')
      .values(Object.fromEntries(row) as { key: string; value: string })
      .execute();
  }
}

function valueOf(type: string, column: string): unknown {
  if (type === 'blob' || type === 'bytea') return Buffer.from([0, 1, 254, 255]);
  return type === 'text' ? `${column} \u2028 x` : 1;
}
