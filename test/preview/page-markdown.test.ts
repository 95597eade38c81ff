import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/preview/page/markdown/blocks.ts';
import { parseInline } from '../../src/preview/page/markdown/inline.ts';
import { plainText, type Inline } from '../../src/preview/page/markdown/tree.ts';

const text = (value: string): Inline => ({ type: 'text', text: value });

/** The addresses that a text links to. */
function addresses(source: string): string[] {
  return parseInline(source).flatMap((node) => (node.type === 'link' ? [node.url] : []));
}

describe('Markdown within a line', () => {
  it.each([
    ['**a**', { type: 'bold', content: [text('a')] }],
    ['*a*', { type: 'italic', content: [text('a')] }],
    ['_a_', { type: 'italic', content: [text('a')] }],
    ['__a__', { type: 'underline', content: [text('a')] }],
    ['~~a~~', { type: 'strike', content: [text('a')] }],
    ['||a||', { type: 'spoiler', content: [text('a')] }],
    ['`a*b*`', { type: 'code', text: 'a*b*' }],
    ['``a`b``', { type: 'code', text: 'a`b' }],
    ['***a***', { type: 'bold', content: [{ type: 'italic', content: [text('a')] }] }],
    ['<t:17:R>', { type: 'time', seconds: 17, style: 'R' }],
    ['<t:-17>', { type: 'time', seconds: -17, style: 'f' }],
    ['<#12>', { type: 'channel', id: '12' }],
    ['<@12>', { type: 'user', id: '12' }],
    ['<@!12>', { type: 'user', id: '12' }],
    ['<@&12>', { type: 'role', id: '12' }],
    ['</topics add:12>', { type: 'command', path: 'topics add', id: '12' }],
    ['@everyone', { type: 'everyone', text: '@everyone' }],
    ['<:paper:12>', text(':paper:')],
  ] as [string, Inline][])('reads %s', (source, expected) => {
    expect(parseInline(source)).toEqual([expected]);
  });

  it('takes a mark after a backslash as text', () => {
    expect(parseInline('\\*a\\* \\<@12> \\[b](https://c.d)')[0]).toEqual(text('*a* <@12> [b]('));
  });

  it.each(['2 * 3 * 4', 'snake_case_word', '** a', 'a_b', '<@x>', '[a](javascript:alert(1))', '[a](data:text/html,x)'])(
    'leaves %s as it is',
    (source) => {
      expect(parseInline(source)).toEqual([text(source)]);
    },
  );

  it('ends a bare address before the punctuation that follows it', () => {
    expect(addresses('(see https://a.b/c).')).toEqual(['https://a.b/c']);
    expect(addresses('https://a.b/(c)')).toEqual(['https://a.b/(c)']);
    expect(addresses('**https://a.b/c_d_e**')).toEqual([]);
    expect(parseInline('**https://a.b/c_d_e**')[0]).toMatchObject({ content: [{ url: 'https://a.b/c_d_e' }] });
  });

  it('reads a masked link with a title, and puts no link into a link', () => {
    expect(parseInline('[**a** https://x.y](https://a.b/(c) "over it")')).toEqual([
      {
        type: 'link',
        url: 'https://a.b/(c)',
        title: 'over it',
        content: [{ type: 'bold', content: [text('a')] }, text(' '), text('https://x.y')],
      },
    ]);
  });
});

describe('Markdown by line', () => {
  it('reads headings, small print and quotes at the beginning of lines alone', () => {
    expect(parseMarkdown('# A\n-# b\n> c\n> d\n>e #f').map(({ type }) => type)).toEqual([
      'heading',
      'subtext',
      'quote',
      'paragraph',
    ]);
  });

  it('quotes everything after three brackets', () => {
    expect(parseMarkdown('>>> a\n# b\nc')).toMatchObject([
      { type: 'quote', content: [{ type: 'paragraph' }, { type: 'heading' }, { type: 'paragraph' }] },
    ]);
  });

  it('nests lists by indentation, and keeps the number that a list begins with', () => {
    expect(parseMarkdown('- a\n  - b\n- c\n3. d')).toMatchObject([
      { type: 'list', start: null, items: [{ nested: [{ items: [{ content: [text('b')] }] }] }, { nested: [] }] },
      { type: 'list', start: 3 },
    ]);
  });

  it('reads code fences wherever they begin, and nothing inside them', () => {
    expect(parseMarkdown('x ```js\n**a**\n# b\n``` y')).toEqual([
      { type: 'paragraph', content: [text('x ')] },
      { type: 'code', language: 'js', text: '**a**\n# b' },
      { type: 'paragraph', content: [text(' y')] },
    ]);
  });

  it('keeps empty lines', () => {
    expect(parseMarkdown('a\n\nb\r\nc')).toEqual([{ type: 'paragraph', content: [text('a\n\nb\nc')] }]);
  });

  it('gives the words alone', () => {
    expect(plainText(parseMarkdown('# A\n- **b** `c`\n> ||d|| </e:1>'))).toBe('A b c spoiler /e');
  });
});

describe('hostile text', () => {
  const marks = fc.constantFrom(
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '[',
    '](',
    ')',
    '<',
    '>',
    '> ',
    '- ',
    '# ',
    '\\',
    '\n',
    'a',
    ' ',
    'https://a.b',
    '<t:1:R>',
    '<@1>',
  );

  it('is read whatever it is, without losing a word', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string()), { maxLength: 60 }), (parts) => {
        const source = `${parts.join('')} lastword`;
        expect(JSON.stringify(parseMarkdown(source))).toContain('lastword');
      }),
    );
  });

  it('has links to web addresses only', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom('javascript:', 'data:', 'vbscript:', ''), (url, scheme) => {
        const json = JSON.stringify(parseMarkdown(`[x](${scheme}${url}) <${scheme}${url}>`));
        for (const [, address] of json.matchAll(/"url":"([^"]*)/g)) expect(address).toMatch(/^https?:/);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['*', '**', '_', '__a', '`', '```', '[', '[a](', '[a](http://b ', '||', '<', '\\', '- a\n', '> ', '*a **'])(
    'of thousands of %j takes no time',
    (mark) => {
      const started = performance.now();
      parseMarkdown(mark.repeat(6000 / mark.length));
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );
});
