import { describe, expect, it } from 'vitest';
import { readDigest, UnreadableDigestError } from '../../src/digests/read.ts';
import { escapeMarkup, RENDER } from './documents.ts';

const readOn = '2026-06-03';
const PAPER = {
  arxivId: '2605.20001',
  title: 'Kites "& Strings"',
  abstract: "We fly <kites>; it's &amp; fun.",
  authors: ['Ada Quill'],
  upvotes: 3,
  comments: 1,
};
const PAGE = RENDER['hugging-face-html']([PAPER]);

function read(text: string) {
  return readDigest(text, { readOn });
}

describe('a saved page', () => {
  it('gives the papers of its list, with the line of the list', () => {
    expect(read(PAGE)).toMatchObject({
      layout: 'hugging-face-html',
      date: '2026-06-01',
      entries: [{ line: 3, title: PAPER.title, abstract: PAPER.abstract, upvotes: 3, comments: 1 }],
      rejected: [],
    });
  });

  it('is read with other quotes, more attributes and scripts around the list', () => {
    const props = JSON.stringify({ other: 1, dailyPapers: [] }).replaceAll("'", '&#39;');
    const text = `<!-- saved --><html><script>var x = '<div data-target="DailyPapers" data-props="no">';</script>
<div data-hydrate='1' data-props='${props}' data-target='DailyPapers'></div>`;
    expect(read(text)).toMatchObject({ layout: 'hugging-face-html', entries: [], rejected: [] });
  });

  it.each([
    ['cut in its list', PAGE.slice(0, PAGE.indexOf('numComments')), /its list is missing or cut/],
    [
      'whose list is no JSON',
      PAGE.replace(escapeMarkup('{"dailyPapers"'), '{dailyPapers'),
      /The list in this page is damaged/,
    ],
    ['of something else', '<!doctype html><p>Kites</p>', /This is HTML, not text/],
    ['nested without end', `<html data-target="DailyPapers">${'<div>'.repeat(50_000)}`, /nested more than 250 deep/],
  ])('%s is refused', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
    expect(() => read(text)).toThrow(UnreadableDigestError);
  });
});
