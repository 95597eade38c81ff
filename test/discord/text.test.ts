import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, cut, label } from '../../src/discord/text.ts';
import { hostile, long } from './hostile.ts';

describe('clean', () => {
  it('drops what reorders or hides text and keeps paragraphs', () => {
    expect(clean('a\u202Eb\u200Bc\u2066 \r\n d\n \n\ne')).toBe('abc d\n\ne');
  });

  it('keeps accents, other scripts and the colours of emoji, but no towers of accents', () => {
    expect(clean('Poincaré 深度学习 ❤️')).toBe('Poincaré 深度学习 ❤️');
    expect(clean(`o${'\u0300'.repeat(60)}`).length).toBeLessThanOrEqual(5);
  });

  it('leaves usual text as it is, but for blanks', () => {
    const usual = 'Poincaré’s “Mamba-2” – state spaces… · 3 × faster';
    expect(clean(`  ${usual} `)).toBe(usual);
    expect(label(` ${usual}`, 100)).toBe(usual);
    expect(clean('a\u00ADb\u00A0c  d')).toBe('ab c d');
  });

  it('leaves no character that shows nothing, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF](?<!\n)/u);
        expect(clean(text)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});

describe('cut', () => {
  it('cuts between words and says so', () => {
    expect(cut('Scaling laws for neural language models', 30)).toBe('Scaling laws for neural…');
  });

  it('cuts within a word rather than lose most of the text', () => {
    expect(cut(`a ${'b'.repeat(50)}`, 20)).toBe(`a ${'b'.repeat(17)}…`);
  });

  it('never cuts a family, an accent, an escape or a link in two', () => {
    expect(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 15)).toBe('👨‍👩‍👧‍👦…');
    expect(cut('e\u0301e\u0301', 3)).toBe('e\u0301…');
    expect(cut('ab\\*cd', 4)).toBe('ab…');
    expect(cut('ab\\_cd', 4)).toBe('ab…');
    expect(cut('a\\👨‍👩‍👧‍👦\\👨‍👩‍👧‍👦', 15)).toBe('a\\👨‍👩‍👧‍👦\\…');
    expect(cut('\\*\u0301\\*\u0301', 5)).toBe('\\*\u0301…');
    expect(cut('see [the *whole* paper](https://a.example) now', 30)).toBe('see…');
  });

  it('stays within the limit and begins like the text', () => {
    fc.assert(
      fc.property(long, fc.nat(300), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(text.startsWith(short.replace(/…$/, ''))).toBe(true);
      }),
    );
  });

  it('takes bounded time on text made of brackets', () => {
    const start = performance.now();
    cut('['.repeat(100_000), 4096);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

it('a label is one line within its limit', () => {
  fc.assert(
    fc.property(long, fc.nat(100), (text, max) => {
      expect(label(text, max)).not.toMatch(/[\n\r]/);
      expect(label(text, max).length).toBeLessThanOrEqual(max);
    }),
  );
});
