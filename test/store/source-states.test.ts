import { describe, expect, it } from 'vitest';
import { forgetOtherSources, type Look, recordLook, sourceReport } from '../../src/store/source-states.ts';
import { memory } from './fixtures.ts';

const hour = (number: number) => new Date(Date.UTC(2026, 2, 10, number));

/** A look that brought nothing, of a source that may be silent for two days. */
const QUIET: Look = {
  outcome: 'read',
  problem: null,
  nextTryAt: null,
  isFresh: false,
  rest: null,
  staleAfter: (freshAt) => new Date(freshAt.getTime() + 48 * 3_600_000),
};

describe('the state of a source', () => {
  it('is fresh for a day, then nothing is new, and then it is stale', async () => {
    const db = await memory();
    await recordLook(db, 'a', { ...QUIET, isFresh: true }, hour(0));
    await recordLook(db, 'a', QUIET, hour(1));
    const states = [1, 23, 24, 47, 48].map(async (at) => (await sourceReport(db, hour(at)))[0]?.state);
    expect(await Promise.all(states)).toEqual(['fresh', 'fresh', 'nothing new', 'nothing new', 'stale']);
  });

  it('is stale in time also when nothing ever came', async () => {
    const db = await memory();
    await recordLook(db, 'a', QUIET, hour(0));
    await recordLook(db, 'a', QUIET, hour(40));
    expect(await sourceReport(db, hour(47))).toMatchObject([{ state: 'nothing new', freshAt: null }]);
    expect(await sourceReport(db, hour(48))).toMatchObject([{ state: 'stale', freshAt: null }]);
  });

  it('is never stale where silence means nothing', async () => {
    const db = await memory();
    await recordLook(db, 'a', { ...QUIET, staleAfter: () => null }, hour(0));
    expect(await sourceReport(db, hour(90_000))).toMatchObject([{ state: 'nothing new' }]);
  });

  it('tells since when it fails, and of what at first while its host is left alone', async () => {
    const db = await memory();
    const failed: Look = { ...QUIET, outcome: 'failed', problem: 'It is out.', nextTryAt: hour(3) };
    await recordLook(db, 'a', { ...QUIET, isFresh: true }, hour(0));
    await recordLook(db, 'a', failed, hour(1));
    await recordLook(db, 'a', { ...failed, problem: null }, hour(2));
    expect(await sourceReport(db, hour(2))).toEqual([
      {
        source: 'a',
        state: 'failed',
        lookedAt: hour(2),
        freshAt: hour(0),
        problem: 'It is out.',
        failingSince: hour(1),
        nextTryAt: hour(3),
        rest: null,
      },
    ]);
    await recordLook(db, 'a', QUIET, hour(3));
    expect(await sourceReport(db, hour(3))).toMatchObject([{ state: 'fresh', problem: null, failingSince: null }]);
  });

  it('goes when the source is configured no longer', async () => {
    const db = await memory();
    for (const source of ['a', 'b', 'c']) await recordLook(db, source, QUIET, hour(0));
    await forgetOtherSources(db, ['b']);
    expect((await sourceReport(db, hour(0))).map(({ source }) => source)).toEqual(['b']);
    await forgetOtherSources(db, []);
    expect(await sourceReport(db, hour(0))).toEqual([]);
  });
});
