import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../src/core/paper.ts';
import { readDigest, UnreadableDigestError } from '../../src/digests/read.ts';
import { abstract, anyText, type PageLayout, type PagePaper, papers, readOn, renderPage, title } from './pages.ts';

const LAYOUTS: PageLayout[] = ['spaced', 'compact', 'bylines'];

/** A digest, or `null` when nothing on the page was certain. */
function readOrNull(lines: readonly string[], end = '\n'): Digest | null {
  try {
    return readDigest(lines.join(end), { readOn });
  } catch (error) {
    if (error instanceof UnreadableDigestError) return null;
    throw error;
  }
}

/** Fails on a title with the abstract, or on an abstract with the byline, of another paper. */
function expectSound(digest: Digest | null, list: readonly PagePaper[]): void {
  const truth = new Map(list.map((paper) => [paper.title, paper]));
  for (const entry of digest?.entries ?? []) {
    const paper = truth.get(entry.title);
    expect(paper?.abstract, entry.title).toBe(entry.abstract);
    if (entry.authorCount !== null) expect(entry.authorCount).toBe(paper?.authorCount);
    if (entry.organization !== null) expect(entry.organization).toEqual(paper?.organization);
    if (entry.publishedOn !== null) expect(entry.publishedOn).toBe(paper?.publishedOn);
  }
}

function withoutLast(digest: Digest): Digest {
  return { ...digest, entries: digest.entries.slice(0, -1) };
}

function contentLines(lines: readonly string[], list: readonly PagePaper[]): number[] {
  const first = lines.findIndex((line) => line.endsWith(list[0]?.title ?? ''));
  return lines.flatMap((line, index) => (index >= first && line !== '' ? [index] : []));
}

describe.each(LAYOUTS)('a damaged page in the layout %s', (layout) => {
  it('never pairs a title with the abstract of another paper when a line is missing', () => {
    fc.assert(
      fc.property(papers({ title, abstract }, 2), fc.nat(), (list, which) => {
        const lines = renderPage(layout, list);
        const content = contentLines(lines, list);
        const digest = readOrNull(lines.toSpliced(content[which % content.length] ?? 0, 1));
        expectSound(digest, list);
        if (digest && digest.entries.length < list.length) expect(digest.rejected).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('never pairs wrongly though titles and abstracts are any text at all', () => {
    fc.assert(
      fc.property(papers({ title: anyText, abstract: anyText }, 2), fc.nat(), (list, which) => {
        const lines = renderPage(layout, list);
        const content = contentLines(lines, list);
        expectSound(readOrNull(lines.toSpliced(content[which % content.length] ?? 0, 1)), list);
      }),
      // Not a new sample each time: texts can be chosen so that they make a byline, or full stops of titles alone.
      { numRuns: 300, seed: 1 },
    );
  });

  it('that ends too early keeps what stands above, and no abstract that is cut in a sentence', () => {
    fc.assert(
      fc.property(papers({ title, abstract }, 3), fc.double({ min: 0.3, max: 0.99, noNaN: true }), (list, share) => {
        const page = renderPage(layout, list).join('\n');
        const digest = readOrNull([page.slice(0, Math.floor(page.length * share))]);
        const truth = new Map(list.map((paper) => [paper.title, paper.abstract]));
        for (const [index, entry] of (digest?.entries ?? []).entries()) {
          const last = index + 1 === digest?.entries.length;
          if (!last) expect(truth.get(entry.title)).toBe(entry.abstract);
          expect(truth.get(entry.title)?.startsWith(entry.abstract ?? '')).toBe(true);
          expect(entry.abstract).toMatch(/[.!?]$|\S\/\S*$/);
        }
        if (digest) expectSound(withoutLast(digest), list);
      }),
      { numRuns: 150 },
    );
  });

  it('reports a title at the very end, and keeps the papers above it', () => {
    fc.assert(
      fc.property(papers({ title, abstract }), (list) => {
        const lines = [...renderPage(layout, list), ...(layout === 'compact' ? [] : ['']), 'A Title Without Abstract'];
        const digest = readOrNull(lines);
        expect(digest?.entries.map((entry) => entry.title)).toEqual(list.map((paper) => paper.title));
        expect(digest?.rejected).toEqual([
          { line: lines.length, reason: '“A Title Without Abstract” has no abstract below it.' },
        ]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('bylines', () => {
  it('keep damage between two of them', () => {
    fc.assert(
      fc.property(papers({ title, abstract }, 3), fc.nat(), (list, which) => {
        const lines = renderPage('bylines', list);
        const content = contentLines(lines, list);
        const digest = readOrNull(lines.toSpliced(content[which % content.length] ?? 0, 1));
        expect(digest?.entries.length).toBeGreaterThanOrEqual(list.length - 1);
      }),
      { numRuns: 200 },
    );
  });

  it('in the wrong place cost no other paper its facts', () => {
    fc.assert(
      fc.property(papers({ title, abstract }, 3), fc.nat(), fc.nat(), (list, from, to) => {
        const lines = renderPage('bylines', list);
        const dots = lines.flatMap((line, index) => (line === '·' ? [index] : []));
        const dot = dots[from % dots.length] ?? 0;
        const byline = lines.slice(dot - 1, dot + 2);
        const without = lines.toSpliced(dot - 1, 3);
        const titles = list.map((paper) => without.indexOf(paper.title)).filter((index) => index !== -1);
        const target = (titles[to % titles.length] ?? 0) + 1;
        const digest = readOrNull(without.toSpliced(target, 0, '', ...byline));
        for (const entry of digest?.entries ?? []) {
          expect(list.find((paper) => paper.title === entry.title)?.abstract).toBe(entry.abstract);
        }
        expect(digest?.rejected).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
