import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ingestThread } from '../../src/cli/ingest-thread.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/store/database.ts';
import { countDigests } from '../../src/store/digests.ts';
import { countPapers } from '../../src/store/papers.ts';
import { put, temporaryFolder, tree } from '../sources/folder.ts';

/** A configuration whose inbox holds `count` digests of 200 papers each. */
function inboxOf(count: number) {
  const folder = temporaryFolder();
  for (let file = 0; file < count; file += 1) {
    const lines = Array.from({ length: 200 }, (_, line) =>
      JSON.stringify({ title: `Paper ${file} ${line}`, abstract: 'We write.' }),
    );
    put(join(folder, 'inbox', `${String(file).padStart(3, '0')}.jsonl`), lines.join('\n'));
  }
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`,
    PAPERBOY_INBOX: join(folder, 'inbox'),
    PAPERBOY_SOURCES: 'inbox',
  });
  return { folder, config };
}

it('reads the sources in a thread, and logs through this one', async () => {
  const { config } = inboxOf(2);
  const db = await openDatabase(config.databaseUrl);
  const lines: string[] = [];
  await ingestThread(config, (line) => lines.push(line)).run();
  expect(await countPapers(db)).toBe(400);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['digest read', 'digest read']);
  await db.destroy();
});

it('ends after the digest that is being stored when it is asked to', async () => {
  const { config, folder } = inboxOf(100);
  const thread = ingestThread(config, () => thread.stop());
  await thread.run();
  const left = tree(join(folder, 'inbox')).filter((name) => !name.startsWith('done')).length;
  const db = await openDatabase(config.databaseUrl);
  expect(left).toBeGreaterThan(0);
  expect(await countDigests(db)).toBe(100 - left);
  await db.destroy();
  await ingestThread(config, () => {}).run();
  expect(tree(join(folder, 'inbox')).every((name) => name.startsWith('done'))).toBe(true);
}, 30_000);

it('fails where the thread does', async () => {
  const { config } = inboxOf(0);
  const thread = ingestThread({ ...config, databaseUrl: 'mysql://nowhere' }, () => {});
  await expect(thread.run()).rejects.toThrow('mysql:');
});
