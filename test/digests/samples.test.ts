import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titleKey } from '../../src/core/identity.ts';
import { readDigest } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const SAMPLES = resolve(import.meta.dirname, '../../data/samples');

const read = (file: string) => readDigest(readFileSync(resolve(SAMPLES, file)), { readOn });

describe('the samples', () => {
  it.each([
    ['daily-papers-spaced.txt', 'spaced', 13],
    ['daily-papers-compact.txt', 'compact', 13],
    ['daily-papers-with-bylines.txt', 'bylines', 15],
  ])('%s is a %s digest of %i papers, all readable', (file, layout, papers) => {
    const digest = read(file);
    expect(digest).toMatchObject({ layout, rejected: [] });
    expect(digest.entries).toHaveLength(papers);
  });

  it('are different papers with abstracts of three to six sentences', () => {
    const entries = readdirSync(SAMPLES).flatMap((file) => read(file).entries);
    expect(new Set(entries.map(({ title }) => titleKey(title))).size).toBe(entries.length);
    for (const { abstract } of entries) {
      const sentences = abstract?.match(/[.?](?= |$)/g)?.length ?? 0;
      expect(sentences, abstract ?? '').toBeGreaterThanOrEqual(3);
      expect(sentences, abstract ?? '').toBeLessThanOrEqual(6);
    }
  });

  it('have organisations, authors, years and comments', () => {
    const { entries } = read('daily-papers-with-bylines.txt');
    expect(entries[1]).toMatchObject({
      title: 'Llama 2: Open Foundation and Fine-Tuned Chat Models',
      organization: { handle: 'facebook', name: 'AI at Meta' },
      authorCount: null,
      publishedOn: '2023-07-18',
      comments: 30,
    });
    expect(entries[2]).toMatchObject({ authorCount: 2, organization: null, publishedOn: '2023-12-01', comments: 13 });
  });
});
