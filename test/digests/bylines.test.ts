import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const BANNER =
  'new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nDec 10\n\n';
const KITES = 'Kites in the Wind\n\nWe fly kites. They rise.\n\n';
const SEALS = 'Seals on the Ice\n\nWe count seals. There are many.\n\n';
const OWLS = 'Owls at Night\n\nWe hear owls. They hoot.\n\n';

const read = (page: string, options = {}) => readDigest(BANNER + page, { readOn, ...options });
const first = (page: string) => read(page).entries[0];

describe('a byline', () => {
  it('gives the number of authors, the date, and no comments where it shows none', () => {
    expect(first(`${KITES}  • 16 authors\n·\nJul 16, 2020\n`)).toMatchObject({
      title: 'Kites in the Wind',
      abstract: 'We fly kites. They rise.',
      line: 13,
      authorCount: 16,
      organization: null,
      publishedOn: '2020-07-16',
      comments: 0,
      upvotes: null,
    });
  });

  it.each([
    ['1 author', 1],
    ['1 authors', 1],
    ['• 2 authors', 2],
    ['\t• 3.29k authors', 3290],
    ['- 1,204 authors', 1204],
  ])('%j has %i', (who, authorCount) => {
    expect(first(`${KITES}${who}\n·\nMay 1\n`)).toMatchObject({ authorCount, organization: null });
  });

  it.each([
    ['pathwaycom Pathway', 'pathwaycom', 'Pathway'],
    ['  • allenai Ai2', 'allenai', 'Ai2'],
    ['openai openai', 'openai', 'openai'],
    ['facebook AI at Meta', 'facebook', 'AI at Meta'],
    ['deepseek-ai DeepSeek', 'deepseek-ai', 'DeepSeek'],
    ['the_lab.org Université de Montréal', 'the_lab.org', 'Université de Montréal'],
    ['baai 北京智源人工智能研究院', 'baai', '北京智源人工智能研究院'],
    ['acme Acme Inc.', 'acme', 'Acme Inc.'],
    ['École Normale Supérieure', null, 'École Normale Supérieure'],
    ['Pathway', null, 'Pathway'],
  ])('%j names an organisation', (who, handle, name) => {
    expect(first(`${KITES}${who}\n·\nSep 30 27\n`)).toMatchObject({
      organization: { handle, name },
      authorCount: null,
      publishedOn: '2025-09-30',
      comments: 27,
    });
  });

  it.each([
    ['on one line', '• 3 authors · Sep 30 27'],
    ['on two lines', '• 3 authors ·\nSep 30 27'],
    ['with the dot on the second line', '• 3 authors\n· Sep 30 27'],
    ['with blank lines inside', '• 3 authors\n\n·\n\nSep 30 27'],
    ['with the comments on a line below', '• 3 authors\n·\nSep 30\n27'],
  ])('is the same %s', (_, byline) => {
    const digest = read(`${KITES}${byline}\n\n${SEALS}• 4 authors\n·\nMay 1\n`);
    expect(digest.rejected).toEqual([]);
    expect(digest.entries[0]).toMatchObject({ authorCount: 3, publishedOn: '2025-09-30', comments: 27 });
    expect(digest.entries[1]).toMatchObject({ title: 'Seals on the Ice', authorCount: 4 });
  });

  it('names an organisation also where no blank line sets it apart, or one stands in it', () => {
    const tight =
      'Kites in the Wind\nWe fly kites.\nacme Acme\n·\nMay 1\nSeals on the Ice\nWe count seals.\n• 2 authors\n·\nMay 2\n';
    for (const page of [tight, tight.replaceAll('\n', '\n\n')]) {
      const { entries, rejected } = read(page);
      expect(rejected).toEqual([]);
      expect(entries).toMatchObject([{ organization: { handle: 'acme', name: 'Acme' } }, { authorCount: 2 }]);
    }
  });

  it('leaves comments unknown on a page that glues them to the day, where the day could be shorter', () => {
    const page = `${KITES}• 2 authors\n·\nJan 12\n\n${SEALS}• 2 authors\n·\nSep 99\n\n${OWLS}• 2 authors\n·\nMay 296\n`;
    expect(read(page).entries).toMatchObject([
      { publishedOn: '2025-01-12', comments: null },
      { publishedOn: '2025-09-09', comments: 9 },
      { publishedOn: '2025-05-29', comments: null },
    ]);
  });

  it('keeps a number above the title as votes', () => {
    const { entries, rejected } = read(`101\n\n${KITES}• 2 authors\n·\nMay 1\n\n-\n\n${SEALS}• 2 authors\n·\nMay 2\n`);
    expect(rejected).toEqual([]);
    expect(entries).toMatchObject([
      { title: 'Kites in the Wind', upvotes: 101 },
      { title: 'Seals on the Ice', upvotes: null },
    ]);
  });
});

describe("the page's date", () => {
  it('is the latest such day not after the day of reading', () => {
    const page = `${KITES}• 2 authors\n·\nDec 11\n`;
    expect(read(page)).toMatchObject({ date: '2025-12-10', entries: [{ publishedOn: '2024-12-11' }] });
    expect(read(page, { readOn: '2025-12-09' })).toMatchObject({
      date: '2024-12-10',
      entries: [{ publishedOn: '2023-12-11' }],
    });
  });

  it('is the latest such day not after the day that was given', () => {
    const page = `${KITES}• 2 authors\n·\nDec 9\n`;
    expect(read(page, { date: '2022-12-31' })).toMatchObject({
      date: '2022-12-10',
      entries: [{ publishedOn: '2022-12-09' }],
    });
  });

  it('is the given day where the page has none', () => {
    const page = `${KITES}• 2 authors\n·\nDec 9\n`;
    expect(readDigest(page, { readOn })).toMatchObject({ date: null, entries: [{ publishedOn: '2025-12-09' }] });
    expect(readDigest(page, { readOn, date: '2023-12-08' })).toMatchObject({
      date: '2023-12-08',
      entries: [{ publishedOn: '2022-12-09' }],
    });
  });
});

describe('damage', () => {
  const byline = '• 2 authors\n·\nMay 1\n\n';

  it('a title without abstract is reported, and its neighbours are kept', () => {
    const { entries, rejected } = read(`${KITES}${byline}Seals on the Ice\n\n${byline}${OWLS}${byline}`);
    expect(entries.map(({ title }) => title)).toEqual(['Kites in the Wind', 'Owls at Night']);
    expect(rejected).toEqual([{ line: 21, reason: '“Seals on the Ice” has no abstract below it.' }]);
  });

  it('an abstract without title is reported, and its neighbours are kept', () => {
    const { entries, rejected } = read(`${KITES}${byline}We count seals. There are many.\n\n${byline}${OWLS}${byline}`);
    expect(entries.map(({ title }) => title)).toEqual(['Kites in the Wind', 'Owls at Night']);
    expect(rejected).toMatchObject([{ line: 21 }]);
  });

  it('a byline between title and abstract gives neither to another paper', () => {
    const { entries, rejected } = read(
      `${KITES}${byline}Seals on the Ice\n\n${byline}We count seals. There are many.\n\n${OWLS}${byline}`,
    );
    expect(entries.map(({ title }) => title)).toEqual(['Kites in the Wind', 'Owls at Night']);
    expect(rejected.map(({ line }) => line)).toEqual([21, 27]);
  });

  it('a paper without byline is kept without authors and date, and reported', () => {
    const { entries, rejected } = read(`${KITES}${SEALS}• 4 authors\n·\nMay 2\n`);
    expect(entries).toMatchObject([
      { title: 'Kites in the Wind', authorCount: null, publishedOn: null, comments: null },
      { title: 'Seals on the Ice', authorCount: 4 },
    ]);
    expect(rejected).toMatchObject([{ line: 13, reason: expect.stringContaining('No byline') }]);
  });

  it('a byline with a part missing or wrong gives the rest, and is reported', () => {
    const { entries, rejected } = read(`${KITES}·\nMay 1\n\n${SEALS}• 4 authors\n·\n\n${OWLS}• 5 authors\n·\nFeb 30\n`);
    expect(entries).toMatchObject([
      { authorCount: null, publishedOn: '2025-05-01', comments: 0 },
      { authorCount: 4, publishedOn: null, comments: null },
      { authorCount: 5, publishedOn: null, comments: null },
    ]);
    expect(rejected.map(({ line }) => line)).toEqual([17, 24, 31]);
  });

  it('a byline above all papers is reported', () => {
    const { entries, rejected } = read(`${byline}${KITES}${byline}`);
    expect(entries).toHaveLength(1);
    expect(rejected).toEqual([{ line: 13, reason: 'There is a byline, but no title and abstract above it.' }]);
  });
});

it('an abstract of several lines is one abstract, though one of them looks like a date', () => {
  const page = `Kites in the Wind\n\nWe fly kites.\nMay 29\nThey rise.\n\n• 2 authors\n·\nMay 1\n\n${SEALS}• 2 authors\n·\nMay 2\n`;
  const { entries, rejected } = read(page);
  expect(rejected).toEqual([]);
  expect(entries).toMatchObject([
    { abstract: 'We fly kites.\nMay 29\nThey rise.', publishedOn: '2025-05-01' },
    { title: 'Seals on the Ice' },
  ]);
});
