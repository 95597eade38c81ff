import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportTopics, importTopics } from '../../src/cli/topics.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { memory } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

const NOW = () => new Date('2026-03-10T08:00:00Z');
const OWLS = { name: 'Owls', query: 'owls', owner: { reader: '7' } };
const LINES = [JSON.stringify(OWLS), 'no topic', JSON.stringify({ ...OWLS, name: 'Bees', query: 'bees' })];

it('imports a file of topics, names each line that is none, and exports them again', async () => {
  const db = await memory();
  const file = join(temporaryFolder(), 'topics.jsonl');
  writeFileSync(file, `\uFEFF${LINES.join('\r\n')}\r\n`);
  const first = recorder();
  expect(await importTopics(db, file, NOW, first.terminal)).toBe(1);
  expect(first.notes).toEqual([
    expect.stringMatching(/^Line 2: expected a JSON object/),
    '2 added, 0 changed, 0 unchanged, 1 line passed over.',
  ]);
  const exported = recorder();
  await exportTopics(db, exported.terminal);
  expect(exported.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([OWLS, { name: 'Bees' }]);
  expect(exported.notes).toEqual(['2 topics.']);
  writeFileSync(file, exported.lines.join('\n'));
  const again = recorder();
  expect(await importTopics(db, file, NOW, again.terminal)).toBe(0);
  expect(again.notes).toEqual(['0 added, 0 changed, 2 unchanged.']);
});

it('says which file cannot be read', async () => {
  const missing = join(temporaryFolder(), 'none.jsonl');
  await expect(importTopics(await memory(), missing, NOW, recorder().terminal)).rejects.toThrow(missing);
});
