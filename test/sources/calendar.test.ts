import { describe, expect, it } from 'vitest';
import { restBegan, staleAt } from '../../src/sources/calendar.ts';
import { recentDays } from '../../src/sources/hugging-face.ts';

const at = (moment: string) => new Date(`${moment}Z`);
const WEEKEND = [0, 6];

describe('staleAt', () => {
  it('counts the days on which something should have come', () => {
    const calendar = { restDays: WEEKEND, staleAfterDays: 3 };
    // A Monday: Tuesday, Wednesday and Thursday pass in silence.
    expect(staleAt(calendar, at('2026-03-02T09:00'))).toEqual(at('2026-03-06T00:00'));
    // A Thursday: Friday, Monday and Tuesday.
    expect(staleAt(calendar, at('2026-03-05T23:59'))).toEqual(at('2026-03-11T00:00'));
  });

  it('comes also for a source that says it always rests', () => {
    expect(staleAt({ restDays: [0, 1, 2, 3, 4, 5, 6], staleAfterDays: 2 }, at('2026-03-02T09:00'))).toEqual(
      at('2026-03-05T00:00'),
    );
  });
});

describe('restBegan', () => {
  it('is the beginning of the first of the days of rest', () => {
    expect(restBegan(WEEKEND, at('2026-03-08T15:00'))).toEqual(at('2026-03-07T00:00'));
    expect(restBegan(WEEKEND, at('2026-03-07T00:00'))).toEqual(at('2026-03-07T00:00'));
    expect(restBegan(WEEKEND, at('2026-03-09T00:00'))).toBeNull();
    expect(restBegan([], at('2026-03-08T15:00'))).toBeNull();
  });
});

describe('recentDays', () => {
  it('are seven list days and the weekends between them, never a day to come', () => {
    expect(recentDays(at('2026-03-10T00:00'))).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
    ]);
    expect(recentDays(at('2026-03-08T23:59')).at(-1)).toBe('2026-03-08');
  });
});
