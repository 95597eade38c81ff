import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../commands/shared/results.ts';
import { resultsPage } from '../../commands/shared/results-page.ts';
import type { PaperFacts } from '../../src/core/paper.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { fit } from '../../src/discord/fit.ts';
import type { Hit, SearchOptions, SearchResult } from '../../src/search/result.ts';
import { findState } from '../../src/store/button-states.ts';
import { hostile, long } from '../discord/hostile.ts';
import { facts } from '../search/archive.ts';
import { archiveOf } from '../search/archive-of.ts';

const NOW = new Date('2025-06-12T10:00:00Z');
const ASK: Asked = { query: 'stars', sort: 'relevance', since: null };

function hit(id: number, close: boolean, title: string, abstract: string): Hit {
  const snippet = [{ text: abstract, marked: true }];
  const why = { found: [], missing: close ? ['robot', '"far away"'] : [] };
  const found = { id, externalId: null, title, score: 1, close, snippet, why };
  return { ...found, titleSpans: [{ text: title, marked: false }] };
}

/** Services whose search finds every paper of the archive, the first `matches` as matches. */
async function services(papers: PaperFacts[], matches: number, more: Partial<SearchResult> = {}): Promise<Services> {
  const db = await archiveOf(papers);
  const search = async (query: string, { offset = 0, limit = 10 }: SearchOptions = {}): Promise<SearchResult> => {
    const all = papers.map(({ title, abstract }, index) => hit(index + 1, index >= matches, title, abstract ?? ''));
    const hits = all.slice(offset, offset + limit);
    const nothing = { faults: [], didYouMean: [], withoutWord: [] };
    return { query, total: all.length, matches, hits, ...nothing, ...more };
  };
  return { db, clock: () => NOW, search: { search, size: Math.max(papers.length, 1) } } as unknown as Services;
}

const papers = (count: number) => Array.from({ length: count }, (_, index) => facts({ title: `Paper ${index + 1}` }));
const text = (reply: Reply) => reply.embeds?.[0]?.description ?? '';
const labels = (reply: Reply) =>
  (reply.components ?? []).flatMap(({ components }) =>
    components.flatMap((one) => ('label' in one ? [one.label] : [])),
  );

describe('a page of results', () => {
  it.each([
    [1, 1, '**1 paper** matches.'],
    [3, 3, '**3 papers** match.'],
    [4, 3, '**3 papers** match, 1 more is close.'],
    [9, 3, '**3 papers** match, 6 more are close.'],
    [2, 0, 'No paper has all of that; **2 papers** are close.'],
  ])('of %i papers, %i of them matches, begins: %s', async (count, matches, expected) => {
    expect(text(await resultsPage(ASK, 0, await services(papers(count), matches)))).toMatch(
      new RegExp(`^${expected.replace(/[*.]/g, '\\$&')}\n`),
    );
  });

  it('says where the close ones begin, once', async () => {
    const world = await services(papers(9), 3);
    const first = text(await resultsPage(ASK, 0, world));
    expect(first.indexOf('*Close, without everything')).toBeGreaterThan(first.indexOf('**3.**'));
    expect(first.indexOf('*Close, without everything')).toBeLessThan(first.indexOf('**4.**'));
    expect(text(await resultsPage(ASK, 0, await services(papers(9), 0)))).not.toContain('*Close');
  });

  it('beyond the last is the last', async () => {
    const reply = await resultsPage(ASK, 99, await services(papers(12), 12));
    expect(reply.embeds?.[0]?.footer?.text).toBe('Page 3 of 3');
    expect(text(reply)).toContain('**11.**');
  });

  it('points at what could not be understood', async () => {
    const faults = [
      { at: 6, expected: 'a closing quote' },
      { at: 40, expected: 'a word after `-`' },
    ];
    const world = await services(papers(1), 1, { faults });
    const reply = await resultsPage({ ...ASK, query: 'stars "and letters' }, 0, world);
    expect(text(reply)).toContain('-# Taken as plain words: at “"and letters” I expected a closing quote.');
    expect(text(reply)).toContain('-# Taken as plain words: at the end I expected a word after \\`-\\`.');
  });

  it('without any offers other spellings', async () => {
    const didYouMean = ['star', 'start', 'stairs', 'scars', 'spars', 'stares'];
    const reply = await resultsPage({ ...ASK, since: '2025-01-01' }, 0, await services([], 0, { didYouMean }));
    expect(text(reply)).toBe('Nothing found. Since 1 Jan 2025. Did you mean this?');
    expect(labels(reply)).toEqual(['Search all years', 'star', 'start', 'stairs', 'scars', 'Follow']);
    expect(text(await resultsPage(ASK, 0, await services([], 0)))).toBe(
      'Nothing found. Try fewer words, or other ones.',
    );
  });

  it('says what close papers lack, and which word to leave out', async () => {
    const withoutWord = [
      { word: 'Robot', total: 2 },
      { word: 'elsewhere', total: 3 },
    ];
    const world = await services(papers(2), 0, { withoutWord });
    const reply = await resultsPage({ ...ASK, query: 'robot  stars' }, 0, world);
    expect(text(reply)).toContain('No paper has all of that; **2 papers** are close. Leave a word out?');
    expect(text(reply)).toContain('-# without robot, "far away"');
    expect(labels(reply)).toEqual(['Follow', 'Without Robot (2)']);
    const id = JSON.stringify(reply.components).match(/search:page:(\w+):0:instead0/)?.[1] ?? '';
    expect(await findState(world.db, id)).toEqual({ ...ASK, query: 'stars' });
  });

  it('puts the paper chosen while typing first, and only once', async () => {
    const world = await services(papers(12), 12);
    const chosen = { ...ASK, query: 'paper:3' };
    const first = await resultsPage(chosen, 0, world);
    expect(first.embeds?.[0]?.title).toBe('Search: Paper 3');
    expect(text(first).match(/Paper \d+/g)).toEqual(['Paper 3', 'Paper 1', 'Paper 2', 'Paper 4', 'Paper 5']);
    expect(text(await resultsPage(chosen, 1, world)).match(/Paper \d+/g)?.[0]).toBe('Paper 6');
  });

  it('of hostile papers and a hostile query needs no further fitting', async () => {
    const paper = fc.tuple(long, long).map(([title, abstract]) => facts({ title, abstract }));
    await fc.assert(
      fc.asyncProperty(fc.array(paper, { minLength: 1, maxLength: 5 }), hostile, async (found, query) => {
        const reply = await resultsPage({ ...ASK, query }, 0, await services(found, 2));
        expect(text(fit(reply))).toBe(text(reply).trim());
        expect(fit(reply).components).toHaveLength(reply.components?.length ?? 0);
      }),
      { numRuns: 25 },
    );
  });
});
