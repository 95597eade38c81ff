import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../src/core/paper.ts';
import { readDigest, UnreadableDigestError } from '../../src/digests/read.ts';
import { abstract, anyText, type PageLayout, papers, readOn, renderPage, title } from './pages.ts';

/** Reads, and fails on any error but the one that names the line. */
function read(document: Uint8Array | string): Digest | null {
  try {
    return readDigest(document, { readOn });
  } catch (error) {
    if (!(error instanceof UnreadableDigestError)) throw error;
    expect(error.line).toBeGreaterThanOrEqual(1);
    expect(error.message).toMatch(/[.”]$/);
    return null;
  }
}

function expectWellFormed(digest: Digest | null): void {
  for (const [index, { position, title, line }] of (digest?.entries ?? []).entries()) {
    expect(position).toBe(index + 1);
    expect(title.trim()).toBe(title);
    expect(title).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(1);
  }
  const lines = digest?.rejected.map(({ line }) => line) ?? [];
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
}

describe('any input', () => {
  it('is read or refused: any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectWellFormed(read(bytes))));
  });

  it('is read or refused: any lines', () => {
    const line = fc.oneof(
      anyText,
      title,
      fc.constantFrom('', '·', 'Subscribe', '{', '[', '<html>', 'Mar 12', '• 2 authors'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => expectWellFormed(read(lines.join('\n')))),
      {
        numRuns: 400,
      },
    );
  });

  it('is read or refused: pages with bytes changed, lost and doubled', () => {
    const layout = fc.constantFrom<PageLayout>('spaced', 'compact', 'bylines');
    const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 12 }), fc.uint8Array({ maxLength: 6 }));
    fc.assert(
      fc.property(layout, papers({ title, abstract }), fc.array(edit, { maxLength: 20 }), (kind, list, edits) => {
        let bytes = Buffer.from(renderPage(kind, list).join('\n'));
        for (const [place, lost, added] of edits) {
          const at = place % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + lost)]);
        }
        expectWellFormed(read(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('is read or refused: any lines of JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1 }), (lines) =>
        expectWellFormed(read(`{"title":1}\n${lines.join('\n')}`)),
      ),
      { numRuns: 200 },
    );
  });
});

describe('long lines without end', () => {
  const BANNER = 'Get trending papers in your email inbox!\n';
  const REPEATED = [
    ' ',
    '.',
    '.)',
    '")',
    'a.bb/',
    'a ',
    '· ',
    '1',
    '1,',
    'Mar 1 ',
    '{"',
    '[',
    '\t \t',
    '。',
    '()',
    '- ',
    '\u200b',
  ];

  it.each(REPEATED)('%j, half a million characters of it, is read in seconds', (piece) => {
    const line = piece.repeat(500_000 / piece.length);
    const started = performance.now();
    for (const page of [line, `${BANNER}Title\n${line}\n${line}x\nText.`, `{"title":"${line}`]) read(page);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('many short lines are read in seconds, or refused', () => {
    expectWellFormed(read(`${BANNER}${'May 29\n'.repeat(50_000)}`));
    expectWellFormed(read(`${BANNER}${'a title\n'.repeat(50_000)}`));
    expect(read(`${BANNER}${'a\n'.repeat(150_000)}`)).toBeNull();
  });
});
