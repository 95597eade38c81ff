import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/core/paper.ts';
import { readDigest } from '../../src/digests/read.ts';
import { abstract, anyText, type PageLayout, type PagePaper, papers, readOn, renderPage, title } from './pages.ts';

const LAYOUTS: PageLayout[] = ['spaced', 'compact', 'bylines'];

describe.each(LAYOUTS)('a whole page in the layout %s', (layout) => {
  it('comes out as it went in, whatever its titles and abstracts contain', () => {
    fc.assert(
      fc.property(papers({ title, abstract }), (list) => {
        const digest = readDigest(renderPage(layout, list).join('\n'), { readOn });
        expect(digest.rejected).toEqual([]);
        expect(digest).toMatchObject({ layout, date: layout === 'compact' ? null : '2025-12-10' });
        expect(digest.entries.map(shown)).toEqual(list.map((paper) => expected(layout, paper)));
      }),
      { numRuns: 150 },
    );
  });

  it('gives every paper or reports its line, though titles and abstracts are any text at all', () => {
    fc.assert(
      fc.property(papers({ title: anyText, abstract: anyText }), (list) => {
        const lines = [...renderPage(layout, list), ''];
        const digest = readDigest(lines.join('\n'), { readOn });
        const truth = new Map(list.map((paper) => [paper.title, paper.abstract]));
        for (const { title, abstract } of digest.entries) expect(truth.get(title)).toBe(abstract);
        const rejected = new Set(digest.rejected.map(({ line }) => lines[line - 1]));
        const kept = new Set(digest.entries.map(({ title }) => title));
        for (const paper of list) expect(kept.has(paper.title) || rejected.has(paper.title)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('reads the same with other line ends, blanks at line ends, non-breaking spaces and a byte order mark', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', ' \n', '\t\r\n', '\r');
    fc.assert(
      fc.property(papers({ title, abstract }), lineEnd, fc.boolean(), fc.boolean(), (list, end, hard, mark) => {
        const text = renderPage(layout, list).join(end);
        const other = (mark ? '\uFEFF' : '') + (hard ? text.replaceAll(' ', '\u00a0') : text);
        const digest = readDigest(new TextEncoder().encode(other), { readOn });
        const clean = readDigest(new TextEncoder().encode(renderPage(layout, list).join('\n')), { readOn });
        expect(digest).toEqual(clean);
      }),
      { numRuns: 60 },
    );
  });
});

it('blank lines more or less change nothing on a spaced page', () => {
  fc.assert(
    fc.property(papers({ title, abstract }), fc.infiniteStream(fc.boolean()), (list, doubled) => {
      const lines = renderPage('spaced', list);
      const more = lines.flatMap((line) => (line === '' && doubled.next().value ? ['', ''] : [line]));
      const [clean, doubledOnes] = [lines, more].map((page) =>
        readDigest(page.join('\n'), { readOn }).entries.map(shown),
      );
      expect(doubledOnes).toEqual(clean);
    }),
    { numRuns: 60 },
  );
});

function shown({ title, abstract, authorCount, organization, publishedOn, comments }: Entry) {
  return { title, abstract, authorCount, organization, publishedOn, comments };
}

function expected(layout: PageLayout, paper: PagePaper) {
  const { title, abstract, publishedOn, comments } = paper;
  if (layout !== 'bylines') {
    return { title, abstract, authorCount: null, organization: null, publishedOn: null, comments: null };
  }
  const authorCount = paper.organization ? null : paper.authorCount;
  return { title, abstract, authorCount, organization: paper.organization, publishedOn, comments };
}
