import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';

const readOn = '2026-06-03';
const KITES = 'https://huggingface.co/papers/2606.00683';
const SEALS = 'https://huggingface.co/papers/2502.00002';

const PAGE = `# Daily Papers

by [AK](https://huggingface.co/akhaliq) and the research community

Jun 1

[101](https://huggingface.co/login?next=%2Fpapers%2F2606.00683)

[![](https://cdn.example/thumb.png)](${KITES})

### [Kites \\[part 2\\]: \\*Strings\\* of Poincar\\'e](${KITES})

[We fly kites\\_on\\_strings, see [1].\\\\
They rise.\\\\
And fall.](${KITES})

[![](https://cdn.example/fog.png) foglab Fog Lab](https://huggingface.co/foglab)

·

May 29[6](${KITES}#community)

[-]

### [Seals](${SEALS})

[Seals swim.](${SEALS})

- 3 authors

· Feb 27, 2025
`;

function read(text: string) {
  return readDigest(text, { readOn });
}

describe('the page as Markdown', () => {
  it('gives each paper with its votes and byline', () => {
    const { entries, ...digest } = read(PAGE);
    expect(digest).toEqual({ layout: 'markdown', date: '2026-06-01', rejected: [] });
    expect(entries).toMatchObject([
      {
        line: 11,
        title: "Kites [part 2]: *Strings* of Poincar\\'e",
        abstract: 'We fly kites_on_strings, see [1]. They rise. And fall.',
        arxivId: '2606.00683',
        upvotes: 101,
        organization: { handle: 'foglab', name: 'Fog Lab' },
        authorCount: null,
        publishedOn: '2026-05-29',
        comments: 6,
      },
      {
        title: 'Seals',
        abstract: 'Seals swim.',
        arxivId: '2502.00002',
        upvotes: null,
        organization: null,
        authorCount: 3,
        publishedOn: '2025-02-27',
        comments: 0,
      },
    ]);
  });

  it('pairs a title only with the abstract that links to the same paper', () => {
    const without = PAGE.replace(/\[We fly[^]*?fall\.\]\(\S+\)\n/, '');
    expect(read(without)).toMatchObject({
      entries: [
        { title: /Kites/, abstract: null },
        { title: 'Seals', abstract: 'Seals swim.' },
      ].map((entry) => ({ ...entry, title: expect.stringMatching(entry.title) })),
      rejected: [{ line: 11, reason: expect.stringContaining('has no abstract below it') }],
    });
    const unheaded = PAGE.replace(`### [Seals](${SEALS})`, 'Seals').replace(/\[We fly[^]*?fall\.\]\(\S+\)\n/, '');
    expect(read(unheaded).entries).toMatchObject([{ abstract: null }]);
  });

  it('leaves votes and comments unknown where the page does not show them', () => {
    const bare = `### [Kites](${KITES})\n\n[We fly.](${KITES})\n`;
    expect(read(bare).entries).toMatchObject([{ upvotes: null, comments: null, publishedOn: null }]);
  });

  it('is refused when no title links to a paper', () => {
    expect(() => read('## [Kites](https://huggingface.co/papers/kites)\n')).toThrow(/No paper of this Markdown copy/);
  });
});
