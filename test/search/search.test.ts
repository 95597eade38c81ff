import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { Hit, Search, Span } from '../../src/search/result.ts';
import { createSearch } from '../../src/search/search.ts';
import type { Db } from '../../src/store/database.ts';
import { facts, storePapers } from './archive.ts';
import { archiveOf } from './archive-of.ts';

const PAPERS = [
  facts({
    title: 'TileFlow: Memory-Frugal Exact Attention',
    abstract: "We tile attention. It needs less memory than Poincar\\'e maps did. Results with GPT-4 are good.",
    publishedOn: '2022-05-27',
    authors: ['Tri Example', 'Ada Müller'],
    upvotes: 30,
  }),
  facts({
    title: 'Attention Alone Will Do',
    abstract: 'The transformer drops recurrence. It relies on attention alone.',
    publishedOn: '2017-06-12',
    organization: { handle: 'goodlab', name: 'Good Research' },
    comments: 7,
  }),
  facts({
    title: 'Diffusion Models for Audio',
    abstract: 'Sound by diffusion, on a large data set. Code: https://github.com/example/sound',
    publishedOn: '2023-06-12',
    keywords: ['speech synthesis'],
  }),
  facts({ title: 'Survey of Diffusion', abstract: 'A dataset view of diffusion.', comments: 3 }),
];

const marked = (spans: Span[]) => spans.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('search', () => {
  let db: Db;
  let search: Search;
  beforeAll(async () => {
    db = await archiveOf(PAPERS);
    search = await createSearch({ db, log: silentLog });
  });
  afterAll(() => db.destroy());

  const matching = async (query: string) => {
    const { hits } = await search.search(query);
    return hits.filter(({ close }) => !close).map(({ id }) => id);
  };
  const first = async (query: string): Promise<Hit | undefined> => (await search.search(query)).hits[0];

  it.each([
    ['attention', [1, 2]],
    ['tiled memory', [1]],
    ['"attention alone"', [2]],
    ['"alone attention"', []],
    ['diffusion -survey', [3]],
    ['recurrence OR sound', [2, 3]],
    ['author:müller', [1]],
    ['author:"ada muller"', [1]],
    ['author:"example ada"', []],
    ['org:goodlab', [2]],
    ['org:"good research"', [2]],
    ['keyword:speech', [3]],
    ['title:diffusion abstract:dataset', [4]],
    ['since:2022 until:2022-05', [1]],
    ['votes:>20', [1]],
    ['comments:<5', [4]],
    ['has:code', [3]],
    ['poincaré', [1]],
    ['gpt4', [1]],
    ['GPT-4', [1]],
    ['data set', [3, 4]],
    ['recurr*', [2]],
    ['goodlab', [2]],
  ])('finds what matches %s', async (query, ids) => {
    expect(new Set(await matching(query))).toEqual(new Set(ids));
  });

  it('counts papers that have words next to each other, in any inflection', () => {
    expect(search.frequency(['attention'])).toBe(2);
    expect(search.frequency(['diffusions'])).toBe(2);
    expect(search.frequency(['attention', 'alone'])).toBe(1);
    expect(search.frequency(['alone', 'attention'])).toBe(0);
    expect(search.frequency(['unheard'])).toBe(0);
  });

  it('shows matches first, then close papers marked as such', async () => {
    const result = await search.search('transformer attention');
    expect(result.hits.map(({ id, close }) => [id, close])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(result).toMatchObject({ total: 2, matches: 1 });
  });

  it('leaves close papers and ways out away when only matches are asked for', async () => {
    const some = await search.search('transformer attention', { matchesOnly: true });
    expect(some.hits.map(({ id, close }) => [id, close])).toEqual([[2, false]]);
    expect(some).toMatchObject({ total: 1, matches: 1 });
    expect(await search.search('difusion', { matchesOnly: true })).toMatchObject({
      total: 0,
      hits: [],
      didYouMean: [],
    });
  });

  it('says why only when asked to explain', async () => {
    const { hits } = await search.search('transformer', { explain: false });
    expect(hits[0]).not.toHaveProperty('why');
    expect((await search.search('transformer')).hits[0]).toHaveProperty('why');
  });

  it('puts the paper with exactly this title first', async () => {
    expect((await first('Attention alone will do'))?.id).toBe(2);
  });

  it('keeps close papers within what the query excludes and filters', async () => {
    expect(new Set((await search.search('diffusion transformer -survey')).hits.map(({ id }) => id))).toEqual(
      new Set([2, 3]),
    );
    expect((await search.search('diffusion transformer', { since: '2020-01-01' })).hits.map(({ id }) => id)).toEqual([
      3,
    ]);
  });

  it('marks the matching words of the title and of the best sentence', async () => {
    const hit = await first('attentive recurrences');
    expect(hit && marked(hit.snippet)).toBe('The transformer drops [recurrence].');
    expect(marked((await first('tile flows'))?.titleSpans ?? [])).toBe('[TileFlow]: Memory-Frugal Exact Attention');
  });

  it('sorts by date and by discussion', async () => {
    const ids = async (sort: 'newest' | 'discussed') =>
      (await search.search('attention OR diffusion', { sort })).hits.map(({ id }) => id);
    expect(await ids('newest')).toEqual([3, 1, 2, 4]);
    expect((await ids('discussed')).slice(0, 2)).toEqual([2, 4]);
  });

  it('pages', async () => {
    const all = (await search.search('attention OR diffusion')).hits.map(({ id }) => id);
    const page = await search.search('attention OR diffusion', { offset: 1, limit: 2 });
    expect(page.hits.map(({ id }) => id)).toEqual(all.slice(1, 3));
    expect(page.total).toBe(4);
  });

  it('offers another spelling where nothing matches', async () => {
    expect((await search.search('difusion')).didYouMean).toEqual(['diffusion']);
  });

  it('suggests titles from what is typed so far, mistyped or not', () => {
    expect(search.suggest('diff', 5).map(({ text }) => text)).toContain('Diffusion Models for Audio');
    expect(search.suggest('difusion mod', 5).map(({ text }) => text)).toContain('Diffusion Models for Audio');
    expect(search.suggest('models d', 5).map(({ text }) => text)).toContain('Diffusion Models for Audio');
    expect(search.suggest('of the d', 5)).toEqual([]);
  });

  it('finds papers like one paper', async () => {
    expect((await search.related(3)).hits[0]?.id).toBe(4);
    expect((await search.related(999)).hits).toEqual([]);
  });

  it('finds papers stored later, by anyone, after catching up', async () => {
    const later = await archiveOf(PAPERS);
    const own = await createSearch({ db: later, log: silentLog });
    await storePapers(later, [facts({ title: 'Quantised Whistles', abstract: 'New.' })]);
    expect(await own.catchUp()).toBe(1);
    expect((await own.search('whistle')).matches).toBe(1);
    expect(own.size).toBe(5);
    await later.destroy();
  });
});

describe('search, at its best', () => {
  const open = async (papers: Parameters<typeof archiveOf>[0]) =>
    createSearch({ db: await archiveOf(papers), log: silentLog });
  const padding = Array.from({ length: 20 }, (_, number) =>
    facts({ title: `Filler ${number}`, abstract: 'Nothing to see.' }),
  );

  it('puts the paper first that has just this title, then those that give something this name', async () => {
    const search = await open([
      ...padding,
      facts({ title: 'Tests of ROPE and more ROPE', abstract: 'ROPE ROPE ROPE.' }),
      facts({ title: 'Rope', abstract: 'A string.' }),
      facts({ title: 'ROPE: Strings That Hold', abstract: 'They hold.' }),
      facts({
        title: 'Robust Optimal Path Estimation for Ships',
        abstract: 'We sail. Robust optimal path estimation (ROPE) helps.',
      }),
    ]);
    expect((await search.search('rope')).hits.map(({ id }) => id)).toEqual([22, 23, 24, 21]);
  });

  it('answers a sentence with the papers nearest to it, though none holds every word', async () => {
    const search = await open([
      ...padding,
      facts({ title: 'Sorting whistles', abstract: 'We sort whistles by their pitch with a merge network.' }),
      facts({ title: 'Whistles', abstract: 'A history of pitch.' }),
    ]);
    const { hits, matches } = await search.search('Whistles can be sorted by pitch using networks that merge quickly.');
    expect(matches).toBe(0);
    expect(hits.map(({ id, close }) => [id, close])).toEqual([
      [21, true],
      [22, true],
    ]);
  });

  it('prefers recent and discussed papers among equals only when asked to be gentle', async () => {
    const twin = { title: 'Equal lattices', abstract: 'The same.' };
    const search = await open([
      facts({ ...twin, publishedOn: '2020-01-01', arxivId: '2001.00001' }),
      facts({ ...twin, publishedOn: '2024-01-01', arxivId: '2401.00001' }),
      facts({ ...twin, publishedOn: '2024-01-01', upvotes: 9, arxivId: '2401.00002' }),
    ]);
    const ids = async (gentle: boolean) => (await search.search('lattices', { gentle })).hits.map(({ id }) => id);
    expect(await ids(false)).toEqual([1, 2, 3]);
    expect(await ids(true)).toEqual([3, 2, 1]);
  });

  it('tells which parts of the query a paper holds and which it lacks', async () => {
    const search = await open(PAPERS);
    const { hits } = await search.search('transformer "attention alone" GPT-4 -survey votes:>=0');
    expect(hits.find(({ id }) => id === 1)?.why).toEqual({
      found: ['gpt-4', '-survey', 'votes:>=0'],
      missing: ['transformer', '"attention alone"'],
    });
  });

  it('tells what would be found with each word left out, where nothing matches', async () => {
    const search = await open(PAPERS);
    expect((await search.search('attention recurrence audio')).withoutWord).toEqual([{ word: 'audio', total: 1 }]);
    expect((await search.search('attention recurrence')).withoutWord).toEqual([]);
  });

  it('mends several words, and parts words that were glued together', async () => {
    const search = await open(PAPERS);
    expect((await search.search('difusion modles')).didYouMean).toEqual(['diffusion models']);
    expect((await search.search('exactattention')).didYouMean).toEqual(['exact attention']);
  });

  it('suggests organisations and phrases that titles share', async () => {
    const search = await open([...PAPERS, facts({ title: 'More Diffusion Models' })]);
    expect(search.suggest('good', 5)).toContainEqual({ kind: 'organization', text: 'Good Research', paperId: null });
    expect(search.suggest('d', 5)[0]).toEqual({ kind: 'phrase', text: 'diffusion models', paperId: null });
    expect(search.suggest('', 5)).toEqual([]);
  });

  it('sorts related papers by date', async () => {
    const search = await open([
      facts({ title: 'Lattice rings', abstract: 'Rings of lattices.' }),
      facts({ title: 'Lattice rings again', abstract: 'Rings of lattices.', publishedOn: '2020-01-01' }),
      facts({ title: 'Rings', abstract: 'Lattice.', publishedOn: '2024-01-01' }),
    ]);
    const ids = async (sort: 'relevance' | 'newest') => (await search.related(1, { sort })).hits.map(({ id }) => id);
    expect(await ids('relevance')).toEqual([2, 3]);
    expect(await ids('newest')).toEqual([3, 2]);
  });

  it('answers any text, over any papers, without throwing', async () => {
    const search = await open([...PAPERS, facts({ title: 'cónstructor __proto__', abstract: 'tóString \ud800 α' })]);
    const piece = fc.constantFrom(
      '"',
      '(',
      ')',
      '-',
      '*',
      ' OR ',
      'title:',
      'author:"',
      'since:',
      'toString',
      '__proto__',
      'cónstructor',
      ' ',
      'ab*',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('relevance' as const, 'newest' as const, 'discussed' as const),
        async (query, sort) => {
          const { hits, total, matches } = await search.search(query, { sort, limit: 50 });
          expect(hits).toHaveLength(total);
          expect(hits.filter(({ close }) => !close)).toHaveLength(matches);
          for (const { title, titleSpans } of hits) expect(titleSpans.map(({ text }) => text).join('')).toBe(title);
          search.suggest(query, 10);
        },
      ),
      { numRuns: 200 },
    );
    expect((await search.search('constructor')).hits[0]?.id).toBe(5);
  });

  it('answers over no papers at all', async () => {
    const search = await open([]);
    expect(await search.search('lattices')).toMatchObject({ total: 0, hits: [], didYouMean: [] });
    expect(search.suggest('l', 5)).toEqual([]);
  });
});
