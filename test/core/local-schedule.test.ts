import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRun, type LocalSchedule, type Run } from '../../src/core/local-schedule.ts';
import { localTime, timezones, zoneChangeWithin } from '../../src/core/zones.ts';
import { addDays } from '../../src/core/dates.ts';
import { wallClock } from './wall-clock.ts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FROM = new Date('2024-01-01T00:00:00Z');
const FIVE_YEARS = 5 * 366;

const daily = (minute: number, timezone: string): LocalSchedule => ({ minute, timezone, days: EVERY_DAY });

function runsFrom(schedule: LocalSchedule, after: Date, count: number): Run[] {
  const runs: Run[] = [];
  for (let at = after; runs.length < count; at = runs.at(-1)?.at ?? at) runs.push(nextRun(schedule, at));
  return runs;
}

function changesOf(timezone: string): Date[] {
  const changes: Date[] = [];
  const end = FROM.getTime() + FIVE_YEARS * DAY;
  let from = FROM;
  for (;;) {
    const change = zoneChangeWithin(timezone, from, (end - from.getTime()) / DAY);
    if (!change) return changes;
    changes.push(change.at);
    from = change.at;
  }
}

/** Times of the day that the change leaps over, shows twice, or touches. */
function minutesAt(change: Date, timezone: string): number[] {
  const before = localTime(new Date(change.getTime() - 1), timezone).minute;
  const after = localTime(change, timezone).minute;
  return [...new Set([before, (before + 1) % 1440, Math.floor((before + after) / 2), after, (after + 1439) % 1440])];
}

describe('nextRun', () => {
  it('moves a time that the clock leaps over to the end of the leap', () => {
    const after = new Date('2026-03-28T12:00:00Z');
    const leap = { at: new Date('2026-03-29T01:00:00Z'), localDate: '2026-03-29' };
    for (const minute of [120, 150, 179, 180]) {
      expect(nextRun(daily(minute, 'Europe/Berlin'), after)).toEqual(leap);
    }
  });

  it('takes a time that comes twice the first time only', () => {
    const first = nextRun(daily(150, 'Europe/Berlin'), new Date('2026-10-24T12:00:00Z'));
    expect(first).toEqual({ at: new Date('2026-10-25T00:30:00Z'), localDate: '2026-10-25' });
    expect(nextRun(daily(150, 'Europe/Berlin'), first.at).localDate).toBe('2026-10-26');
  });

  it('goes by the day of the week where the reader lives', () => {
    const monday = { minute: 60, days: [1], timezone: 'Pacific/Auckland' };
    expect(nextRun(monday, new Date('2026-11-20T00:00:00Z'))).toEqual({
      at: new Date('2026-11-22T12:00:00Z'),
      localDate: '2026-11-23',
    });
  });

  it('has no run on a day that the place leaps over', () => {
    const runs = runsFrom(daily(540, 'Pacific/Apia'), new Date('2011-12-28T00:00:00Z'), 4);
    expect(runs.map((run) => run.localDate)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
    const friday = { minute: 540, days: [5], timezone: 'Pacific/Apia' };
    expect(nextRun(friday, new Date('2011-12-26T00:00:00Z')).localDate).toBe('2012-01-06');
  });

  it('refuses days and zones that do not exist', () => {
    expect(() => nextRun({ minute: 0, days: [], timezone: 'UTC' }, FROM)).toThrow(RangeError);
    expect(() => nextRun(daily(0, 'Europe/Atlantis'), FROM)).toThrow(RangeError);
  });

  it('comes once for each day through every change of every zone in five years, when the clock first reads the time', () => {
    let changes = 0;
    for (const timezone of timezones()) {
      const reads = wallClock(timezone);
      for (const change of changesOf(timezone)) {
        changes += 1;
        for (const minute of minutesAt(change, timezone)) {
          const runs = runsFrom(daily(minute, timezone), new Date(change.getTime() - 2 * DAY), 4);
          for (const [index, { at, localDate }] of runs.entries()) {
            const wanted = `${localDate} ${String(minute).padStart(4, '0')}`;
            if (index > 0) expect(localDate).toBe(addDays(runs[index - 1]?.localDate ?? '', 1));
            expect(reads(at) >= wanted, `${timezone} ${wanted} at ${at.toISOString()}`).toBe(true);
            for (const earlier of [1, 29, 59, 61, 119]) {
              const before = reads(new Date(at.getTime() - earlier * MINUTE));
              expect(before < wanted, `${timezone} ${wanted} already at ${before}`).toBe(true);
            }
          }
        }
      }
    }
    expect(changes).toBeGreaterThan(1000);
  }, 120_000);

  it('is the same from every moment between two runs', () => {
    const anySchedule = fc.record({
      minute: fc.integer({ min: 0, max: 1439 }),
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      timezone: fc.constantFrom(...timezones()),
    });
    fc.assert(
      fc.property(
        anySchedule,
        fc.integer({ min: 0, max: FIVE_YEARS }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, day, share) => {
          const [first, second] = runsFrom(schedule, new Date(FROM.getTime() + day * DAY), 2) as [Run, Run];
          const between = first.at.getTime() + Math.floor(share * (second.at.getTime() - first.at.getTime() - 1));
          expect(nextRun(schedule, new Date(between))).toEqual(second);
          expect(schedule.days).toContain(new Date(second.localDate).getUTCDay());
        },
      ),
    );
  });
});
