import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARRAY_NAMES, freeze } from '../../../src/search/index/frozen-segment.ts';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from '../../../src/search/index/snapshot.ts';
import { somePaper } from '../generated.ts';

const somePapers = fc.uniqueArray(somePaper, { selector: ({ id }) => id, maxLength: 8 });
const someSnapshot: fc.Arbitrary<Snapshot> = fc
  .record({ papers: somePapers, sequence: fc.nat(), removals: fc.nat() })
  .map(({ papers, sequence, removals }) => {
    const segment = new GrowingSegment();
    for (const paper of papers) segment.add(paper);
    return { arrays: freeze(segment), cursor: { papers: sequence, removals } };
  });

describe('snapshots', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
    file = join(folder, 'index.search');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(someSnapshot, async (snapshot) => {
        await writeSnapshot(file, snapshot);
        const read = await readSnapshot(file);
        if (typeof read === 'string') throw new Error(read);
        expect(read.cursor).toEqual(snapshot.cursor);
        for (const name of ARRAY_NAMES) expect([...read.arrays[name]]).toEqual([...snapshot.arrays[name]]);
      }),
      { numRuns: 40 },
    );
    expect(await readdir(folder)).toEqual(['index.search']);
  });

  it('are refused when any byte is changed or any part is missing', async () => {
    const [snapshot] = fc.sample(someSnapshot, { numRuns: 1, seed: 7 });
    await writeSnapshot(file, snapshot!);
    const good = await readFile(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.boolean(), async (at, isCut) => {
        const bad = isCut ? good.subarray(0, at) : Buffer.from(good);
        if (!isCut) bad[at]! ^= 1 << (at % 8);
        await writeFile(file, bad);
        const read = await readSnapshot(file);
        // Bytes that only fill up to the next array say nothing.
        if (typeof read !== 'string')
          for (const name of ARRAY_NAMES) expect([...read.arrays[name]]).toEqual([...snapshot!.arrays[name]]);
        else expect(read).toMatch(/damaged|version|another way/);
      }),
      { numRuns: 150 },
    );
  });

  it('are whole after a writer was killed at any moment, and its rubbish is cleared away', async () => {
    const script = fileURLToPath(new URL('./write-snapshots.ts', import.meta.url));
    for (const patience of [0, 5, 15, 30]) {
      const writer = spawn(process.execPath, ['--import', 'tsx', script, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(writer.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, patience));
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const read = await readSnapshot(file);
      if (typeof read === 'string') throw new Error(read);
      // The writer stores its cursor in every paper's votes.
      expect(new Set(read.arrays.votes)).toEqual(new Set([read.cursor.papers]));
    }
    const [snapshot] = fc.sample(someSnapshot, 1);
    await writeSnapshot(file, snapshot!);
    expect(await readdir(folder)).toEqual(['index.search']);
  });
});
