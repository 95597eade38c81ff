import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/core/paper.ts';
import { codeUrl, paperLinks, safeUrl, titleUrl } from '../../src/discord/links.ts';
import { facts } from '../search/archive.ts';
import { hostile } from './hostile.ts';

const paper = (known: Partial<Paper>): Paper => ({ ...facts({ title: 'A Paper' }), id: 1, appearances: [], ...known });

describe('safeUrl', () => {
  it.each([
    'javascript:alert(1)',
    'https://user:pw@evil.example',
    'ftp://a.example',
    'nonsense',
    `https://a.example/${'x'.repeat(600)}`,
  ])('refuses %s', (address) => {
    expect(safeUrl(address)).toBeNull();
  });

  it('encodes what would end a Markdown link or mention somebody', () => {
    expect(safeUrl('https://a.example/x_(y)?q=[z]&u=@everyone')).toBe(
      'https://a.example/x_%28y%29?q=%5Bz%5D&u=%40everyone',
    );
  });

  it('gives addresses that stay one word', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const url = safeUrl(`https://a.example/${text}`);
        if (url) expect(url).toMatch(/^https:\/\/a\.example\/[^\s()<>[\]\\|`*"'@]*$/);
      }),
    );
  });
});

describe('the links of a paper', () => {
  it('lead to arXiv, Hugging Face and the code when the id is known', () => {
    const links = paperLinks(
      paper({ arxivId: '2203.01250', comments: 3, abstract: 'Code: github.com/lab/model.git.' }),
    );
    expect(links).toEqual([
      { label: 'arXiv', url: 'https://arxiv.org/abs/2203.01250' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/2203.01250' },
      { label: 'Hugging Face', url: 'https://huggingface.co/papers/2203.01250' },
      { label: 'Discussion (3)', url: 'https://huggingface.co/papers/2203.01250#community' },
      { label: 'Code', url: 'https://github.com/lab/model' },
    ]);
  });

  it('search for the title when no digest gave an id', () => {
    const unknown = paper({ title: 'Self-Play: What & Why?', url: 'https://a.example/p' });
    expect(paperLinks(unknown)).toEqual([
      { label: 'Paper', url: 'https://a.example/p' },
      { label: 'Find on arXiv', url: 'https://arxiv.org/search/?searchtype=title&query=Self+Play+What+Why' },
      { label: 'Find on Hugging Face', url: 'https://huggingface.co/papers?q=Self+Play+What+Why' },
    ]);
  });

  it('are never longer than a line of a list allows', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, url) => {
        expect(titleUrl(paper({ title, url: `https://a.example/${url}` })).length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe('codeUrl', () => {
  it.each([
    ['see https://github.com/a/b/tree/main for code', 'https://github.com/a/b'],
    ['\\url{https://gitlab.com/a-b/c.d}.', 'https://gitlab.com/a-b/c.d'],
    ['at www.github.com/a/b.', 'https://github.com/a/b'],
    ['at https://a.github.io/project', null],
    ['notgithub.com/a/b', null],
    ['no code', null],
  ])('%s', (abstract, expected) => {
    expect(codeUrl(abstract)).toBe(expected);
  });
});
