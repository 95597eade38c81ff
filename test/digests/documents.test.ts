import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';
import { type DocumentLayout, RENDER, type ShownPaper } from './documents.ts';

const readOn = '2026-06-03';

const PAPERS: ShownPaper[] = [
  {
    arxivId: '2605.20001',
    title: "Kites & Strings: $x<y$ for Poincar\\'e Maps",
    abstract: 'We fly kites. They rise when $a<b$ & fall otherwise.',
    authors: ['Ada Quill', 'Bo Marsh'],
    upvotes: 12,
    comments: 3,
  },
  {
    arxivId: '2605.20002',
    title: 'Seals',
    abstract: 'Seals swim.',
    authors: ['Dina Reef', 'Émile Roc', 'Fen Wu'],
    upvotes: 0,
    comments: 0,
  },
];

/** Facts that a layout does not show, and its day. */
const EXPECTED: Record<DocumentLayout, { layout: string; date: string | null; without: readonly string[] }> = {
  'hugging-face-api': { layout: 'hugging-face-api', date: '2026-06-01', without: [] },
  'hugging-face-html': { layout: 'hugging-face-html', date: '2026-06-01', without: [] },
  markdown: { layout: 'markdown', date: '2026-06-01', without: ['authors'] },
  rss: { layout: 'feed', date: null, without: ['upvotes', 'comments', 'arxivId'] },
  'arxiv-rss': { layout: 'feed', date: '2026-06-01', without: ['upvotes', 'comments'] },
  'arxiv-atom': { layout: 'feed', date: null, without: ['upvotes', 'comments'] },
  'arxiv-mail': { layout: 'arxiv-mail', date: null, without: ['upvotes', 'comments'] },
  'json-lines': { layout: 'json-lines', date: null, without: ['authors', 'upvotes', 'comments', 'arxivId'] },
};

describe.each(Object.entries(RENDER))('a document in the layout %s', (name, render) => {
  const { layout, date, without } = EXPECTED[name as DocumentLayout];
  const missing = Object.fromEntries(without.map((field) => [field, null]));
  const expected = PAPERS.map((paper) => ({
    ...paper,
    upvotes: name === 'markdown' && paper.upvotes === 0 ? null : paper.upvotes,
    ...missing,
  }));

  it('comes out as it went in', () => {
    const digest = readDigest(render(PAPERS), { readOn });
    expect(digest).toMatchObject({ layout, date, entries: expected, rejected: [] });
    expect(digest.entries).toHaveLength(PAPERS.length);
  });

  it('is read alike with other line ends and a byte order mark', () => {
    const document = `\uFEFF${render(PAPERS).replaceAll('\n', '\r\n')}`;
    expect(readDigest(document, { readOn })).toMatchObject({ layout, date, entries: expected, rejected: [] });
  });
});
