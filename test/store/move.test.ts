import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { copyArchive } from '../../src/store/move/copy-archive.ts';
import { TABLES } from '../../src/store/move/tables.ts';
import { setSetting } from '../../src/store/settings.ts';
import { createTopic, findTopics } from '../../src/store/topics.ts';
import { emptyDatabase } from '../helpers/databases.ts';
import { allPapers, store } from './fixtures.ts';
import { fillArchive } from './full-archive.ts';

/** On PostgreSQL from the one engine to the other and back; else within SQLite. */
const DIRECTIONS = [
  ['from SQLite', onSqlite, emptyDatabase],
  ['to SQLite', emptyDatabase, onSqlite],
] as const;

async function onSqlite() {
  const db = await openDatabase('sqlite::memory:');
  onTestFinished(() => db.destroy());
  return db;
}

const topic = { name: 'next', query: 'owls', readerId: '9', destination: { kind: 'user', id: '9' } } as const;

describe.each(DIRECTIONS)('an archive that is moved %s', (_direction, openSource, openTarget) => {
  it('arrives with every row of every table, and goes on where it was', async () => {
    const [source, target] = [await openSource(), await openTarget()];
    await fillArchive(source);
    const seen: number[] = [];
    const { tables, wasThere } = await copyArchive(source, target, {
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(wasThere).toBe(false);
    expect(TABLES.filter((table) => tables[table].rows === 0)).toEqual([]);
    expect(tables.papers.rows).toBe(1200);
    expect([seen.toSorted((a, b) => a - b), seen.at(-1)]).toEqual([seen, 1]);
    expect(await allPapers(target)).toEqual(await allPapers(source));
    // A number that was given once is never given again.
    expect((await createTopic(target, topic, new Date())).id).toBe(3);
    const counts = await store(target, [{ title: 'Larks' }, { title: 'Owls 1 \u{1F989} \u00e4\u0301"\\\n' }]);
    expect(counts).toMatchObject({ digestId: 3, new: 1, known: 1 });
    expect(await findTopics(source, [3])).toEqual([]);
  });

  it('is not written a second time', async () => {
    const [source, target] = [await openSource(), await openTarget()];
    await fillArchive(source, 20);
    const first = await copyArchive(source, target);
    expect(await copyArchive(source, target)).toEqual({ ...first, wasThere: true });
  });

  it('never meets another', async () => {
    const [source, target] = [await openSource(), await openTarget()];
    await fillArchive(source, 20);
    await store(target, [{ title: 'Larks' }]);
    const before = await allPapers(target);
    await expect(copyArchive(source, target)).rejects.toThrow('holds an archive of its own');
    expect(await allPapers(target)).toEqual(before);
  });

  it('leaves an empty target when it is ended in the middle, and then begins anew', async () => {
    const [source, target] = [await openSource(), await openTarget()];
    await fillArchive(source);
    const ended = new AbortController();
    const onProgress = (_done: number, _total: number, table: string) => {
      if (table === 'deliveries') ended.abort();
    };
    await expect(copyArchive(source, target, { onProgress, signal: ended.signal })).rejects.toThrow('aborted');
    expect(await allPapers(target)).toEqual([]);
    expect((await copyArchive(source, target)).tables.papers.rows).toBe(1200);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const [source, target] = [await openSource(), await openTarget()];
    await fillArchive(source, 20);
    const settings: Promise<void>[] = [];
    const onProgress = (_done: number, _total: number, table: string) => {
      if (table === 'papers') settings.push(setSetting(source, 'late', 'word'));
    };
    const { tables } = await copyArchive(source, target, { onProgress });
    await Promise.all(settings);
    expect([tables.settings.rows, settings.length > 0]).toEqual([1, true]);
  });
});
