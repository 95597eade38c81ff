import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';

const readOn = '2026-06-03';
const DASHES = '-'.repeat(78);

const MAIL = `${DASHES}
 received from  Thu 28 May 26 18:00:00 GMT  to  Fri 29 May 26 18:00:00 GMT
${DASHES}
${DASHES}
\\\\
arXiv:2605.00001
Date: Fri, 29 May 2026 09:00:00 GMT   (310kb,D)

Title: Kites that fly for longer than
  anybody had thought: $x<y$
Authors: Ada Quill (1), Bo Marsh (1 and 2) and
  Dina Reef ((1) Fog Lab, (2) Reef Lab)
Categories: cs.CL cs.AI
Comments: 12 pages,
  4 figures
\\\\
  We fly kites.
They rise -- and fall.
\\\\ ( https://arxiv.org/abs/2605.00001 ,  310kb)
${DASHES}
\\\\
arXiv:hep-th/9901001 (*cross-listing*)
Date: Mon, 4 Jan 1999 09:00:00 GMT   (31kb)

Title: Seals
Authors: Fen Wu, et al. (12 additional authors not shown)
Categories: hep-th
\\\\
  Seals swim.
\\\\ ( https://arxiv.org/abs/hep-th/9901001 ,  31kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
${DASHES}
\\\\
arXiv:2403.00003
replaced with revised version Fri, 29 May 2026 10:00:00 GMT   (88kb)

Title: Whales
Authors: Gil Orr
Categories: cs.CV
\\\\ ( https://arxiv.org/abs/2403.00003 ,  88kb)
${DASHES}
`;

function read(text: string) {
  return readDigest(text, { readOn });
}

describe("arXiv's mail", () => {
  it('gives what is new, cross-listed and replaced', () => {
    const { entries, ...digest } = read(MAIL);
    expect(digest).toEqual({ layout: 'arxiv-mail', date: null, rejected: [] });
    expect(entries).toMatchObject([
      {
        line: 9,
        title: 'Kites that fly for longer than anybody had thought: $x<y$',
        abstract: 'We fly kites. They rise -- and fall.',
        authors: ['Ada Quill', 'Bo Marsh', 'Dina Reef'],
        publishedOn: '2026-05-29',
        keywords: ['cs.CL', 'cs.AI'],
        arxivId: '2605.00001',
        url: 'https://arxiv.org/abs/2605.00001',
        announced: 'new',
      },
      { title: 'Seals', arxivId: 'hep-th/9901001', announced: 'cross', authors: ['Fen Wu'], authorCount: 13 },
      { title: 'Whales', abstract: null, arxivId: '2403.00003', announced: 'replacement', publishedOn: null },
    ]);
  });

  it.each([
    ['the first title', 'Title: Kites', 'Kites', 'it needs one title.'],
    ['the address of the first', 'https://arxiv.org/abs/2605.00001 ', 'the paper ', 'no address at its end names it.'],
    [
      'all between two papers',
      MAIL.slice(MAIL.indexOf('\\\\\n  We fly'), MAIL.indexOf('\\\\\n  Seals')),
      '',
      'no address at its end names it.',
    ],
    ['the first abstract', '  We fly kites.\nThey rise -- and fall.\n', '', 'it has no abstract.'],
  ])('that lost %s keeps the others, and pairs nothing', (_, lost, put, reason) => {
    const { entries, rejected } = read(MAIL.replace(lost, put));
    expect(entries.map(({ title }) => title)).not.toContain('Kites');
    expect(entries.length).toBeGreaterThan(0);
    for (const { title, abstract } of entries) expect(abstract).toBe(title === 'Seals' ? 'Seals swim.' : null);
    expect(rejected).toEqual([
      { line: expect.any(Number), reason: `The paper arXiv:2605.00001 is left out: ${reason}` },
    ]);
  });

  it('that is cut off names the paper that is not whole', () => {
    const { entries, rejected } = read(MAIL.slice(0, MAIL.indexOf('Seals swim')));
    expect(entries).toHaveLength(1);
    expect(rejected[0]?.reason).toContain('hep-th/9901001');
  });
});
