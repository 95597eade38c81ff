import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../src/core/root.ts';
import { readDigest, UnreadableDigestError } from '../../src/digests/read.ts';

const readOn = '2026-06-03';
const LIST = readFileSync(projectPath('test/fixtures/digests/daily-papers.json'), 'utf8');

interface Element {
  [field: string]: unknown;
  paper: Record<string, unknown>;
}

/** The list after `change`. */
function changed(change: (elements: Element[]) => void): string {
  const elements = JSON.parse(LIST) as Element[];
  change(elements);
  return JSON.stringify(elements);
}

function read(text: string, date?: string) {
  return readDigest(text, { readOn, date });
}

describe('the list of the API', () => {
  it('gives each paper with all that the site knows of it', () => {
    const { entries, ...digest } = read(LIST);
    expect(digest).toEqual({ layout: 'hugging-face-api', date: '2026-06-01', rejected: [] });
    expect(entries).toHaveLength(2);
    expect(entries[0]).toEqual({
      position: 1,
      line: 2,
      title: 'Lanterns in the Fog: Sparse Maps for Slow Robots',
      abstract: 'A robot that walks slowly sees little. We give it a lantern.',
      authors: ['Ada Quill', 'Chidi Vane'],
      authorCount: 3,
      organization: { handle: 'foglab', name: 'Fog Lab' },
      publishedOn: '2026-05-29',
      comments: 6,
      upvotes: 101,
      keywords: ['sparse maps', 'robots'],
      arxivId: '2606.00683',
      externalId: null,
      url: null,
      codeUrl: 'https://github.com/fog-lab/lanterns',
      projectUrl: 'https://fog-lab.example/lanterns',
      summary: 'A lantern helps slow robots see.',
      withdrawnOn: null,
    });
    expect(entries[1]).toMatchObject({
      line: 28,
      upvotes: 0,
      comments: 0,
      summary: null,
      keywords: null,
      organization: null,
      codeUrl: 'https://github.com/reef/tides',
      withdrawnOn: '2026-06-02',
    });
  });

  it('is read alike in one line, in its wrapper, as one element and as one paper', () => {
    const elements = JSON.parse(LIST) as Element[];
    const titles = (text: string) => read(text).entries.map(({ title }) => title);
    const both = titles(LIST);
    expect(titles(JSON.stringify(elements))).toEqual(both);
    expect(titles(JSON.stringify({ dailyPapers: elements }))).toEqual(both);
    expect(titles(elements.map((each) => JSON.stringify(each)).join('\n'))).toEqual(both);
    expect(titles(JSON.stringify(elements[1]))).toEqual(['Tides of Attention']);
    const alone = read(JSON.stringify(elements[1]?.paper));
    expect(alone).toMatchObject({
      layout: 'hugging-face-api',
      rejected: [],
      entries: [{ comments: null, upvotes: 0 }],
    });
  });

  it('without papers, as on weekends, is an empty digest of the given day', () => {
    expect(read('[]', '2026-05-30')).toEqual({
      layout: 'hugging-face-api',
      date: '2026-05-30',
      entries: [],
      rejected: [],
    });
  });

  it('has addresses that people typed, also without their beginning', () => {
    const text = changed((elements) => {
      for (const { paper } of elements)
        Object.assign(paper, { projectPage: 'fog.example/x', githubRepo: 'github.com/a/b' });
    });
    expect(read(text)).toMatchObject({
      entries: [{ projectUrl: 'https://fog.example/x', codeUrl: 'https://github.com/a/b' }, {}],
      rejected: [],
    });
  });

  it('has the day that most papers joined it, else the given one', () => {
    const mixed = changed(([first]) => first && (first.paper['submittedOnDailyAt'] = '2026-05-31T00:00:00Z'));
    expect(read(mixed).date).toBeNull();
    expect(read(mixed, '2026-06-02').date).toBe('2026-06-02');
    expect(read(LIST, '2026-06-02').date).toBe('2026-06-01');
  });
});

describe('a list that changed', () => {
  it.each([
    ['upvotes', '12', 'must be a whole number from 0'],
    ['upvotes', -1, 'must be a whole number from 0'],
    ['upvotes', 1e300, 'must be a whole number from 0'],
    ['upvotes', undefined, 'is missing'],
    ['summary', null, 'must be text'],
    ['authors', 'Ada', 'must be a list'],
    ['publishedAt', 'May 29', 'must be a date'],
    ['publishedAt', 20_260_529, 'must be a date'],
    ['withdrawnAt', true, 'must be a date'],
    ['projectPage', 'javascript:alert(1)', 'must be an address that begins with http:// or https://'],
    ['githubRepo', ['a/b'], 'must be an address'],
    ['ai_keywords', 'a, b', 'must be a list of texts'],
    ['organization', 'foglab', 'must be an object with "name" and "fullname"'],
  ])('in the field %s (%j) is told by name, and all else is read', (field, value, message) => {
    const text = changed((elements) => {
      for (const { paper } of elements) paper[field] = value;
    });
    const { entries, rejected } = read(text);
    expect(entries.map(({ arxivId }) => arxivId)).toEqual(['2606.00683', '2605.11111']);
    expect(rejected).toEqual([
      {
        line: 1,
        reason: `In 2 of 2 papers, “Lanterns in the Fog: Sparse Maps for Slow Robots” first, the field "paper.${field}" ${message}. The rest of the paper is read.`,
      },
    ]);
  });

  it('inside a list of authors names the place', () => {
    const text = changed(([first]) => first && (first.paper['authors'] = [{ name: 'Ada' }, { fullName: 'Bo' }]));
    expect(read(text).rejected[0]?.reason).toContain('"paper.authors[].name" must be text');
  });

  it.each([
    ['id', 'lanterns', 'the field "paper.id" must be an arXiv id.'],
    ['id', undefined, 'the field "paper.id" is missing.'],
    ['title', ' ', 'the field "paper.title" is empty.'],
  ])('in the field %s (%j) costs that paper alone', (field, value, reason) => {
    const { entries, rejected } = read(changed(([first]) => first && (first.paper[field] = value)));
    expect(entries.map(({ title, position }) => [title, position])).toEqual([['Tides of Attention', 1]]);
    expect(rejected).toEqual([{ line: 1, reason: `Paper 1 of the list: ${reason}` }]);
  });

  it('with two titles on one paper keeps neither', () => {
    const { entries, rejected } = read(changed(([first]) => first && (first['title'] = 'Another Paper')));
    expect(entries).toHaveLength(1);
    expect(rejected[0]?.reason).toContain('two titles');
  });

  it('beyond recognition is refused with the field', () => {
    const text = changed((elements) => {
      for (const { paper } of elements) delete paper['title'];
    });
    expect(() => read(text)).toThrow(/No paper of this list can be read.*"paper.title" is missing/);
  });
});

describe('a list that is cut or damaged', () => {
  it('gives the papers that are whole', () => {
    const { entries, rejected } = read(LIST.slice(0, LIST.indexOf('"discussionId": "d2"')));
    expect(entries.map(({ arxivId }) => arxivId)).toEqual(['2606.00683']);
    expect(rejected).toEqual([{ line: 28, reason: expect.stringContaining('Paper 2 of the list is cut or damaged') }]);
  });

  it('loses only the paper with the damage', () => {
    const { entries, rejected } = read(LIST.replace('"upvotes": 101', '"upvotes": 10"1'));
    expect(entries.map(({ arxivId }) => arxivId)).toEqual(['2605.11111']);
    expect(rejected).toHaveLength(1);
  });

  it('before its first paper ends is refused', () => {
    expect(() => read(LIST.slice(0, 300))).toThrow(UnreadableDigestError);
  });
});

it('other JSON is refused as before', () => {
  expect(() => read('[{"title":"Kites"}]')).toThrow(/one JSON array/);
});
