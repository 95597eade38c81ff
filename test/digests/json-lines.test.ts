import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownFacts } from '../../src/core/paper.ts';
import { readDigest } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const read = (...lines: unknown[]) =>
  readDigest(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), { readOn });
const kites = { title: 'Kites', abstract: 'We fly kites.' };

describe('a line', () => {
  it('gives what it tells, and nothing for the rest', () => {
    expect(read(kites).entries).toEqual([{ ...unknownFacts, ...kites, position: 1, line: 1 }]);
  });

  it('may tell everything, and more than we know', () => {
    const line = {
      ...kites,
      id: 'K-1',
      date: '2024-02-29T12:30:00.000Z',
      authors: ['Ada', 'Bo'],
      url: 'https://arxiv.org/abs/2402.01234v2',
      keywords: ['wind'],
      venue: 'somewhere',
    };
    expect(read(line).entries).toMatchObject([
      {
        externalId: 'K-1',
        publishedOn: '2024-02-29',
        authors: ['Ada', 'Bo'],
        authorCount: 2,
        url: 'https://arxiv.org/abs/2402.01234v2',
        keywords: ['wind'],
        arxivId: '2402.01234',
      },
    ]);
  });

  it('has unknown fields where it has null, blank texts or empty lists', () => {
    const line = { title: ' Kites ', abstract: '', id: '', date: '', authors: [], url: null, keywords: [' '] };
    expect(read(line).entries).toMatchObject([
      {
        title: 'Kites',
        abstract: null,
        externalId: null,
        publishedOn: null,
        authors: null,
        authorCount: null,
        url: null,
        keywords: null,
      },
    ]);
    expect(read({ title: 'Kites', abstract: null }).entries).toMatchObject([{ abstract: null }]);
  });

  it('may have a number as id, which is never taken for an arXiv id', () => {
    expect(read({ ...kites, id: 2402.0123 }).entries).toMatchObject([{ externalId: '2402.0123', arxivId: null }]);
    expect(read({ ...kites, id: '2402.01230' }).entries).toMatchObject([
      { externalId: '2402.01230', arxivId: '2402.01230' },
    ]);
  });

  it('keeps texts as they are', () => {
    const text = 'a  b\n\u200b**c** ‮d \te';
    expect(read({ title: `x${text}y`, abstract: `x${text}y` }).entries[0]).toMatchObject({
      title: `x${text}y`,
      abstract: `x${text}y`,
    });
  });
});

describe('a bad line', () => {
  it.each([
    [{ abstract: 'x' }, 'The field "title" is missing.'],
    [{ title: '  ', abstract: 'x' }, 'The field "title" is empty.'],
    [{ title: 7, abstract: 'x' }, 'The field "title" must be text.'],
    [{ title: 'x' }, 'The field "abstract" is missing.'],
    [{ title: 'x', abstract: ['y'] }, 'The field "abstract" must be text.'],
    [{ ...kites, authors: 'Ada' }, 'The field "authors" must be a list of texts.'],
    [{ ...kites, authors: ['Ada', 7] }, 'The field "authors" must be a list of texts.'],
    [{ ...kites, keywords: {} }, 'The field "keywords" must be a list of texts.'],
    [{ ...kites, date: '2023-02-29' }, 'The field "date" must be a day such as "2024-05-31".'],
    [{ ...kites, date: '31.5.2024' }, 'The field "date" must be a day such as "2024-05-31".'],
    [{ ...kites, date: 2024 }, 'The field "date" must be a day such as "2024-05-31".'],
    [
      { ...kites, url: 'javascript:alert(1)' },
      'The field "url" must be an address that begins with http:// or https://.',
    ],
    [{ ...kites, id: {} }, 'The field "id" must be text or a number.'],
    [[kites], 'The line is not a JSON object.'],
    ['"text"', 'The line is not a JSON object.'],
  ])('%j is rejected with the field', (line, reason) => {
    const { entries, rejected } = read(kites, line, '', kites);
    expect(entries.map(({ line: number }) => number)).toEqual([1, 4]);
    expect(rejected).toEqual([{ line: 2, reason }]);
  });

  it('names every field that is wrong', () => {
    expect(read(kites, { url: 'x' }).rejected[0]?.reason).toMatch(
      /"title" is missing.*"abstract" is missing.*"url" must be/,
    );
  });

  it('that is no JSON is rejected, as the last line of half a file is', () => {
    expect(read(kites, '{"title": "Sea').rejected).toMatchObject([
      { line: 2, reason: expect.stringContaining('The line is not valid JSON') },
    ]);
  });
});

it('the date is the given one', () => {
  expect(read(kites).date).toBeNull();
  expect(readDigest(JSON.stringify(kites), { readOn, date: '2024-01-01' }).date).toBe('2024-01-01');
});

it('line ends, a byte order mark and blank lines do not matter', () => {
  const line = JSON.stringify(kites);
  const { entries } = readDigest(`\uFEFF${line}\r\n\r\n  ${line}\u00a0\r\n`, { readOn });
  expect(entries.map(({ line: number }) => number)).toEqual([1, 3]);
});

it('what is written comes back', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() === value && value !== '');
  fc.assert(
    fc.property(fc.array(fc.record({ title: text, abstract: text }), { minLength: 1 }), (papers) => {
      const lines = papers.map((paper) => JSON.stringify(paper));
      fc.pre(!lines.some((line) => /[\u00a0\u2007\u202f]/.test(line)));
      expect(read(...lines).entries.map(({ title, abstract }) => ({ title, abstract }))).toEqual(papers);
    }),
  );
});

const CORPUS = resolve(import.meta.dirname, '../../../shared/ir/scifact-train/corpus.jsonl');

it.skipIf(!existsSync(CORPUS))('a corpus is read whole (skipped: ../shared/ir is not here)', () => {
  const { entries, rejected } = readDigest(readFileSync(CORPUS), { readOn });
  expect(entries).toHaveLength(5183);
  expect(rejected).toEqual([]);
});
