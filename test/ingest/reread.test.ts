import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { reread } from '../../src/ingest/reread.ts';
import { findPaperByArxivId } from '../../src/store/papers.ts';
import { keepUnreadable, unreadableDocuments } from '../../src/store/unreadable-documents.ts';
import { memory } from '../store/fixtures.ts';

const DAY = '2026-03-09';
const ORIGIN = `https://papers.example/api/daily_papers?date=${DAY}`;

/** An archive that keeps `text`, as a reader that could not read it left it. */
async function keeping(text: string) {
  const db = await memory();
  await keepUnreadable(db, {
    source: 'hugging-face',
    origin: ORIGIN,
    reason: 'line 1: a field has changed',
    readAt: new Date('2026-03-10T12:00:00Z'),
    raw: Buffer.from(text),
    expected: { date: DAY, layouts: ['hugging-face-api'], list: { key: `hugging-face ${DAY}`, onlyNew: false } },
  });
  return db;
}

const PAPER = {
  id: '2603.00001',
  title: 'Owls at Night',
  summary: 'We watch owls.',
  publishedAt: `${DAY}T00:00:00.000Z`,
};
const LIST = JSON.stringify([{ paper: PAPER, title: PAPER.title, publishedAt: PAPER.publishedAt }]);

it('stores a kept document that can be read now, on its day, and keeps it no longer', async () => {
  const db = await keeping(LIST);
  expect(await reread({ db, log: silentLog })).toMatchObject([{ file: ORIGIN, entries: 1, new: 1 }]);
  const paper = await findPaperByArxivId(db, '2603.00001');
  expect(paper).toMatchObject({ title: 'Owls at Night', appearances: [{ source: 'hugging-face', date: DAY }] });
  expect(await unreadableDocuments(db)).toEqual([]);
  expect(await reread({ db, log: silentLog })).toMatchObject([{ entries: 1, new: 0, updated: 0 }]);
});

it.each([
  ['something else', '{"title": "A list of another layout", "abstract": "It is JSON Lines."}'],
  ['what nobody can read', '\u0000\u0001'],
])('keeps %s as it came, and says why', async (_name, text) => {
  const db = await keeping(text);
  expect(await reread({ db, log: silentLog })).toMatchObject([{ file: ORIGIN, error: {} }]);
  expect((await unreadableDocuments(db)).map(({ raw }) => Buffer.from(raw).toString())).toEqual([text]);
});
