import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDigest } from '../../src/digests/read.ts';
import { readOn } from './pages.ts';

const SEEDS = resolve(import.meta.dirname, '../../../shared/seeds');
const EXPECTED = [
  { prefix: '000_', layout: 'spaced', papers: 49 },
  { prefix: '002_', layout: 'compact', papers: 186 },
  { prefix: '004_', layout: 'bylines', papers: 36 },
] as const;

function bytesOf(prefix: string): Buffer {
  const name = readdirSync(SEEDS).find((each) => each.startsWith(prefix)) ?? prefix;
  return readFileSync(resolve(SEEDS, name));
}

describe.skipIf(!existsSync(SEEDS))("the owner's digests (skipped: ../shared/seeds is not here)", () => {
  it.each(EXPECTED)('$prefix has $papers papers, and nothing is lost', ({ prefix, layout, papers }) => {
    const digest = readDigest(bytesOf(prefix), { readOn });
    expect(digest).toMatchObject({ layout, rejected: [] });
    expect(digest.entries).toHaveLength(papers);
    expect(digest.entries.map(({ position }) => position)).toEqual(digest.entries.map((_, index) => index + 1));
  });

  it.each(EXPECTED)('$prefix has every line of titles and abstracts, as it is', ({ prefix }) => {
    const lines = new Set(bytesOf(prefix).toString('utf8').split('\n'));
    for (const { title, abstract, position } of readDigest(bytesOf(prefix), { readOn }).entries) {
      expect(lines.has(abstract ?? '')).toBe(true);
      expect(lines.has(title) || position === 1).toBe(true);
    }
  });

  it.each(EXPECTED)(
    '$prefix reads the same with other line ends, blanks, spaces and a byte order mark',
    ({ prefix }) => {
      const text = bytesOf(prefix).toString('utf8');
      const clean = readDigest(text, { readOn }).entries.map((entry) => ({ ...entry, line: 0 }));
      const others = {
        'carriage returns': text.replaceAll('\n', '\r\n'),
        'a byte order mark': `\uFEFF${text}`,
        'non-breaking spaces': text.replaceAll(' ', '\u00a0'),
        'trailing blanks': text.replaceAll('\n', ' \t\n'),
        'doubled blank lines': text.replaceAll('\n\n', '\n\n\n'),
      };
      for (const [what, other] of Object.entries(others)) {
        const digest = readDigest(other, { readOn });
        expect(digest.rejected, what).toEqual([]);
        expect(
          digest.entries.map((entry) => ({ ...entry, line: 0 })),
          what,
        ).toEqual(clean);
      }
    },
  );

  it.each(EXPECTED)('$prefix without any one of its lines gives no pair that it does not have', ({ prefix }) => {
    const text = bytesOf(prefix).toString('utf8');
    const lines = text.split('\n');
    const truth = new Map(readDigest(text, { readOn }).entries.map(({ title, abstract }) => [title, abstract]));
    for (let missing = 0; missing < lines.length; missing += 3) {
      const { entries, rejected } = readDigest(lines.toSpliced(missing, 1).join('\n'), { readOn });
      for (const { title, abstract } of entries) expect(truth.get(title)).toBe(abstract);
      expect(entries.length).toBeGreaterThanOrEqual(truth.size - 2);
      if (entries.length < truth.size) expect(rejected).not.toEqual([]);
    }
  });
});
