import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../src/core/root.ts';
import { readDigest } from '../../src/digests/read.ts';
import { themesOf } from '../../src/summaries/themes/themes.ts';
import type { ThemePaper } from '../../src/summaries/themes/terms.ts';

/** An archive in which nothing is frequent. */
const RARE = { size: 5000, frequency: () => 5 };

function papers(...texts: [title: string, abstract?: string, keywords?: string[]][]): ThemePaper[] {
  return texts.map(([title, abstract = '', keywords = []], index) => ({ id: index + 1, title, abstract, keywords }));
}

async function named(day: ThemePaper[], background = RARE): Promise<[string, number[]][]> {
  return (await themesOf(day, background, 6)).map(({ name, paperIds }) => [name, paperIds]);
}

describe('themesOf', () => {
  it('names what papers share by their own words, in the form they use most', async () => {
    const day = papers(
      ['Video Generation without Tears', 'We study video generation.'],
      ['Faster video generation', 'A method.'],
      ['On proteins', 'Protein folding with less data. It makes protein folding cheap.'],
      ['Protein Folding at Scale', 'We scale protein folding.'],
    );
    expect(await named(day)).toEqual([
      ['protein folding', [4, 3]],
      ['video generation', [1, 2]],
    ]);
  });

  it('has no theme of one paper, and none of words that every paper has', async () => {
    const day = papers(
      [
        'A novel framework',
        'We propose a novel framework with better results. Extensive experiments show better results.',
      ],
      ['A novel framework again', 'We propose a novel framework. Extensive experiments show better results.'],
      ['Quantum annealing', 'Quantum annealing of quantum annealing.'],
    );
    expect(await named(day)).toEqual([]);
  });

  it('counts an acronym as the words it stands for', async () => {
    const day = papers(
      ['Sharper GNNs', 'Graph neural networks (GNNs) are blunt. GNNs can be sharp.'],
      ['Deeper GNNs', 'GNNs are shallow.'],
      ['Graph Neural Networks for Molecules', 'They work.'],
    );
    expect(await themesOf(day, RARE, 6)).toEqual([
      { name: 'graph neural networks', query: '"graph neural networks" OR GNNs', paperIds: [1, 2, 3] },
    ]);
  });

  it('keeps the capitals of names and drops those of titles', async () => {
    const day = papers(
      ['Hopfield Networks Remember', 'We revisit Hopfield networks. Hopfield networks store much.'],
      ['Modern Hopfield Networks', 'Hopfield networks again.'],
    );
    expect(await named(day)).toEqual([['Hopfield networks', [1, 2]]]);
  });

  it('merges terms that hold each other into the one that says more', async () => {
    const day = papers(
      ['Neural architecture search', 'Architecture search is slow.'],
      ['Neural Architecture Search in hours', 'Neural architecture search, fast.'],
    );
    expect(await named(day)).toEqual([['neural architecture search', [2, 1]]]);
  });

  it('takes keywords for what a paper is about', async () => {
    const day = papers(['One', 'Text.', ['LoRA']], ['Two', 'Text.', ['LoRA']], ['Three', 'Text about LoRA.', ['LoRA']]);
    expect(await named(day)).toEqual([]);
    const twice = day.map((paper) => ({ ...paper, abstract: 'LoRA is low.' }));
    expect(await named(twice)).toEqual([['LoRA', [1, 2, 3]]]);
  });

  it('names the whole field only on a day that is full of it, as far as the archive can tell', async () => {
    const day = papers(
      ...Array.from({ length: 6 }, (): [string, string] => ['Large language models', 'Large language models talk.']),
      ...Array.from({ length: 6 }, (_, index): [string, string] => [`Another thing ${index}`, 'Nothing.']),
    );
    const asUsual = { size: 5000, frequency: () => 2400 };
    const unusual = { size: 5000, frequency: () => 200 };
    expect(await named(day, asUsual)).toEqual([]);
    expect(await named(day, unusual)).toEqual([['large language models', [1, 2, 3, 4, 5, 6]]]);
    expect(await named(day, { size: 50, frequency: () => 6 })).toEqual([]);
  });

  it('gives the same themes for the same papers in any order, each paper in one at most', async () => {
    const day = papers(
      ['Video generation', 'Video generation by diffusion models.'],
      ['Diffusion models', 'Diffusion models for video generation.'],
      ['Diffusion models again', 'Diffusion models.'],
      ['More video generation', 'Video generation.'],
      ['Protein folding', 'Protein folding by diffusion models.'],
      ['Protein folding again', 'Protein folding.'],
    );
    const themes = await themesOf(day, RARE, 6);
    const ids = themes.flatMap(({ paperIds }) => paperIds);
    expect(new Set(ids).size).toBe(ids.length);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(day, { minLength: day.length }), async (shuffled) => {
        expect(await themesOf(shuffled, RARE, 6)).toEqual(themes);
      }),
      { numRuns: 30 },
    );
  });

  it('takes any text', async () => {
    const anyPaper = fc.record({
      id: fc.integer({ min: 1 }),
      title: fc.string({ unit: 'binary' }),
      abstract: fc.option(fc.string({ unit: 'binary', maxLength: 300 })),
      keywords: fc.option(fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyPaper, { selector: ({ id }) => id, maxLength: 12 }), async (day) => {
        for (const { name, paperIds } of await themesOf(day, RARE, 6)) {
          expect(name).not.toBe('');
          expect(paperIds.length).toBeGreaterThan(1);
        }
      }),
    );
  });
});

const SEEDS = projectPath('..', 'shared', 'seeds');

describe.skipIf(!existsSync(SEEDS))('themes of the owner’s digests', () => {
  it('are what a reader of the day would name', async () => {
    const days = readdirSync(SEEDS).map((file) => {
      const { entries } = readDigest(readFileSync(`${SEEDS}/${file}`, 'utf8'), { readOn: '2025-04-01' });
      return entries.map((entry, index) => ({ ...entry, id: index }));
    });
    for (const day of days) {
      const themes = await themesOf(day, { size: day.length, frequency: () => 0 }, 6);
      const names = themes.map(({ name }) => name);
      expect(names.length).toBeGreaterThan(2);
      expect(names.some((name) => name === 'graph neural networks')).toBe(true);
      for (const { name } of themes) expect(name).not.toMatch(/^(?:neural networks?|deep learning|results|methods?)$/);
    }
  });
});
