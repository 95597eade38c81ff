import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokens } from '../../../src/search/text/tokens.ts';

const words = (text: string) => tokens(text).flatMap(({ word, whole }) => (whole ? [] : [word]));
const wholes = (text: string) => tokens(text).flatMap(({ word, whole }) => (whole ? [word] : []));

describe('tokens', () => {
  it.each([
    ['Poincaré map', "Poincar\\'e map"],
    ['Gödel and Erdős', 'G\\"{o}del and Erd\\H{o}s'],
    ['naïve Søren', 'naive Soren'],
    ['ell 0', '$\\ell_0$'],
    ['very fast', '\\emph{very} fast'],
    ['k-means', '$k$-means'],
    ['β-VAE', '$\\beta$-VAE'],
    ['1920 times 1080', '1920times1080'],
    ['fine', 'ﬁne'],
    ['model', "model's"],
    ['soft', 'so\u00ADft'],
  ])('reads %j and %j as the same words', (one, other) => {
    expect(words(one)).toEqual(words(other));
  });

  it('finds the parts of a compound and the compound in one piece', () => {
    expect(words('Graph-PReFLexOR')).toEqual(['graph', 'preflexor']);
    expect(wholes('Graph-PReFLexOR')).toEqual(['graphpreflexor']);
    expect(words('FlashAttention-2')).toEqual(['flash', 'attention', '2']);
    expect(wholes('FlashAttention-2')).toEqual(['flashattention', 'flashattention2']);
  });

  it('keeps names with mixed capitals together where the parts say nothing', () => {
    expect(words('LLaMA LLMs PyTorch OpenAI')).toEqual(['llama', 'llms', 'pytorch', 'openai']);
  });

  it('keeps versions, dotted acronyms and languages in one word', () => {
    expect(words('Qwen2.5 in the U.S. in C++.')).toEqual(['qwen2.5', 'in', 'the', 'us', 'in', 'c++']);
  });

  it('takes each character of Chinese and Japanese as a word', () => {
    expect(words('数据 set')).toEqual(['数', '据', 'set']);
  });

  it('gives offsets that show each word in the text as given', () => {
    const text = "The Poincar\\'e-style map";
    expect(tokens(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'The',
      "Poincar\\'e",
      'style',
      "Poincar\\'e-style",
      'map',
    ]);
  });

  it('reads any text at all, with offsets in order and inside it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({
            unit: fc.constantFrom(
              'a',
              'B',
              'é',
              '\\',
              "'",
              '{',
              '}',
              '$',
              '-',
              '_',
              '^',
              '.',
              ' ',
              '1',
              '数',
              '\u00AD',
            ),
          }),
        ),
        (text) => {
          let at = 0;
          for (const { word, start, end, whole } of tokens(text)) {
            expect(word).not.toBe('');
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            if (!whole) {
              expect(start).toBeGreaterThanOrEqual(at);
              at = end;
            }
          }
        },
      ),
    );
  });
});
