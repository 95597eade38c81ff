import { describe, expect, it } from 'vitest';
import { newestSequence, papersChangedAfter, removedAfter } from '../../src/store/papers.ts';
import { rereadDigest } from '../../src/store/reread.ts';
import { allPapers, entries, type Known, memory, store } from './fixtures.ts';

/** A reader that always finds these papers. */
function finding(...papers: Known[]) {
  return () => ({ layout: 'spaced' as const, date: '2025-03-10', entries: entries(...papers), rejected: [] });
}

function refuse(): never {
  throw new Error('line 1: not a digest');
}

const nothing = { new: 0, updated: 0, removed: 0 };

describe('rereadDigest', () => {
  it('changes nothing when the reading is the same', async () => {
    const db = await memory();
    const pages: Known[][] = [
      [
        { title: 'T', comments: 3 },
        { title: 'U', abstract: 'Of U.' },
      ],
      [{ title: 'T', arxivId: '2401.00001', abstract: 'Of T.', comments: 4 }],
      [
        { title: 'T', arxivId: '2401.00002' },
        { title: 'Half \uD83D pair', abstract: '\uDE00.' },
        { title: 'T', abstract: 'Other.' },
        { title: 'T' },
      ],
    ];
    for (const page of pages) await store(db, page);
    const before = await allPapers(db);
    const sequence = await newestSequence(db);
    for (const [index, page] of pages.entries()) {
      expect(await rereadDigest(db, index + 1, finding(...page))).toEqual({ ...nothing, entries: page.length });
    }
    expect(await allPapers(db)).toEqual(before);
    expect(await newestSequence(db)).toBe(sequence);
  });

  it('hands the reader the kept document, the day it was read and the day that was given', async () => {
    const db = await memory();
    await store(db, [], { raw: 'the page', givenDate: '2025-03-09', readOn: '2025-03-09' });
    await store(db, [], { raw: 'another', readOn: '2025-03-12' });
    const calls: unknown[] = [];
    for (const id of [1, 2]) {
      await rereadDigest(db, id, (bytes, options) => {
        calls.push([Buffer.from(bytes).toString(), options]);
        return finding()();
      });
    }
    expect(calls).toEqual([
      ['the page', { readOn: '2025-03-09', date: '2025-03-09' }],
      ['another', { readOn: '2025-03-12' }],
    ]);
  });

  it('takes over what a better reader finds', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', abstract: 'Cut o', authorCount: 1 }, { title: 'U' }]);
    const better = finding({ title: 'T', abstract: 'Cut off no more.' }, { title: 'U', comments: 2 }, { title: 'V' });
    expect(await rereadDigest(db, 1, better)).toEqual({ entries: 3, new: 1, updated: 2, removed: 0 });
    expect(await allPapers(db)).toMatchObject([
      { id: 1, abstract: 'Cut off no more.', authorCount: null },
      { id: 2, comments: 2 },
      { title: 'V' },
    ]);
  });

  it('keeps what other digests tell of a paper, the oldest first', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', abstract: 'Wrong.' }]);
    await store(db, [{ title: 'T', abstract: 'Second.', authorCount: 2 }]);
    await rereadDigest(db, 2, finding({ title: 'T', abstract: 'Third.', authorCount: 3 }));
    expect((await allPapers(db))[0]).toMatchObject({ abstract: 'Wrong.', authorCount: 2 });
    await rereadDigest(db, 1, finding({ title: 'T', abstract: 'Right.' }));
    expect((await allPapers(db))[0]).toMatchObject({ abstract: 'Right.', authorCount: 2 });
  });

  it('corrects a misread title without making another paper of it', async () => {
    const db = await memory();
    await store(db, [{ title: 'SubscribeReal Title', abstract: 'Same.' }]);
    const [{ sequence } = { sequence: 0 }] = await papersChangedAfter(db, 0, 10);
    const counts = await rereadDigest(db, 1, finding({ title: 'Real Title', abstract: 'Same.' }));
    expect(counts).toEqual({ ...nothing, entries: 1, updated: 1 });
    expect(await allPapers(db)).toMatchObject([{ id: 1, title: 'Real Title' }]);
    expect(await papersChangedAfter(db, sequence, 10)).toMatchObject([{ paper: { id: 1 } }]);
  });

  it('moves arXiv ids between papers, even when two change places', async () => {
    const db = await memory();
    await store(db, [
      { title: 'Alpha', arxivId: '2401.00001' },
      { title: 'Beta', arxivId: '2401.00002' },
    ]);
    const swapped = finding({ title: 'Beta', arxivId: '2401.00001' }, { title: 'Alpha', arxivId: '2401.00002' });
    await rereadDigest(db, 1, swapped);
    const stored = await allPapers(db);
    expect(stored.map(({ title, arxivId }) => `${arxivId} ${title}`).sort()).toEqual([
      '2401.00001 Beta',
      '2401.00002 Alpha',
    ]);
  });

  it('dissolves papers that no digest shows any more, and says so to those who follow', async () => {
    const db = await memory();
    await store(db, [
      { title: 'Advertisement', abstract: 'Buy.' },
      { title: 'T', comments: 1 },
    ]);
    await store(db, [{ title: 'T', comments: 2 }]);
    expect(await rereadDigest(db, 1, finding())).toEqual({ ...nothing, entries: 0, removed: 1 });
    expect(await removedAfter(db, 0)).toEqual([{ paperId: 1, sequence: await newestSequence(db) }]);
    expect(await allPapers(db)).toMatchObject([{ id: 2, title: 'T', comments: 2, appearances: [{ digestId: 2 }] }]);
    await store(db, [{ title: 'Fresh' }]);
    expect((await allPapers(db)).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('takes the counts of the next newest list when the newest does not show the paper after all', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', comments: 1 }], { date: '2025-03-01' });
    await store(db, [{ title: 'T', comments: 9 }], { date: '2025-03-02' });
    await rereadDigest(db, 2, finding({ title: 'U' }));
    expect(await allPapers(db)).toMatchObject([{ title: 'T', comments: 1 }, { title: 'U' }]);
  });

  it('leaves a digest as it was when the reader cannot read it', async () => {
    const db = await memory();
    await store(db, [{ title: 'T' }]);
    const before = await allPapers(db);
    await expect(rereadDigest(db, 1, refuse)).rejects.toThrow('line 1');
    expect(await allPapers(db)).toEqual(before);
  });
});
