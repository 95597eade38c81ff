import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countDigests } from '../../src/store/digests.ts';
import { findPapersByTitle, newestSequence, papersChangedAfter } from '../../src/store/papers.ts';
import { storeDigest } from '../../src/store/store-digest.ts';
import { allPapers, entries, memory, store } from './fixtures.ts';

describe('storeDigest', () => {
  it('keeps every fact of an entry', async () => {
    const db = await memory();
    const [{ line: _, position: __, ...facts }] = entries({
      title: 'A “Title”: with $\\ell_0$ & 東京',
      abstract: 'First line.\nSecond line, 1920times1080.',
      authors: ['Ada L.', 'Grace H.'],
      authorCount: 2,
      organization: { handle: 'acme', name: 'Acme Labs' },
      publishedOn: '2024-02-29',
      comments: 0,
      upvotes: 3290,
      keywords: ['graphs'],
      arxivId: '2402.00001',
      externalId: 'x-1',
      url: 'https://example.org/x-1',
    }) as [ReturnType<typeof entries>[number]];
    await store(db, [facts], { source: 'inbox' });
    expect(await allPapers(db)).toEqual([
      {
        id: 1,
        ...facts,
        appearances: [{ digestId: 1, source: 'inbox', date: '2025-03-10', position: 1, comments: 0, upvotes: 3290 }],
      },
    ]);
  });

  it('counts what was new, known and updated', async () => {
    const db = await memory();
    await store(db, [{ title: 'A' }, { title: 'B', comments: 1 }]);
    expect(await store(db, [{ title: 'A' }, { title: 'B', comments: 2 }, { title: 'C' }])).toMatchObject({
      entries: 3,
      new: 1,
      known: 2,
      updated: 1,
    });
  });

  it('adds nothing when the same document comes again, from wherever', async () => {
    const db = await memory();
    await store(db, [{ title: 'A' }], { raw: 'page' });
    const sequence = await newestSequence(db);
    const again = await store(db, [{ title: 'A' }], { raw: 'page', source: 'inbox', date: '2025-04-01' });
    expect(again).toEqual({ digestId: 1, date: '2025-03-10', entries: 1, new: 0, known: 1, updated: 0, arrived: 0 });
    expect((await allPapers(db))[0]?.appearances).toHaveLength(1);
    expect(await newestSequence(db)).toBe(sequence);
  });

  it('takes the day that is given with a document stored without one', async () => {
    const db = await memory();
    await store(db, [{ title: 'A', comments: 1 }], { raw: 'page', date: null });
    await store(db, [{ title: 'A', comments: 5 }], { date: '2025-03-01' });
    const again = await store(db, [{ title: 'A', comments: 1 }], {
      raw: 'page',
      date: '2025-02-01',
      givenDate: '2025-02-01',
    });
    expect(again).toMatchObject({ digestId: 1, date: '2025-02-01', new: 0, known: 1, updated: 1 });
    const [paper] = await allPapers(db);
    expect(paper?.appearances.map(({ date }) => date)).toEqual(['2025-02-01', '2025-03-01']);
    expect(paper?.comments).toBe(5);
  });

  it('keeps the document, compressed', async () => {
    const db = await memory();
    await store(db, [{ title: 'A' }], { raw: 'page '.repeat(1000) });
    const { raw_gzip } = await db.selectFrom('digests').select('raw_gzip').executeTakeFirstOrThrow();
    expect(raw_gzip.length).toBeLessThan(500);
    expect(gunzipSync(raw_gzip).toString()).toBe('page '.repeat(1000));
  });

  it('stores a digest whole or not at all', async () => {
    const db = await memory();
    const listed = entries(...Array.from({ length: 1500 }, (_, index) => ({ title: `T ${index}` })));
    const twice = [...listed, ...listed.slice(0, 1)];
    const digest = { layout: 'spaced' as const, date: null, entries: twice, rejected: [] };
    const raw = Buffer.from('page');
    const rest = { source: 'file', origin: 'page', raw, givenDate: null, readAt: new Date(0), readOn: '1970-01-01' };
    await expect(storeDigest(db, { ...rest, digest })).rejects.toThrow(/unique/i);
    expect(await allPapers(db)).toEqual([]);
    expect(await countDigests(db)).toBe(0);
    expect(await newestSequence(db)).toBe(0);
    expect(await storeDigest(db, { ...rest, digest: { ...digest, entries: listed } })).toMatchObject({ new: 1500 });
  });
});

describe('a later digest', () => {
  it('fills what was unknown and never blanks or replaces what was known', async () => {
    const db = await memory();
    await store(db, [{ title: 'Title', abstract: 'First.', organization: { handle: null, name: 'Acme' } }]);
    await store(db, [
      {
        title: 'TITLE',
        abstract: 'Second.',
        authorCount: 7,
        publishedOn: '2025-01-01',
        organization: { handle: 'acme', name: 'Acme' },
      },
    ]);
    await store(db, [{ title: 'title' }]);
    expect((await allPapers(db))[0]).toMatchObject({
      title: 'Title',
      abstract: 'First.',
      authorCount: 7,
      publishedOn: '2025-01-01',
      organization: { handle: 'acme', name: 'Acme' },
    });
  });

  it('never gives the handle of one organization to the name of another', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', organization: { handle: null, name: 'Acme' } }]);
    await store(db, [{ title: 'T', organization: { handle: 'other', name: 'Other' } }]);
    expect((await allPapers(db))[0]?.organization).toEqual({ handle: null, name: 'Acme' });
  });

  it.each([
    ['a newer list', '2025-03-12', 9, 90],
    ['another list of the same day', '2025-03-10', 9, 90],
    ['an older list', '2025-03-01', 4, 40],
  ])('%s decides or leaves the counts', async (_, date, comments, upvotes) => {
    const db = await memory();
    await store(db, [{ title: 'T', comments: 4, upvotes: 40 }], { date: '2025-03-10' });
    await store(db, [{ title: 'T', comments: 9, upvotes: 90 }], { date });
    expect((await allPapers(db))[0]).toMatchObject({ comments, upvotes });
  });

  it('without counts leaves them, and an older one fills those that no newer one shows', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', comments: 4 }], { date: '2025-03-10' });
    await store(db, [{ title: 'T' }], { date: '2025-03-11' });
    await store(db, [{ title: 'T', comments: 1, upvotes: 8 }], { date: '2025-03-01' });
    expect((await allPapers(db))[0]).toMatchObject({ comments: 4, upvotes: 8 });
  });

  it('keeps the counts as each digest showed them', async () => {
    const db = await memory();
    await store(db, [{ title: 'T', comments: 4, upvotes: 40 }]);
    await store(db, [{ title: 'U' }, { title: 'T', comments: 9 }]);
    const [paper] = await findPapersByTitle(db, 't');
    expect(paper?.appearances).toMatchObject([
      { digestId: 1, position: 1, comments: 4, upvotes: 40 },
      { digestId: 2, position: 2, comments: 9, upvotes: null },
    ]);
  });
});

describe('the sequence', () => {
  it('gives each new paper and each change a number of its own, in order', async () => {
    const db = await memory();
    await store(db, [{ title: 'A' }, { title: 'B' }, { title: 'C' }]);
    await store(db, [{ title: 'B', abstract: 'Now known.' }, { title: 'C' }]);
    const changed = await papersChangedAfter(db, 0, 10);
    expect(changed.map(({ paper, sequence }) => [paper.title, sequence])).toEqual([
      ['A', 1],
      ['C', 3],
      ['B', 4],
    ]);
    expect(await newestSequence(db)).toBe(4);
  });
});
