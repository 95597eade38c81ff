import { describe, expect, it } from 'vitest';
import { oneSpelling } from '../../../src/search/text/one-spelling.ts';
import { stemOf } from '../../../src/search/text/stem.ts';

describe('one spelling', () => {
  it.each([
    ['generalisation', 'generalizing'],
    ['optimisers', 'optimizer'],
    ['minimise', 'minimized'],
    ['behavioural', 'behavioral'],
    ['tumours', 'tumor'],
    ['neighbourhood', 'neighborhoods'],
    ['multicentre', 'multicenter'],
    ['fibres', 'fiber'],
    ['defences', 'defense'],
    ['dialogue', 'dialogs'],
    ['programmes', 'program'],
    ['artefacts', 'artifact'],
    ['sulphate', 'sulfate'],
  ])('finds %j and %j in each other', (british, american) => {
    expect(stemOf(british)).toBe(stemOf(american));
  });

  it.each([
    'noise',
    'raised',
    'revise',
    'supervised',
    'precise',
    'comprised',
    'advertised',
    'promising',
    'four',
    'vogue',
  ])('leaves %j as it is', (word) => {
    expect(oneSpelling(word)).toBe(word);
  });

  it.each([
    ['supervised', 'supervision'],
    ['precise', 'precision'],
    ['advertised', 'advertisement'],
  ])('keeps %j with %j', (word, relative) => {
    expect(stemOf(word)).toBe(stemOf(relative));
  });

  it('keeps the first two letters, by which snippets pass over words', () => {
    for (const word of ['odour', 'greyscale', 'ageing', 'artefact', 'licences']) {
      expect(stemOf(word).slice(0, 2)).toBe(word.slice(0, 2));
    }
  });
});
