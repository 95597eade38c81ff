import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const KITES = 'We fly kites. They rise.';
const SEALS = 'We count seals. There are many.';
const OWLS = 'We hear owls. They hoot.';
const BANNER = [
  'new',
  'Get trending papers in your email inbox!',
  'Subscribe',
  'byAK and the research community',
  'Mar 12',
];
const PAPERS = ['Kites', KITES, 'Seals', SEALS];

const read = (lines: string[], separator = '\n\n') => readDigest(`${lines.join(separator)}\n`, { readOn });
const pairs = (lines: string[], separator?: string) =>
  read(lines, separator).entries.map(({ title, abstract }) => [title, abstract]);

describe('the banner', () => {
  const all = [
    ['Kites', KITES],
    ['Seals', SEALS],
  ];

  it.each([
    ['whole', BANNER],
    ['without new', BANNER.slice(1)],
    ['without the date', BANNER.slice(0, 4)],
    ['without who made it', [...BANNER.slice(0, 3), 'Mar 12']],
    ['with the name of the page', [...BANNER.slice(0, 3), 'Daily Papers', ...BANNER.slice(3)]],
    ['of a copy that begins later', BANNER.slice(2)],
    ['below the navigation', ['Hugging Face', 'Models', 'Datasets', 'Log In', ...BANNER]],
    ['with both invitations', ['Get trending papers in your email inbox once a day!', ...BANNER.slice(1)]],
    ['without anything', []],
  ])('is taken off: %s', (_, banner) => {
    expect(pairs([...banner, ...PAPERS])).toEqual(all);
    expect(read([...banner, ...PAPERS]).rejected).toEqual([]);
  });

  it('may be glued to the first title', () => {
    const invitation = 'Get trending papers in your email inbox!';
    expect(pairs([invitation, 'SubscribeKites', ...PAPERS.slice(1)], '\n')).toEqual(all);
    expect(pairs(['SubscribeKites', ...PAPERS.slice(1)], '\n')).toEqual(all);
    expect(pairs([invitation, 'SubscribeiBOT at Sea', KITES], '\n')).toEqual([['iBOT at Sea', KITES]]);
  });

  it('leaves titles alone that begin like it', () => {
    const titles = ['Subscribe to What Matters', 'Subscribers of Journals', 'new', 'Daily Papers', 'Mar 12'];
    for (const title of titles) expect(pairs([...BANNER, title, KITES, ...PAPERS])[0]).toEqual([title, KITES]);
    expect(pairs(['Get trending papers in your email inbox!', 'SubscribeSubscribe Once', KITES], '\n')).toEqual([
      ['Subscribe Once', KITES],
    ]);
  });

  it('does not swallow papers above a title that quotes it', () => {
    const lines = [...BANNER, ...PAPERS, 'Get trending papers in your email inbox!', OWLS];
    expect(pairs(lines)).toHaveLength(3);
  });

  it('has a counterpart at the end', () => {
    expect(pairs([...BANNER, ...PAPERS, 'Previous', 'Next', 'System theme', 'Company', 'TOS', 'Docs'])).toEqual(all);
  });
});

describe('the texts', () => {
  it.each([
    ['TeX', "Poincar\\'e and ell_0 at 1920times1080"],
    ['markup', '**Bold** [link](https://example.org) <b>&amp;</b> @everyone'],
    ['blanks inside', 'Two  blanks and a\ttab'],
    ['length', `Kites ${'and more kites '.repeat(15)}at last`],
    ['a full stop', 'Attention is not Explanation.'],
    ['questions', 'Kites? Seals? Owls!'],
    ['something like a byline', 'Kites · May 29'],
  ])('keep %s', (_, title) => {
    expect(pairs([...BANNER, title, KITES, ...PAPERS])[0]).toEqual([title, KITES]);
    expect(pairs(['Subscribe', ...PAPERS, title, OWLS], '\n')[2]).toEqual([title, OWLS]);
  });

  it('are never paired by length', () => {
    const long = `A title of some length ${'about kites '.repeat(15)}at sea`;
    expect(pairs([...BANNER, long, 'Kites fly.', ...PAPERS])[0]).toEqual([long, 'Kites fly.']);
    expect(pairs([...BANNER, 'Kites', 'They do fly', ...PAPERS])[0]).toEqual(['Kites', 'They do fly']);
  });

  it('may be an abstract of several lines on a spaced page', () => {
    expect(pairs([...BANNER, 'Kites', `${KITES}\nMay 29\nThey do.`, ...PAPERS])[0]).toEqual([
      'Kites',
      `${KITES}\nMay 29\nThey do.`,
    ]);
  });

  it('may have lost the blank line between them', () => {
    expect(pairs([...BANNER, `Kites\n${KITES}`, 'Seals', SEALS])).toEqual([
      ['Kites', KITES],
      ['Seals', SEALS],
    ]);
    expect(pairs([...BANNER, 'Kites', `${KITES}\nSeals`, SEALS])).toEqual([
      ['Kites', KITES],
      ['Seals', SEALS],
    ]);
  });

  it('tell where they stand', () => {
    expect(read([...BANNER, ...PAPERS]).entries).toMatchObject([
      {
        position: 1,
        line: 11,
        authors: null,
        authorCount: null,
        organization: null,
        publishedOn: null,
        comments: null,
      },
      { position: 2, line: 15 },
    ]);
  });
});

/** Texts as long as real abstracts, so that looks are clear. */
const LONG = Array.from({ length: 8 }, (_, index) =>
  `In study ${index} we fly kites over the sea. ${'They rise, and we count them. '.repeat(12)}`.trim(),
);
const TITLES = LONG.map((_, index) => `Kites over the Sea, Part ${index}`);
const PAGE = TITLES.flatMap((title, index) => [title, LONG[index] ?? '']);

describe.each([
  ['spaced', '\n\n'],
  ['compact', '\n'],
])('damage to a %s page', (_, separator) => {
  const page = [...BANNER.slice(0, 3), ...PAGE];
  const at = (text: string) => page.indexOf(text);
  const without = (...lines: string[]) => page.filter((line) => !lines.includes(line));
  const titlesLeft = (lines: string[]) => read(lines, separator).entries.map(({ title }) => title);

  it('a missing abstract costs its paper alone', () => {
    expect(titlesLeft(without(LONG[3] ?? ''))).toEqual(TITLES.toSpliced(3, 1));
    const { rejected } = read(without(LONG[3] ?? ''), separator);
    expect(rejected).toEqual([
      { line: at(TITLES[3] ?? '') * separator.length + 1, reason: `“${TITLES[3]}” has no abstract below it.` },
    ]);
  });

  it('a missing title costs its paper alone', () => {
    expect(titlesLeft(without(TITLES[3] ?? ''))).toEqual(TITLES.toSpliced(3, 1));
    expect(read(without(TITLES[3] ?? ''), separator).rejected).toMatchObject([
      { reason: expect.stringContaining('has no title above it') },
    ]);
  });

  it('a title here and an abstract there cost two papers, not those between', () => {
    expect(titlesLeft(without(TITLES[1] ?? '', LONG[5] ?? ''))).toEqual(
      TITLES.filter((_, index) => index !== 1 && index !== 5),
    );
  });

  it('two abstracts in a row make no paper of two titles', () => {
    expect(titlesLeft(without(LONG[3] ?? '', LONG[4] ?? ''))).toEqual(TITLES.toSpliced(3, 2));
  });

  it('two titles in a row make no paper of two abstracts', () => {
    expect(titlesLeft(without(TITLES[3] ?? '', TITLES[4] ?? ''))).toEqual(TITLES.toSpliced(3, 2));
  });

  it('strange lines among the papers are reported', () => {
    const { entries, rejected } = read(page.toSpliced(at(TITLES[2] ?? ''), 0, 'Advertisement'), separator);
    expect(entries).toHaveLength(8);
    expect(rejected).toMatchObject([{ reason: '“Advertisement” has no abstract below it.' }]);
  });

  it('half a page gives its half, and one report', () => {
    const text = page.join(separator);
    const half = readDigest(text.slice(0, text.indexOf('In study 4') + 100), { readOn });
    expect(half.entries.map(({ title }) => title)).toEqual(TITLES.slice(0, 4));
    expect(half.rejected).toEqual([
      {
        line: at(LONG[4] ?? '') * separator.length + 1,
        reason: `The document ends in the middle of the abstract of “${TITLES[4]}”. Save the page again.`,
      },
    ]);
  });

  it('the last abstract may end with an address', () => {
    const text = [...page.slice(0, -1), `${LONG[7]} Code: https://github.com/example/kites`].join(separator);
    expect(readDigest(text, { readOn }).entries).toHaveLength(8);
  });
});

it('on a short page where looks say little, nothing around a missing line is kept', () => {
  const { entries, rejected } = read([...BANNER, 'Kites', KITES, 'Seals', 'Owls', OWLS]);
  expect(entries.map(({ title }) => title)).toEqual(['Kites']);
  expect(rejected.map(({ line }) => line)).toEqual([15, 17, 19]);
});

it('a place where several lines are gone joins nothing', () => {
  const { entries, rejected } = readDigest(
    `${BANNER.join('\n\n')}\n\n${PAGE.slice(0, 5).join('\n\n')}\n\n\n\n${PAGE.slice(7).join('\n\n')}\n`,
    { readOn },
  );
  expect(entries.map(({ title }) => title)).toEqual([...TITLES.slice(0, 2), ...TITLES.slice(4)]);
  expect(rejected).toHaveLength(2);
});
