import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { createSearch } from '../../src/search/search.ts';
import { createTopic } from '../../src/store/topics.ts';
import { difference } from '../../src/topics/difference.ts';
import { foresee } from '../../src/topics/foresee.ts';
import { lessLike } from '../../src/topics/less.ts';
import { allPapers, memory, store } from '../store/fixtures.ts';
import { NOW, topic } from './world.ts';

/** Owls of this and the last month and of long ago. */
async function archive() {
  const db = await memory();
  await store(db, [{ title: 'Owls of yore' }], { date: '2024-01-01' });
  await store(db, [{ title: 'Owls at night', abstract: 'We hear them. Barn owls hunt in the dark. They rest.' }]);
  await store(db, [{ title: 'Barn owls and mice' }, { title: 'Bees by day' }], { date: '2025-02-20' });
  await store(db, [{ title: 'Owls without a list', publishedOn: '2025-03-01' }], { date: null });
  const search = await createSearch({ db, log: silentLog });
  return { db, search, clock: () => NOW };
}

describe('foresee', () => {
  it('finds what a query would have caught in the last 30 days, the latest first, with the words marked', async () => {
    const world = await archive();
    const seen = await foresee('owls', world, { limit: 3 });
    expect(seen).toMatchObject({ days: 30, total: 3, perWeek: 0.7, isBroad: false, faults: [], overlaps: [] });
    expect(seen.caught.map(({ paper }) => paper.title)).toEqual([
      'Owls without a list',
      'Barn owls and mice',
      'Owls at night',
    ]);
    expect(seen.caught[2]?.titleSpans).toEqual([
      { text: 'Owls', marked: true },
      { text: ' at night', marked: false },
    ]);
    expect(seen.caught[2]?.snippet.map(({ text }) => text).join('')).toBe('Barn owls hunt in the dark.');
    expect(seen.caught[2]?.found).toEqual(['owls']);
  });

  it('takes a paper of which no day is known for new when it was read, as alerts do', async () => {
    const db = await memory();
    const old = { title: 'Bats of yore', publishedOn: '2024-01-01' };
    await store(db, [{ title: 'Bats of no day' }, old], { date: null, readOn: '2025-03-09' });
    await store(db, [{ title: 'Bats read long ago' }], { date: null, readOn: '2024-12-01' });
    const search = await createSearch({ db, log: silentLog });
    const { caught } = await foresee('bats', { db, search, clock: () => NOW });
    expect(caught.map(({ paper }) => paper.title)).toEqual(['Bats of no day']);
  });

  it('counts what it shares with topics that are there', async () => {
    const world = await archive();
    const barn = await createTopic(world.db, topic('barn'), NOW);
    const ants = await createTopic(world.db, topic('ants'), NOW);
    const { overlaps } = await foresee('owls', world, { topics: [barn, ants] });
    expect(overlaps.map(({ topic: { name }, shared }) => [name, shared])).toEqual([['barn', 2]]);
  });

  it('says where a query is not understood, and when it is far too broad', async () => {
    const { db, clock } = await archive();
    const many = Array.from({ length: 400 }, (_, index) => ({ title: `Owls ${index}` }));
    await store(db, many);
    const search = await createSearch({ db, log: silentLog });
    const seen = await foresee('owls "', { db, search, clock });
    expect(seen).toMatchObject({ total: 403, isBroad: true, faults: [{ at: 5 }] });
    expect(seen.caught).toHaveLength(5);
  });
});

describe('difference', () => {
  it('shows what a change of a query adds and drops', async () => {
    const world = await archive();
    const change = await difference('owls', 'owls -mice OR bees', world);
    expect(change).toMatchObject({ days: 30, before: 3, after: 3, adds: { total: 1 }, drops: { total: 1 } });
    expect(change.adds.papers.map(({ paper }) => paper.title)).toEqual(['Bees by day']);
    expect(change.drops.papers.map(({ paper }) => paper.title)).toEqual(['Barn owls and mice']);
  });
});

describe('less like this', () => {
  it('proposes words to leave out, each of which drops the paper and not much else', async () => {
    const world = await archive();
    const paper = (await allPapers(world.db)).find(({ title }) => title === 'Barn owls and mice');
    const ways = await lessLike(paper!, 'owls', world);
    expect(ways).toEqual([{ term: '-mice', query: 'owls -mice', drops: 1, of: 3 }]);
  });

  it('leaves out of all alternatives, not of the last alone', async () => {
    const world = await archive();
    const paper = (await allPapers(world.db)).find(({ title }) => title === 'Barn owls and mice');
    const [way] = await lessLike(paper!, 'owls OR bees', world);
    expect(way).toMatchObject({ query: '(owls OR bees) -mice', drops: 1, of: 4 });
  });

  it('proposes nothing for a paper that the query does not match', async () => {
    const world = await archive();
    expect(await lessLike((await allPapers(world.db))[0]!, 'bees', world)).toEqual([]);
  });
});
