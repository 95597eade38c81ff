import type { APIEmbed } from 'discord.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Paper, unknownFacts } from '../../../src/core/paper.ts';
import { fit, LIMITS } from '../../../src/discord/fit.ts';
import { renderSummary, summaryRendering } from '../../../src/discord/render/summary.ts';
import { parseMarkdown } from '../../../src/preview/page/markdown/blocks.ts';
import type { Block, Inline } from '../../../src/preview/page/markdown/tree.ts';
import type { SourceReport } from '../../../src/store/source-states.ts';
import type { Edition, EditionGroup, EditionPaper, Nothing } from '../../../src/summaries/edition.ts';
import { checkRequest, hasOpenApi } from '../../helpers/openapi.ts';
import { hostile, long } from '../hostile.ts';

const SETTINGS = { mentionRoleId: null };

function entry(id: number, known: Partial<Paper> = {}, marks: Partial<EditionPaper> = {}): EditionPaper {
  const paper = { ...unknownFacts, title: `Paper ${id}`, arxivId: `2503.0000${id}`, appearances: [], ...known, id };
  return {
    paper,
    gist: { text: `Paper ${id} does it.`, by: 'paperboy' },
    isLate: false,
    isUnusual: false,
    topics: [],
    ...marks,
  };
}

function edition(groups: EditionGroup[], more: Partial<Edition> = {}): Edition {
  const ranking = groups.flatMap(({ papers }) => papers.map(({ paper }) => paper.id));
  return {
    summaryId: 4,
    localDate: '2025-03-10',
    period: 'daily',
    total: ranking.length,
    late: 0,
    themes: [],
    groups,
    ranking,
    ...more,
  };
}

const group = (kind: EditionGroup['kind'], papers: EditionPaper[], name = ''): EditionGroup => {
  return { kind, name, total: papers.length, papers };
};

describe('the post of a summary', () => {
  it('has a head line, and groups of numbered papers with gist, byline and marks', () => {
    const full = edition(
      [
        group('topics', [entry(1, { upvotes: 12, comments: 3 }, { topics: ['birds'] })]),
        group('theme', [entry(2, {}, { isLate: true })], 'graph neural networks'),
        group('others', [
          entry(3, { withdrawnOn: '2025-03-09' }, { isUnusual: true }),
          entry(4, { abstract: null }, { gist: { text: 'Short.', by: 'source' } }),
        ]),
      ],
      { total: 40, late: 2, themes: [{ name: 'graph neural networks', query: '"graph neural networks"', papers: 6 }] },
    );
    const { embeds = [], components = [], content } = renderSummary(full, SETTINGS);
    expect(content).toBeUndefined();
    expect(embeds.map(({ title, description }) => [title, description])).toEqual([
      ['Monday, 10 March 2025', '**40 new papers**, 2 of them late. Themes: graph neural networks (6).'],
      [
        'For the topics of this channel',
        '**1.** [Paper 1](https://arxiv.org/abs/2503.00001)\nPaper 1 does it.\n-# for birds · 3 comments · 12 upvotes',
      ],
      [
        'Graph neural networks · 1 paper',
        '**2.** [Paper 2](https://arxiv.org/abs/2503.00002)\nPaper 2 does it.\n-# *late*',
      ],
      [
        'Also new',
        [
          '**3.** ~~[Paper 3](https://arxiv.org/abs/2503.00003)~~',
          'Paper 3 does it.',
          '-# **withdrawn on 9 Mar 2025** · *unlike the others*',
          '',
          '**4.** [Paper 4](https://arxiv.org/abs/2503.00004)',
          'Short. *(the source’s summary)*',
          '',
          '-# 36 more papers: press *All 40 papers*.',
        ].join('\n'),
      ],
    ]);
    const ids = components.flatMap((row) => row.components.map((each) => ('custom_id' in each ? each.custom_id : '')));
    expect(ids).toEqual(['paper:open', 'daily:all:4:2025-03-10', 'daily:follow:4:2025-03-10']);
  });

  it('mentions the role that was chosen, and nobody else', () => {
    const titled = edition([group('others', [entry(1, { title: '@everyone <@&99>' })])]);
    const message = renderSummary(titled, { mentionRoleId: '123456789012345678' });
    expect(message.content).toBe('<@&123456789012345678>');
    expect(message.allowed_mentions).toEqual({ parse: [], roles: ['123456789012345678'] });
    expect(renderSummary(titled, SETTINGS).allowed_mentions).toEqual({ parse: [], roles: [] });
  });

  it('offers no buttons where there is nothing more', () => {
    const { components = [] } = renderSummary(edition([group('others', [entry(1)])]), SETTINGS);
    expect(components).toHaveLength(1);
  });

  it('counts the last papers of the ranking where there is no room for all', () => {
    const papers = Array.from({ length: 16 }, (_, index) =>
      entry(index + 1, { title: 'Long '.repeat(40) }, { gist: { text: 'words '.repeat(60), by: 'paperboy' } }),
    );
    const { embeds = [] } = renderSummary(edition([group('others', papers)]), SETTINGS);
    const text = embeds.at(-1)?.description ?? '';
    const shown = [...text.matchAll(/^\*\*(\d+)\.\*\*/gm)].length;
    expect(shown).toBeGreaterThan(5);
    expect(text.endsWith(`-# ${16 - shown} more papers: press *All 16 papers*.`)).toBe(true);
  });
});

const anyEntry = fc
  .record({
    title: long,
    gist: fc.oneof(long, fc.constant(null)),
    organization: hostile,
    url: fc.oneof(hostile, fc.webUrl(), fc.constant(null)),
    arxivId: fc.constantFrom(null, '2203.01250'),
    topics: fc.array(hostile, { maxLength: 5 }),
    isLate: fc.boolean(),
  })
  .map(
    ({ title, gist, organization, url, arxivId, topics, isLate }) =>
      (id: number) =>
        entry(
          id,
          { title, url, arxivId, organization: { handle: null, name: organization } },
          { topics, isLate, gist: gist === null ? null : { text: gist, by: 'source' } },
        ),
  );

const anyEdition = fc
  .record({
    entries: fc.array(anyEntry, { minLength: 1, maxLength: 16 }),
    names: fc.array(hostile, { maxLength: 6 }),
    total: fc.integer({ min: 16, max: 3000 }),
  })
  .map(({ entries, names, total }) => {
    const papers = entries.map((make, index) => make(index + 1));
    const themes = names.map((name) => ({ name, query: name, papers: 2 }));
    const groups = [
      ...names.map((name, index) => group('theme', papers.slice(index, index + 1), name)),
      group('others', papers.slice(names.length)),
    ].filter((each) => each.papers.length > 0);
    return edition(groups, { total, themes });
  });

/** Everything in the blocks that stands within lines. */
function flat(blocks: readonly Block[]): Inline[] {
  const inside = (nodes: readonly Inline[]): Inline[] =>
    nodes.flatMap((node) => [node, ...('content' in node ? inside(node.content) : [])]);
  return blocks.flatMap((block): Inline[] => {
    if (block.type === 'list')
      return block.items.flatMap(({ content, nested }) => [...inside(content), ...flat(nested)]);
    if (block.type === 'quote') return flat(block.content);
    return 'content' in block ? inside(block.content) : [];
  });
}

function size(embeds: readonly APIEmbed[]): number {
  return embeds.reduce((sum, { title = '', description = '' }) => sum + title.length + description.length, 0);
}

describe('whatever titles, gists and names hold', () => {
  it('a post is within every limit, with no mention, and with no links but those of its papers', () => {
    fc.assert(
      fc.property(anyEdition, (any) => {
        const message = renderSummary(any, SETTINGS);
        const embeds = message.embeds ?? [];
        expect(size(embeds)).toBeLessThanOrEqual(LIMITS.embedText);
        expect(fit({ embeds }).embeds).toEqual(embeds);
        const nodes = embeds.flatMap(({ description = '' }) => flat(parseMarkdown(description)));
        const marks = nodes.filter(({ type }) => ['channel', 'user', 'role', 'command', 'everyone'].includes(type));
        expect(marks).toEqual([]);
        const numbers = embeds.flatMap(({ description = '' }) => [...description.matchAll(/^\*\*\d+\.\*\* /gm)]);
        expect(nodes.filter(({ type }) => type === 'link')).toHaveLength(numbers.length);
        expect(numbers.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(!hasOpenApi)('Discord takes it', () => {
    fc.assert(
      fc.property(anyEdition, (any) => {
        expect(checkRequest('POST', '/channels/123456789012345678/messages', renderSummary(any, SETTINGS))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a day without a post', () => {
  const report: SourceReport = {
    source: 'hugging-face',
    state: 'failed',
    lookedAt: new Date('2025-03-10T07:00:00Z'),
    freshAt: new Date('2025-03-07T07:00:00Z'),
    problem: null,
    failingSince: new Date('2025-03-09T07:00:00Z'),
    nextTryAt: null,
    rest: null,
  };
  const since = (moment: string, style: string) => `<t:${Date.parse(moment) / 1000}:${style}>`;

  it.each<[Nothing, string]>([
    [
      { kind: 'few', found: 1, minimum: 5 },
      'Only 1 new paper today, fewer than the 5 that make a post here. What came is in the next post.',
    ],
    [
      { kind: 'trouble', sources: [report, { ...report, source: 'feed', state: 'stale' }] },
      `No new papers today: **Hugging Face Daily Papers** cannot be reached since ${since('2025-03-09T07:00:00Z', 'R')}; **feed** has shown nothing new since ${since('2025-03-07T07:00:00Z', 'D')}.`,
    ],
    [{ kind: 'rest', rest: 'the weekend' }, 'No new papers today. The lists rest: the weekend.'],
    [{ kind: 'nothing new' }, 'No new papers today: the lists were read, and show nothing new.'],
  ])('says why: %o', (why, words) => {
    expect(summaryRendering.words(why, 'daily')).toBe(words);
    expect(summaryRendering.notice(words)).toMatchObject({ content: words, allowed_mentions: { parse: [] } });
  });

  it('speaks of the week for a weekly post, and names the thread of a forum by its day', () => {
    expect(summaryRendering.words({ kind: 'nothing new' }, 'weekly')).toContain('this week');
    expect(summaryRendering.name({ localDate: '2025-03-10', period: 'weekly' })).toBe(
      'Papers: The week to Monday, 10 March 2025',
    );
  });
});
