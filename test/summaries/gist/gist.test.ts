import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gistOf, gistOfAbstract } from '../../../src/summaries/gist/gist.ts';

const BACKGROUND = 'Lanterns have lit harbours for centuries. However, they are costly to keep and go out in storms.';
const RESULTS = 'Experiments on three harbours show fewer wrecks. Code is available at https://example.org/lantern.';
const around = (sentence: string) => `${BACKGROUND} ${sentence} ${RESULTS}`;
const TITLE = 'Lanterns that Learn from Storms';

describe('the gist of an abstract', () => {
  it.each([
    [
      'In this paper, we propose a lantern that learns from storms when to burn.',
      'We propose a lantern that learns from storms when to burn.',
    ],
    [
      'Here we introduce StormLight, a lantern that learns from storms.',
      'We introduce StormLight, a lantern that learns from storms.',
    ],
    ['We show that lanterns can learn from storms when to burn.', 'Lanterns can learn from storms when to burn.'],
    [
      'Our experiments on harbours demonstrate that lanterns learn from storms when to burn.',
      'Lanterns learn from storms when to burn.',
    ],
  ])('leaves out what says nothing: %s', (sentence, gist) => {
    expect(gistOfAbstract(TITLE, around(sentence))).toBe(gist);
  });

  it.each([
    ['We show that it learns from storms when lanterns burn.'],
    ['We show that lanterns learn from storms, and that harbours learn from lanterns.'],
  ])('leaves in what the rest needs: %s', (sentence) => {
    expect(gistOfAbstract(TITLE, around(sentence))).toBe(sentence);
  });

  it('ends a sentence after its mark only', () => {
    const sentence =
      'We propose lanterns that learn from storms, e.g. from those of Lee et al. (2019, Fig. 3), at 2.5 m.';
    expect(gistOfAbstract(TITLE, around(sentence))).toBe(sentence);
  });

  it('finds the sentences where the space between them is missing', () => {
    const abstract =
      'Lanterns go out in storms.We propose lanterns that learn from storms.They burn longer than others.';
    expect(gistOfAbstract(TITLE, abstract)).toBe('We propose lanterns that learn from storms.');
  });

  it.each([
    ['is empty', '', ''],
    ['is white space', ' \n\t', ''],
    ['is one word', 'Withdrawn', 'Withdrawn.'],
    ['is one sentence', 'A lantern that learns from storms', 'A lantern that learns from storms.'],
    ['shouts', 'WE PROPOSE A LANTERN THAT LEARNS FROM STORMS.', 'WE PROPOSE A LANTERN THAT LEARNS FROM STORMS.'],
    ['is Chinese', '灯笼很贵。我们提出一种从风暴中学习的灯笼。', '灯笼很贵。'],
    ['is a list', '- We propose a lantern that learns.\n- It burns.', 'We propose a lantern that learns.'],
    ['has sections', 'Objective: We propose a lantern that learns.', 'We propose a lantern that learns.'],
    [
      'has broken lines',
      'We propose a lantern\nthat learns from\n  storms.',
      'We propose a lantern that learns from storms.',
    ],
    [
      'has TeX',
      'We bound $\\mathcal{O}(n^{1.5})$ by \\emph{storms}.',
      'We bound $\\mathcal{O}(n^{1.5})$ by \\emph{storms}.',
    ],
    ['is one endless word', 'a'.repeat(100_000), ''],
  ])('copes with an abstract that %s', (_, abstract, gist) => {
    expect(gistOfAbstract(TITLE, abstract)).toBe(gist);
  });

  it('cuts a sentence that is too long where a part of it ends', () => {
    const long = `We propose a lantern that learns from storms, ${'and it burns in wind and rain, '.repeat(20)}always.`;
    const gist = gistOfAbstract(TITLE, long);
    expect(gist.length).toBeLessThanOrEqual(300);
    expect(gist).toMatch(/(?:storms|rain)\.$/);
  });
});

describe('the gist of a paper', () => {
  const abstract = around('We propose a lantern that learns.');

  it('is the summary that its source brought, and says so', () => {
    const paper = { title: TITLE, abstract, summary: 'Lanterns learn from storms.\nThey burn longer.' };
    expect(gistOf(paper)).toEqual({ text: 'Lanterns learn from storms. They burn longer.', by: 'source' });
  });

  it('takes only whole sentences of a long summary, and the abstract where it has none so short', () => {
    const summary = `Lanterns learn. ${'They burn and burn '.repeat(40)}.`;
    expect(gistOf({ title: TITLE, abstract, summary })?.text).toBe('Lanterns learn.');
    const endless = 'They burn and burn '.repeat(40);
    expect(gistOf({ title: TITLE, abstract, summary: endless })?.by).toBe('paperboy');
  });

  it('is unknown without an abstract', () => {
    expect(gistOf({ title: TITLE, abstract: null, summary: null })).toBeNull();
  });
});

const word = fc.oneof(
  fc.constantFrom(
    'we',
    'We',
    'show',
    'that',
    'propose',
    'a',
    'lantern',
    'which',
    'by',
    'using',
    'and',
    'In',
    'this paper,',
  ),
  fc.constantFrom(
    'storms.',
    'et al.',
    'e.g.',
    '2.5',
    '(see',
    'Fig. 3)',
    'learns;',
    '$x_{1}$',
    '“so',
    'on”',
    'K.',
    '--',
    '…',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const hostile = fc.oneof(
  fc.array(word, { maxLength: 120 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 600 }),
);

describe('for any text, the gist', () => {
  it('is a part of the abstract but for its first letter and its last full stop, and no word is cut', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, abstract) => {
        const gist = gistOfAbstract(title, abstract);
        const text = abstract.replace(/\s+/g, ' ').trim();
        const places = [gist, gist.replace(/\.$/, '')].flatMap((part) => placesOf(part, text));
        expect(gist.length).toBeLessThanOrEqual(300);
        if (gist) expect(places.some(([start, end]) => isWhole(text, start, end))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['words', 'We propose a lantern, which learns, and we show that '],
    ['commas', ', we '],
    ['stock', 'However, in this paper, '],
    ['sentences', 'A. B! We. '],
    ['brackets', '((([[[$'],
    ['white space', ' \n'],
    ['missing blanks', 'storms.We'],
  ])('is found in bounded time in 100,000 characters of %s', (_, part) => {
    const startedAt = performance.now();
    gistOfAbstract(TITLE, part.repeat(Math.ceil(100_000 / part.length)));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

/** Where a part stands in a text; the first letter may be a small one there. */
function placesOf(part: string, text: string): [start: number, end: number][] {
  const places: [number, number][] = [];
  for (const form of part ? [part, part.charAt(0).toLowerCase() + part.slice(1)] : []) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) places.push([at, at + form.length]);
  }
  return places;
}

function isWhole(text: string, start: number, end: number): boolean {
  const isLetter = (at: number) => /[\p{L}\p{M}\p{N}]/u.test(text.charAt(at));
  const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text.charAt(end - 1));
  return (
    start >= 0 && (isUnspaced || !(isLetter(end - 1) && isLetter(end))) && !(isLetter(start - 1) && isLetter(start))
  );
}
