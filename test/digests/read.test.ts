import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { MAX_BYTES, MAX_PAGE_BYTES, readDigest, UnreadableDigestError } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const SPACED =
  'Get trending papers in your email inbox!\n\nSubscribe\n\nKites\n\nWe fly kites — high.\n\nSeals\n\nWe count seals.\n';

const utf8 = (text: string) => new TextEncoder().encode(text);

function refusal(document: Uint8Array | string): UnreadableDigestError {
  try {
    readDigest(document, { readOn });
  } catch (error) {
    if (error instanceof UnreadableDigestError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('the layout', () => {
  it.each([
    ['spaced', SPACED],
    ['compact', 'Get trending papers in your email inbox!\nSubscribeKites\nWe fly kites.\nSeals\nWe count seals.'],
    ['bylines', 'Kites\n\nWe fly kites.\n\n• 2 authors\n·\nMay 1, 2020\n'],
    ['json-lines', '{"title":"Kites","abstract":"We fly kites."}\n{"title":"Seals","abstract":""}'],
    ['json-lines', '\n\n  {"title":"Kites","abstract":"We fly kites."}'],
    ['json-lines', '{\n  "title": "Kites",\n  "abstract": "We fly kites."\n}\n'],
  ])('%s is recognised by content', (layout, text) => {
    expect(readDigest(text, { readOn }).layout).toBe(layout);
  });

  it('is known without a banner where titles and abstracts look like it', () => {
    const text = 'Kites\n\nWe fly kites. They rise.\n\nSeals\n\nWe count seals.';
    expect(readDigest(text, { readOn })).toMatchObject({ layout: 'spaced', date: null, rejected: [] });
  });

  it('is not JSON Lines because a title begins with a bracket', () => {
    const text = SPACED.replace('Kites', '{K}-means and [more]');
    expect(readDigest(text, { readOn }).entries[0]?.title).toBe('{K}-means and [more]');
  });
});

describe('the encoding', () => {
  it('may be UTF-8 with a byte order mark, or UTF-16 with one', () => {
    const clean = readDigest(SPACED, { readOn });
    const wide = Buffer.from(`\uFEFF${SPACED}`, 'utf16le');
    expect(readDigest(utf8(`\uFEFF${SPACED}`), { readOn })).toEqual(clean);
    expect(readDigest(wide, { readOn })).toEqual(clean);
    expect(readDigest(Buffer.from(wide).swap16(), { readOn })).toEqual(clean);
  });

  it('that is another one is named, with the line', () => {
    const error = refusal(Buffer.from(SPACED.replace('high', 'h\u00f6her').replace('—', '-'), 'latin1'));
    expect(error.line).toBe(7);
    expect(error.message).toBe(
      'The text is not valid UTF-8. Save it in UTF-8: it may be in an older encoding such as Windows-1252.',
    );
  });

  it('cut in the middle of a character ends the document there', () => {
    const bytes = utf8(SPACED);
    const cut = bytes.subarray(0, utf8(SPACED.slice(0, SPACED.indexOf('—'))).length + 1);
    expect(refusal(cut)).toMatchObject({
      line: 7,
      message: expect.stringContaining('ends in the middle of the abstract'),
    });
  });
});

describe('a document that is no digest', () => {
  it.each([
    ['an empty file', '', 1, 'The file is empty.'],
    ['blank lines', ' \n\t\r\n\u00a0', 1, 'The file is empty.'],
    ['a PDF', '%PDF-1.7\n…', 1, 'a PDF document'],
    ['a ZIP', 'PK\u0003\u0004', 1, 'a ZIP archive'],
    ['zeros', 'Kites\nWe\0fly', 2, 'a binary file'],
    ['HTML', '\n<!DOCTYPE html>\n<title>x</title>', 2, 'This is HTML'],
    ['XML of something else', '<?xml version="1.0"?><sitemap/>', 1, 'This is XML'],
    ['a JSON array', '[\n  {"title": "Kites"}\n]', 1, 'one JSON array'],
    ['a letter', 'Dear all,\n\nI write to you today.\n\nBest,\n\nBob', 1, 'This is no digest'],
    ['code', "import x from 'y';\n\nexport const z = x;\n", 1, 'This is no digest'],
    [
      'a banner alone',
      'new\n\nGet trending papers in your email inbox!\n\nSubscribe\n',
      1,
      'ends before its first paper',
    ],
    ['JSON of something else', '{"name":"x"}\n{"name":"y"}', 1, 'The field "title" is missing.'],
  ])('%s is refused', (_, text, line, reason) => {
    const error = refusal(utf8(text));
    expect(error).toBeInstanceOf(UserError);
    expect(error.line).toBe(line);
    expect(error.message).toContain(reason);
  });

  it('gzip is named', () => {
    expect(refusal(Uint8Array.of(0x1f, 0x8b, 8, 0)).message).toContain('compressed with gzip');
  });

  it('titles without their abstracts are refused', () => {
    const titles = Array.from({ length: 24 }, (_, index) => `Kites and Seals of the Northern Seas, Part ${index}`);
    expect(refusal(`Subscribe\n\n${titles.join('\n\n')}`)).toMatchObject({
      line: 3,
      message: expect.stringContaining('all look like titles'),
    });
  });
});

it('a list without papers is an empty digest', () => {
  const text =
    'new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nDec 7\n';
  expect(readDigest(text, { readOn })).toEqual({ layout: 'spaced', date: '2025-12-07', entries: [], rejected: [] });
});

describe('the limits', () => {
  it('a page above its limit is refused, and the limit named', () => {
    const page = `Get trending papers in your email inbox!\nKites\n${'We fly kites. '.repeat(MAX_PAGE_BYTES / 14)}`;
    expect(refusal(page)).toMatchObject({
      line: 1,
      message: expect.stringContaining('the limit for one page is 20.0 MB'),
    });
  });

  it('JSON Lines may be larger', () => {
    const line = JSON.stringify({ title: 'Kites', abstract: 'We fly kites. '.repeat(5000) });
    const count = Math.ceil(MAX_PAGE_BYTES / line.length) + 1;
    expect(readDigest(`${line}\n`.repeat(count), { readOn }).entries).toHaveLength(count);
  });

  it('any document above the largest is refused before it is looked at', () => {
    const bytes = new Uint8Array(0);
    Object.defineProperty(bytes, 'byteLength', { value: MAX_BYTES + 1 });
    expect(refusal(bytes).message).toContain('the limit for one document is 256.0 MB');
  });
});

it('a day that is none is a mistake of the caller', () => {
  expect(() => readDigest(SPACED, { readOn: 'today' })).toThrow(RangeError);
  expect(() => readDigest(SPACED, { readOn, date: '2025-02-30' })).toThrow(RangeError);
});
