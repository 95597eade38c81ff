import { describe, expect, it } from 'vitest';
import { allPapers, type Known, memory, store } from './fixtures.ts';

/** What is stored after these digests, one paper each, as `arXiv id | external id | title`. */
async function stored(...digests: Known[]) {
  const db = await memory();
  for (const paper of digests) await store(db, [paper]);
  return (await allPapers(db)).map(({ arxivId, externalId, title }) => [arxivId, externalId, title].join(' | '));
}

describe('two digests show one paper', () => {
  it('when the titles differ only in case, accents and punctuation', async () => {
    expect(await stored({ title: 'Poincaré Maps: A View' }, { title: 'POINCARE MAPS – a view' })).toEqual([
      ' |  | Poincaré Maps: A View',
    ]);
  });

  it('when the arXiv id is the same, whatever the title', async () => {
    expect(await stored({ title: 'Old', arxivId: '2401.00001' }, { title: 'New', arxivId: '2401.00001' })).toEqual([
      '2401.00001 |  | Old',
    ]);
  });

  it('when it was first read by title and later by arXiv id, which it gains', async () => {
    expect(await stored({ title: 'T' }, { title: 't', arxivId: '2401.00001' })).toEqual(['2401.00001 |  | T']);
  });

  it('when it was first read by arXiv id and later by title', async () => {
    expect(await stored({ title: 'T', arxivId: '2401.00001' }, { title: 't' })).toEqual(['2401.00001 |  | T']);
  });

  it('when it was first read without an external id and later with one, which it gains', async () => {
    expect(await stored({ title: 'T', arxivId: '2401.00001' }, { title: 'T', externalId: 'e1' })).toEqual([
      '2401.00001 | e1 | T',
    ]);
  });
});

describe('two digests show two papers', () => {
  it('when the titles differ', async () => {
    expect(await stored({ title: 'T' }, { title: 'T2' })).toHaveLength(2);
  });

  it('when two arXiv ids have one title', async () => {
    expect(await stored({ title: 'T', arxivId: '2401.00001' }, { title: 'T', arxivId: '2401.00002' })).toHaveLength(2);
  });

  it('when two external ids have one title', async () => {
    expect(await stored({ title: 'T', externalId: 'a' }, { title: 'T', externalId: 'b' })).toEqual([
      ' | a | T',
      ' | b | T',
    ]);
  });

  it('when one external id has two titles', async () => {
    expect(await stored({ title: 'T', externalId: '1' }, { title: 'U', externalId: '1' })).toHaveLength(2);
  });
});

describe('of several papers with one title, an entry without ids is', () => {
  const twins = [
    { title: 'T', arxivId: '2401.00001', abstract: 'One.' },
    { title: 'T', arxivId: '2401.00002', abstract: 'Two.' },
  ];

  it('the one with the same abstract', async () => {
    const db = await memory();
    await store(db, twins);
    await store(db, [{ title: 'T', abstract: 'Two.', keywords: ['here'] }]);
    expect((await allPapers(db)).map(({ keywords }) => keywords)).toEqual([null, ['here']]);
  });

  it('else the oldest', async () => {
    const db = await memory();
    await store(db, twins);
    await store(db, [{ title: 'T', abstract: 'Three.', keywords: ['here'] }]);
    expect((await allPapers(db)).map(({ keywords }) => keywords)).toEqual([['here'], null]);
  });
});

describe('one digest', () => {
  it('that shows a paper twice stores it once, with both places', async () => {
    const db = await memory();
    expect(await store(db, [{ title: 'T' }, { title: 'U' }, { title: 't!', abstract: 'A.' }])).toMatchObject({
      entries: 3,
      new: 2,
      known: 1,
      updated: 0,
    });
    const [paper] = await allPapers(db);
    expect(paper?.abstract).toBe('A.');
    expect(paper?.appearances.map(({ position }) => position)).toEqual([1, 3]);
  });

  it('that shows one title under two external ids and again under the first stores two papers', async () => {
    const db = await memory();
    const same = { title: 'T', abstract: 'A.' };
    const counts = await store(db, [
      { ...same, externalId: 'a' },
      { ...same, externalId: 'b' },
      { ...same, externalId: 'a' },
    ]);
    expect(counts).toMatchObject({ new: 2, known: 1 });
    expect((await allPapers(db)).map(({ externalId }) => externalId)).toEqual(['a', 'b']);
  });

  it('finds papers again that stand far apart in it', async () => {
    const db = await memory();
    const papers = Array.from({ length: 1200 }, (_, index) => ({ title: `Title ${index % 700}` }));
    expect(await store(db, papers)).toMatchObject({ new: 700, known: 500 });
  });
});
