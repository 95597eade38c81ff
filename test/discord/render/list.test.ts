import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { fit, LIMITS } from '../../../src/discord/fit.ts';
import { paperCard } from '../../../src/discord/render/card.ts';
import { type Item, openSelect, paperList } from '../../../src/discord/render/list.ts';
import { parseMarkdown } from '../../../src/preview/page/markdown/blocks.ts';
import type { Block, Inline } from '../../../src/preview/page/markdown/tree.ts';
import { facts } from '../../search/archive.ts';
import { hostile, long } from '../hostile.ts';

const known = facts({
  title: 'Attention Is All You Need',
  abstract: 'A model of attention alone.',
  authors: ['Ada One', 'Ben Two', 'Cy Three'],
  publishedOn: '2017-06-12',
  comments: 1,
  upvotes: 1200,
  arxivId: '1706.03762',
});
const paper = (more: Partial<Paper> = {}): Paper => ({ ...known, id: 7, appearances: [], ...more });

const hostilePaper = fc
  .record({
    title: long,
    abstract: fc.oneof(long, fc.constant(null)),
    authors: fc.oneof(fc.array(hostile, { maxLength: 40 }), fc.constant(null)),
    organization: fc.oneof(
      hostile.map((name) => ({ handle: null, name })),
      fc.constant(null),
    ),
    keywords: fc.oneof(fc.array(hostile, { maxLength: 20 }), fc.constant(null)),
    url: fc.oneof(hostile, fc.webUrl(), fc.constant(null)),
    comments: fc.oneof(fc.nat(), fc.constant(null)),
    arxivId: fc.constantFrom(null, '2203.01250'),
    appearances: fc.array(
      fc.record({
        digestId: fc.nat(),
        source: hostile,
        date: fc.constantFrom(null, '2025-03-12'),
        position: fc.nat(),
        comments: fc.constant(null),
        upvotes: fc.nat(),
      }),
      { maxLength: 9 },
    ),
  })
  .map((facts) => paper(facts));

function nodes(blocks: Block[]): Inline[] {
  return blocks.flatMap((block) => ('content' in block && block.type !== 'quote' ? block.content : []));
}

describe('a list of papers', () => {
  it('numbers linked titles, with byline and marked words', () => {
    const items: Item[] = [
      {
        paper: paper(),
        titleSpans: [
          { text: 'Attention', marked: true },
          { text: ' Is All You Need', marked: false },
        ],
        snippet: [{ text: 'A model of attention alone.', marked: false }],
      },
      {
        paper: paper({
          id: 8,
          title: '',
          authors: null,
          publishedOn: null,
          comments: null,
          upvotes: null,
          arxivId: null,
        }),
      },
    ];
    expect(paperList(items, 6, 4000)).toBe(
      [
        '**6.** [**Attention** Is All You Need](https://arxiv.org/abs/1706.03762)',
        '-# 12 Jun 2017 · Ada One and 2 others · 1 comment · 1,200 upvotes',
        'A model of attention alone.',
        '',
        '**7.** [Untitled](https://huggingface.co/papers?q=)',
      ].join('\n'),
    );
  });

  it('of eight hostile papers stays within its room, each title one link', () => {
    fc.assert(
      fc.property(fc.array(hostilePaper, { minLength: 1, maxLength: 8 }), (papers) => {
        const items = papers.map((each) => ({ paper: each, snippet: [{ text: each.abstract ?? '', marked: false }] }));
        const list = paperList(items, 1, 4000);
        expect(list.length).toBeLessThanOrEqual(4000);
        const links = nodes(parseMarkdown(list)).filter(({ type }) => type === 'link');
        expect(links).toHaveLength(papers.length);
      }),
      { numRuns: 60 },
    );
  });

  it('opens from a select that Discord takes, whatever the titles', () => {
    fc.assert(
      fc.property(fc.array(hostilePaper, { minLength: 1, maxLength: 8 }), (papers) => {
        const numbered = papers.map((each, index) => ({ ...each, id: index + 1 }));
        const components = [openSelect(numbered, 1)].filter((row) => row !== null);
        const [select] = fit({ content: 'x', components }).components?.[0]?.components ?? [];
        expect(select).toMatchObject({ custom_id: 'paper:open' });
        expect(select && 'options' in select && select.options.length).toBe(papers.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a paper card', () => {
  it('shows title, byline, abstract, appearances and links', () => {
    const card = paperCard(
      paper({
        appearances: [
          { digestId: 1, source: 'inbox', date: '2025-03-11', position: 4, comments: null, upvotes: null },
          { digestId: 2, source: 'inbox', date: '2025-03-12', position: 2, comments: 1, upvotes: 20 },
        ],
      }),
      'offered',
    );
    expect(card.embeds?.[0]).toMatchObject({
      title: 'Attention Is All You Need',
      url: 'https://arxiv.org/abs/1706.03762',
      description: '-# 12 Jun 2017 · Ada One and 2 others · 1 comment · 1,200 upvotes\n\nA model of attention alone.',
      fields: [
        { name: 'Authors', value: 'Ada One, Ben Two, Cy Three' },
        {
          name: 'In the digests',
          value: '12 Mar 2025: number 2, then with 1 comment and 20 upvotes\n11 Mar 2025: number 4',
        },
      ],
    });
    expect(JSON.stringify(card.components)).toContain('Share in this channel');
  });

  it('names the sources when there are several, and counts the appearances that do not fit', () => {
    const appearances = Array.from({ length: 7 }, (_, index) => {
      const source = index === 6 ? 'mail_box' : 'inbox';
      return { digestId: index, source, date: `2025-03-0${7 - index}`, position: 1, comments: null, upvotes: null };
    });
    const value = paperCard(paper({ appearances }), 'none').embeds?.[0]?.fields?.at(-1)?.value ?? '';
    expect(value.split('\n')).toEqual([
      '7 Mar 2025: number 1 of inbox',
      '6 Mar 2025: number 1 of inbox',
      '5 Mar 2025: number 1 of inbox',
      '4 Mar 2025: number 1 of inbox',
      '3 Mar 2025: number 1 of inbox',
      'and 2 more',
    ]);
  });

  it('tells where an abstract goes on that does not fit', () => {
    const card = paperCard(paper({ abstract: 'word '.repeat(1500) }), 'none');
    const description = card.embeds?.[0]?.description ?? '';
    expect(description.length).toBeLessThanOrEqual(LIMITS.description);
    expect(description).toMatch(/word…\n\n\[Read the rest\]\(https:\/\/arxiv\.org\/abs\/1706\.03762\)$/);
  });

  it('of a hostile paper needs no further fitting', () => {
    fc.assert(
      fc.property(hostilePaper, (each) => {
        const card = paperCard(each, 'offered');
        const { embeds } = fit(card);
        expect(embeds?.[0]?.description?.length).toBe(card.embeds?.[0]?.description?.trim().length);
        expect(embeds?.[0]?.fields?.length).toBe(card.embeds?.[0]?.fields?.length || undefined);
      }),
      { numRuns: 60 },
    );
  });
});
