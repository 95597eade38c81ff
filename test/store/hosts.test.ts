import { describe, expect, it } from 'vitest';
import { countRests, restHost, takeTurn, wakeHost } from '../../src/store/hosts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { memory } from './fixtures.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

describe('turns at a host', () => {
  it('come one after the other, whichever process takes them', async () => {
    const url = await newDatabaseUrl();
    const processes = [await openDatabase(url), await openDatabase(url)] as const;
    const taken = await Promise.all([...processes, ...processes].map((db) => takeTurn(db, 'host', 3000, NOW)));
    expect(taken.map(({ at }) => at.getTime() - NOW.getTime()).sort((a, b) => a - b)).toEqual([0, 3000, 6000, 9000]);
    expect((await takeTurn(processes[0], 'other', 3000, NOW)).at).toEqual(NOW);
    for (const db of processes) await db.destroy();
  });

  it('are not to be had while it rests', async () => {
    const db = await memory();
    expect(await restHost(db, 'host', 60_000, NOW)).toEqual(later(60_000));
    expect(await restHost(db, 'host', 1000, NOW)).toEqual(later(60_000));
    expect(await takeTurn(db, 'host', 10, NOW)).toEqual({ at: later(60_000), rests: true });
    expect(await countRests(db, 'host')).toBe(2);
    expect(await takeTurn(db, 'host', 10, later(60_000))).toEqual({ at: later(60_000), rests: false });
    await wakeHost(db, 'host');
    expect(await countRests(db, 'host')).toBe(0);
  });

  it('do not wait for a moment that a wrong clock named', async () => {
    const db = await memory();
    const wrong = later(400 * 86_400_000);
    await takeTurn(db, 'host', 1000, wrong);
    await restHost(db, 'host', 60_000, wrong);
    expect(await takeTurn(db, 'host', 1000, NOW)).toEqual({ at: NOW, rests: false });
  });
});
