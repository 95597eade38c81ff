import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlighted, plain, prose } from '../../src/discord/markdown.ts';
import { clean, cleanInline } from '../../src/discord/text.ts';
import { parseMarkdown } from '../../src/preview/page/markdown/blocks.ts';
import type { Block, Inline } from '../../src/preview/page/markdown/tree.ts';
import { hostile } from './hostile.ts';

const MENTION = /(?<!\\)<(?:@[!&]?|#|\/|a?:|t:|id:)|@(?:everyone|here)/i;

/** The inline parts that Discord would read from a text; fails on anything but paragraphs. */
function inline(text: string): Inline[] {
  return parseMarkdown(text).flatMap((block: Block) => {
    expect(block.type).toBe('paragraph');
    return block.type === 'paragraph' ? block.content : [];
  });
}

const shown = (nodes: Inline[]): string =>
  nodes.map((node) => ('text' in node ? node.text : 'content' in node ? shown(node.content) : '')).join('');

const withoutApart = (text: string) => text.replaceAll('\u200B', '');
const flat = (text: string) => withoutApart(text).replace(/\s+/g, '');

describe('plain', () => {
  it.each([
    ['**bold** and `code`', '\\*\\*bold\\*\\* and \\`code\\`'],
    ['# Heading', '\\# Heading'],
    ['1. First', '1\\. First'],
    ['GPT-4 beats 3.5 - by far', 'GPT-4 beats 3.5 - by far'],
    ['see https://evil.example', 'see https\\://evil.example'],
    ['<@123> [x](y)', '\\<@123\\> \\[x\\](y)'],
  ])('%s', (text, expected) => {
    expect(plain(text, 100)).toBe(expected);
  });

  it('is read by Discord as nothing but the text itself', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = inline(plain(text, Infinity));
        expect(nodes.every(({ type }) => type === 'text')).toBe(true);
        expect(flat(shown(nodes))).toBe(flat(clean(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('has no mention and no address, also where it is cut', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const cut = plain(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(MENTION);
        expect(cut).not.toMatch(/https?:\/\//);
        expect(inline(cut).every(({ type }) => type === 'text')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('prose', () => {
  it('lets addresses be pressed, shown as they are', () => {
    expect(prose('Code: https://github.com/a/b_c. More', 200)).toBe('Code: <https://github.com/a/b_c>. More');
  });

  it('shows an address with a password as text', () => {
    expect(prose('http://user:pass@evil.example', 200)).toBe('http\\://user:pass@evil.example');
  });

  it('has only text and bare links', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 400 }), (text, max) => {
        const cut = prose(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(MENTION);
        for (const node of inline(cut)) {
          expect(['text', 'link']).toContain(node.type);
          if (node.type === 'link') expect(shown([node])).toBe(node.url);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('highlighted', () => {
  it('makes matching words bold, blanks outside', () => {
    const spans = [
      { text: 'We train ', marked: false },
      { text: 'diffusion ', marked: true },
      { text: 'models', marked: true },
      { text: ' on *images*', marked: false },
    ];
    expect(highlighted(spans, 100)).toBe('We train **diffusion models** on \\*images\\*');
  });

  it('has only text and bold text within the limit', () => {
    const spans = fc.array(fc.record({ text: hostile, marked: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 400 }), (parts, max) => {
        const line = highlighted(parts, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(MENTION);
        expect(inline(line).every(({ type }) => type === 'text' || type === 'bold')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('shows every word when there is room', () => {
    const spans = fc.array(fc.record({ text: hostile, marked: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(spans, (parts) => {
        const whole = parts.map(({ text }) => cleanInline(text)).join('');
        expect(flat(shown(inline(highlighted(parts, Infinity))))).toBe(flat(whole));
      }),
    );
  });
});
