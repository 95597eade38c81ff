import { describe, expect, it } from 'vitest';
import { type Paper, unknownFacts } from '../../src/core/paper.ts';
import { arrange } from '../../src/summaries/arrange.ts';
import { likenessOf } from '../../src/summaries/likeness.ts';
import { type Candidate, pick } from '../../src/summaries/pick.ts';

function candidate(paperId: number, known: Partial<Paper> = {}, listDay = '2025-03-10'): Candidate {
  const paper = { ...unknownFacts, title: `Paper ${paperId}`, appearances: [], ...known, id: paperId };
  return { paperId, listDay, position: paperId, paper };
}

const NONE = { matching: new Set<number>(), themes: [], likeness: { typical: [], unusual: [] } };
const many = Array.from({ length: 20 }, (_, index) => candidate(index + 1, { upvotes: 20 - index }));

describe('pick', () => {
  it('takes what the topics match first, then the most discussed, the most typical and the most unusual', () => {
    const facts = { ...NONE, matching: new Set([19]), likeness: { typical: [18, 1], unusual: [17, 18] } };
    const picked = pick(many, facts, 'short');
    expect(picked.ids).toEqual([19, 1, 2, 18, 17]);
    expect([...picked.discussed]).toEqual([1, 2]);
    expect([...picked.unusual]).toEqual([17]);
  });

  it('stands for the themes that would have none before the day as a whole', () => {
    const themes = [{ paperIds: [1, 12] }, { paperIds: [15, 16] }];
    const { ids } = pick(many, { ...NONE, themes, likeness: { typical: [14, 13, 12], unusual: [] } }, 'normal');
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 15, 14, 13, 7]);
  });

  it('goes by the newest list and its order where nobody talks', () => {
    const quiet = [candidate(1, {}, '2025-03-08'), candidate(3), candidate(2)];
    const picked = pick(quiet, NONE, 'normal');
    expect(picked.ids).toEqual([2, 3, 1]);
    expect(picked.discussed.size).toBe(0);
  });

  it('leaves out what was withdrawn', () => {
    expect(pick([candidate(1, { withdrawnOn: '2025-03-10' }), candidate(2)], NONE, 'normal').ids).toEqual([2]);
  });
});

describe('arrange', () => {
  it('groups what was picked, and counts what was not', () => {
    const candidates = [...many, candidate(21, { title: 'Late one' }, '2025-03-07')];
    const picked = { ids: [19, 1, 2, 18, 21], discussed: new Set([1, 2]), unusual: new Set([18]) };
    const themes = [{ name: 'owls', query: 'owls', paperIds: [2, 5, 19] }];
    const topics = new Map([[19, ['birds']]]);
    const kept = arrange({ candidates, picked, themes, topics, postedBefore: '2025-03-09' });
    expect(kept.groups).toEqual([
      { kind: 'topics', name: '', total: 1, paperIds: [19] },
      { kind: 'discussed', name: '', total: 18, paperIds: [1] },
      { kind: 'theme', name: 'owls', total: 3, paperIds: [2] },
      { kind: 'others', name: '', total: 18, paperIds: [18, 21] },
    ]);
    expect(kept).toMatchObject({ total: 21, late: 1, themes: [{ name: 'owls', query: 'owls', papers: 3 }] });
    const marks = kept.papers.map(({ id, isLate, isUnusual, topics }) => [id, isLate, isUnusual, topics]);
    expect(marks).toContainEqual([21, true, false, []]);
    expect(marks).toContainEqual([18, false, true, []]);
    expect(marks).toContainEqual([19, false, false, ['birds']]);
  });
});

describe('likenessOf', () => {
  const words = 'graph node edge tree path cycle walk degree hub clique cut flow match color plane minor'.split(' ');
  const birds = 'owl lark heron robin finch wren swift crane stork ibis egret tern gull swan goose duck'.split(' ');
  const text = (own: string[], id: number) => [...own, ...own.map((word) => `${word}${id}`)].join(' ');
  const paper = (id: number, own: string[]) => ({ id, title: `T${id}`, abstract: text(own, id), keywords: null });
  const day = [...Array.from({ length: 9 }, (_, index) => paper(index + 1, words)), paper(10, birds)];

  it('finds the paper that is least like the others', async () => {
    const { typical, unusual } = await likenessOf(day, { size: 1000, frequency: () => 1 });
    expect(unusual[0]).toBe(10);
    expect(typical.at(-1)).toBe(10);
    expect(typical).toHaveLength(10);
  });

  it('says nothing of a handful of papers', async () => {
    const few = await likenessOf(day.slice(0, 5), { size: 1000, frequency: () => 1 });
    expect(few).toEqual({ typical: [], unusual: [] });
  });
});
