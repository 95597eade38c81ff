import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arxivIdIn, titleKey } from '../../src/core/identity.ts';

describe('titleKey', () => {
  it.each([
    ['Attention Is All You Need', 'attention is all you need'],
    ['  Self-Attention:  a  (Re)view! ', 'self attention a re view'],
    ['Poincaré Embeddings', 'poincare embeddings'],
    ['Poincare\u0301 Embeddings', 'poincare embeddings'],
    ['Eﬃcient ﬁne-tuning', 'efficient fine tuning'],
    ['ＧＰＴ−４', 'gpt 4'],
    ['\u00a0Line\u2028breaks\tand\u200bmarks', 'line breaks and marks'],
    ['注意力机制', '注意力机制'],
    ['İstanbul', 'istanbul'],
  ])('of %j is %j', (title, key) => {
    expect(titleKey(title)).toBe(key);
  });

  it('of a title without letters and digits is the title itself, so that such titles stay apart', () => {
    expect(titleKey(' ∑! ')).toBe('∑!');
    expect(titleKey('∏!')).not.toBe(titleKey('∑!'));
  });

  it('ignores case, accents and punctuation of any text, and the key of a key is the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const key = titleKey(title);
        expect(titleKey(key)).toBe(key);
        expect(titleKey(title.normalize('NFD'))).toBe(key);
        expect(titleKey(`  ${title}\n`)).toBe(key);
      }),
    );
  });
});

describe('arxivIdIn', () => {
  it.each([
    ['2203.01250', '2203.01250'],
    ['2203.01250v3', '2203.01250'],
    ['0704.0001', '0704.0001'],
    ['arXiv:2411.13560v2', '2411.13560'],
    ['oai:arXiv.org:2203.01250v3', '2203.01250'],
    [' https://arxiv.org/abs/2411.13560 ', '2411.13560'],
    ['<https://arxiv.org/abs/2411.13560v1>', '2411.13560'],
    ['http://www.arxiv.org/pdf/2411.13560v1.pdf?download=1', '2411.13560'],
    ['https://export.arxiv.org/html/2411.13560v1#S2', '2411.13560'],
    ['https://huggingface.co/papers/2606.00683#community', '2606.00683'],
    ['hf.co/papers/2606.00683/', '2606.00683'],
    ['hep-th/9901001', 'hep-th/9901001'],
    ['math.GT/0309136v1', 'math/0309136'],
    ['https://arxiv.org/abs/cond-mat/9901001v2', 'cond-mat/9901001'],
  ])('finds in %j the id %j', (text, id) => {
    expect(arxivIdIn(text)).toBe(id);
  });

  it.each([
    '',
    '2399.12345',
    '2203.123',
    '2203.0125012',
    '12.5',
    'attention',
    'https://example.org/abs/2203.01250',
    'https://arxiv.org.example.org/abs/2203.01250',
    'https://huggingface.co/datasets/2203.01250',
    'https://arxiv.org/list/cs.AI/new',
    'version 2203.01250 of it',
  ])('finds none in %j', (text) => {
    expect(arxivIdIn(text)).toBeNull();
  });

  it('finds every id of the new style in all its dresses', () => {
    const dresses = ['ID', 'arXiv:ID', 'https://arxiv.org/abs/ID', 'https://arxiv.org/pdf/ID.pdf', 'hf.co/papers/ID'];
    const id = fc.stringMatching(/^\d\d(0[1-9]|1[0-2])\.\d{4,5}$/);
    fc.assert(
      fc.property(id, fc.stringMatching(/^(v[1-9]\d?)?$/), fc.constantFrom(...dresses), (id, version, dress) => {
        expect(arxivIdIn(dress.replace('ID', `${id}${version}`))).toBe(id);
      }),
    );
  });
});
