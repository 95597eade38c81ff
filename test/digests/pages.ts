import * as fc from 'fast-check';

/** A paper as a page shows it; a page without bylines shows title and abstract only. */
export interface PagePaper {
  title: string;
  abstract: string;
  authorCount: number;
  organization: { handle: string; name: string } | null;
  /** `YYYY-MM-DD`. */
  publishedOn: string;
  comments: number;
}

export type PageLayout = 'spaced' | 'compact' | 'bylines';

const WORDS =
  'neural graph network learning attention sparse deep model gradient token image speech robust causal agent reward prior kernel diffusion retrieval alignment'.split(
    ' ',
  );

/** Pieces of text that could be taken for something else, by a reader or by a chat. */
const HOSTILE = [
  '**bold**',
  '`code`',
  '[link](https://example.org)',
  '@everyone',
  '<script>alert(1)</script>',
  '|| spoiler ||',
  '·',
  '•',
  '• 16 authors',
  '1 author',
  'pathwaycom Pathway',
  'Mar 12',
  'Sep 30 27',
  'Jul 16, 2020',
  '3.29k',
  'Subscribe',
  'new',
  'Daily Papers',
  '{"title":"x"}',
  "Poincar\\'e",
  'ell_0',
  '1920times1080',
  'مرحبا',
  'שלום',
  '深度学习',
  '👩‍👩‍👧',
  '\u202Eabc\u202C',
  'zero\u200Bwidth',
  'e\u0301',
  '\uD83D',
  'inner  blanks\there',
];

const word = fc.constantFrom(...WORDS);
const piece = fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) });
const words = (minLength: number, maxLength: number) =>
  fc.array(piece, { minLength, maxLength }).map((pieces) => pieces.join(' '));

/** Titles with something of a title: two words, and whatever else. */
export const title = fc
  .tuple(word, words(0, 14), fc.constantFrom('', '?', '!', ': a study'))
  .map(([first, rest, end]) => `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest}`.trim() + end);

const sentence = words(3, 30).map((text) => `We ${text}.`);

/** Abstracts of one sentence up to pages of them. */
export const abstract = fc.oneof(
  sentence,
  fc.array(sentence, { minLength: 2, maxLength: 8 }).map((sentences) => sentences.join(' ')),
  fc.array(sentence, { minLength: 60, maxLength: 80 }).map((sentences) => sentences.join(' ')),
);

/** Any text that fits on a line and shows something. */
export const anyText = fc
  .oneof(words(1, 20), fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom(...HOSTILE))
  .map((text) => text.replace(/[\r\n\0\u00a0\u2007\u202f]/g, ' ').trim())
  .filter((text) => /[^\p{White_Space}\p{Cf}\p{Cc}]/u.test(text));

const day = fc
  .date({ min: new Date('2016-01-01T00:00:00Z'), max: new Date('2025-12-10T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const organization = fc.record({
  handle: fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/),
  name: fc.constantFrom('Pathway', 'AI at Meta', 'Allen Institute', 'Université de Montréal', 'ByteDance-Seed', 'X.ai'),
});

/** Papers with different titles, so that a pair can be told. */
export function papers(texts: { title: fc.Arbitrary<string>; abstract: fc.Arbitrary<string> }, minLength = 1) {
  const paper: fc.Arbitrary<PagePaper> = fc.record({
    ...texts,
    authorCount: fc.integer({ min: 1, max: 3000 }),
    organization: fc.option(organization, { freq: 3 }),
    publishedOn: day,
    comments: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 })),
  });
  return fc.uniqueArray(paper, { minLength, maxLength: 9, selector: (each) => each.title });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day of reading for `renderPage`. */
export const readOn = '2025-12-20';

/** The lines of a page; its date, read on `readOn`, is 2025-12-10. */
export function renderPage(layout: PageLayout, papersOnPage: readonly PagePaper[]): string[] {
  const texts = papersOnPage.flatMap((paper) => {
    if (layout === 'compact') return [paper.title, paper.abstract];
    const byline = layout === 'bylines' ? [...bylineOf(paper), ''] : [];
    return [paper.title, '', paper.abstract, '', ...byline];
  });
  return [...bannerOf(layout), ...(layout === 'compact' ? glue(texts) : texts)];
}

function bannerOf(layout: PageLayout): string[] {
  const get = 'Get trending papers in your email inbox';
  if (layout === 'compact') return [`${get} once a day!`, `${get}!`];
  const daily = layout === 'bylines' ? ['Daily Papers', ''] : [];
  return ['new', '', `${get}!`, '', 'Subscribe', '', ...daily, 'byAK and the research community', '', 'Dec 10', ''];
}

function glue([first = '', ...rest]: string[]): string[] {
  return [`Subscribe${first}`, ...rest];
}

function bylineOf({ authorCount, organization: org, publishedOn, comments }: PagePaper): string[] {
  const [year, month, dayOfMonth] = publishedOn.split('-').map(Number);
  const date = `${MONTHS[(month ?? 1) - 1]} ${dayOfMonth}${year === 2025 ? '' : `, ${year}`}`;
  const who = org ? `${org.handle} ${org.name}` : `  • ${authorCount} author${authorCount === 1 ? '' : 's'}`;
  return [who, '·', comments > 0 ? `${date} ${comments}` : date];
}
