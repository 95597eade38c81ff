import { describe, expect, it } from 'vitest';
import { backfillFromCommandLine, type BackfillOptions } from '../../src/cli/backfill.ts';
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/core/errors.ts';
import { sourceReport } from '../../src/store/source-states.ts';
import { dailyPapers, item } from '../sources/daily-papers.ts';
import { openHost } from '../sources/host.ts';
import { openLooks } from '../sources/looks.ts';
import { allPapers } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

/** Lists of ten days, a paper each. */
async function past() {
  const days = Array.from({ length: 10 }, (_, index) => `2024-01-${String(index + 1).padStart(2, '0')}`);
  const lists = Object.fromEntries(days.map((day, index) => [day, [item(day, { id: `2401.0000${index}` })]]));
  const host = await openHost(dailyPapers(lists));
  const { world, look } = await openLooks({});
  await look('2024-03-01T12:00');
  const config = { ...readConfig({}), huggingFaceUrl: host.url };
  const run = async (options: BackfillOptions, signal = new AbortController().signal) => {
    const { terminal, notes, progress } = recorder();
    const code = await backfillFromCommandLine(world, config, options, terminal, signal);
    return { code, notes, progress };
  };
  return { lists, host, world, run, look };
}

describe('backfill', () => {
  it('reads the lists of past days, shows how far it has come, and asks for none of them twice', async () => {
    const { host, world, run } = await past();
    const { code, progress, notes } = await run({ from: '2024-01-01', to: '2024-01-10' });
    expect(code).toBe(0);
    expect(progress[0]).toBe('0/10 2024-01-01 · 0 new');
    expect(progress.at(-2)).toBe('9/10 2024-01-10 · 9 new');
    expect(notes[0]).toMatch(/^Asking for 10 days, at most 100 a minute/);
    expect(notes.at(-1)).toBe('10 days read, 10 new papers.');
    expect((await allPapers(world.db)).map(({ appearances }) => appearances[0]?.date)).toContain('2024-01-07');
    expect((await run({ from: '2024-01-01', to: '2024-01-11' })).notes.at(-1)).toBe('1 day read, 0 new papers.');
    expect(host.requests).toHaveLength(11);
    expect(await sourceReport(world.db, new Date())).toEqual([]);
  });

  it('goes on where it was interrupted', async () => {
    const { host, run, world } = await past();
    const interrupted = new AbortController();
    const { answer } = host;
    host.answer = (request, response) => {
      if (request.url?.includes('2024-01-04')) interrupted.abort();
      answer(request, response);
    };
    const { code, notes } = await run({ from: '2024-01-01', to: '2024-01-10' }, interrupted.signal);
    expect(code).toBe(130);
    expect(notes.at(-1)).toBe('Ended before 2024-01-04. Run the same command again to go on.');
    expect(await allPapers(world.db)).toHaveLength(3);
    expect((await run({ from: '2024-01-01', to: '2024-01-10' })).notes.at(-1)).toBe('7 days read, 7 new papers.');
    expect(await allPapers(world.db)).toHaveLength(10);
  });

  it('waits when it is told to, and ends when it would have to wait for long', async () => {
    const { host, run } = await past();
    const { answer } = host;
    host.answer = (request, response) => {
      if (host.requests.length === 2) response.writeHead(429, { ratelimit: '"api";r=0;t=240' }).end();
      else if (host.requests.length === 5) response.writeHead(429, { 'retry-after': '7200' }).end();
      else answer(request, response);
    };
    const { code, notes } = await run({ from: '2024-01-01', to: '2024-01-10' });
    expect(code).toBe(1);
    expect(notes).toContain('Waiting for 240 seconds.');
    expect(notes.slice(-2)).toEqual([
      '3 days read, 3 new papers.',
      'Ended before 2024-01-04. Run the same command again to go on.',
    ]);
  });

  it('passes over a day that cannot be read, and asks for it again the next time', async () => {
    const { host, run } = await past();
    const { answer } = host;
    host.answer = (request, response) => {
      if (request.url?.includes('2024-01-02')) response.end('{"error":"what"}');
      else answer(request, response);
    };
    const first = await run({ from: '2024-01-01', to: '2024-01-03' });
    expect(first.code).toBe(1);
    expect(first.notes.slice(-2)).toEqual([
      '2 days read, 2 new papers.',
      '1 day could not be read and will be asked for again.',
    ]);
    host.answer = answer;
    expect(await run({ from: '2024-01-01', to: '2024-01-03' })).toMatchObject({ code: 0, progress: { length: 2 } });
  });

  it('asks again for the days whose lists may still grow, and for none to come', async () => {
    const { host, run, look } = await past();
    await look('2024-04-10T12:00');
    await run({ from: '2024-04-01', to: '2024-05-01' });
    expect(host.requests).toHaveLength(10);
    await run({ from: '2024-04-01' });
    expect(host.requests.slice(10).map(({ url }) => /date=([\d-]+)/.exec(url ?? '')?.[1])).toEqual(
      ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((day) => `2024-04-${day}`),
    );
    await expect(run({ from: '2024-04-11' })).rejects.toThrow(UserError);
  });
});
