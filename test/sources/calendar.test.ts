import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/dates.ts';
import { AFTER_ARXIV, restBegan, restOn, staleAt } from '../../src/sources/calendar.ts';
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

  it('waits over the days around Christmas', () => {
    // A Wednesday: Thursday, then Monday and Tuesday of the new year.
    expect(staleAt(AFTER_ARXIV, at('2026-12-23T09:00'))).toEqual(at('2027-01-06T00:00'));
  });

  it('comes also for a source that says it always rests', () => {
    expect(staleAt({ restDays: [0, 1, 2, 3, 4, 5, 6], staleAfterDays: 2 }, at('2026-03-02T09:00'))).toEqual(
      at('2026-03-05T00:00'),
    );
  });
});

describe('restOn', () => {
  // https://info.arxiv.org/help/availability.html named these for 2026 and 2025, as evenings in the Eastern US.
  const named = ['2026-01-01', '2026-01-19', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25', '2026-12-29'];
  const earlier = ['2025-01-01', '2025-01-20', '2025-06-19', '2025-09-01', '2025-11-27', '2024-12-31'];

  it.each([...named, ...earlier])('rests the day after arXiv kept the holiday of %s', (day) => {
    expect(restOn(AFTER_ARXIV, new Date(addDays(day, 1)))).not.toBeNull();
  });

  it('says why', () => {
    expect(restOn(AFTER_ARXIV, at('2026-11-27T12:00'))).toBe('Thanksgiving');
    expect(restOn(AFTER_ARXIV, at('2026-11-28T12:00'))).toBe('the weekend');
    expect(restOn(AFTER_ARXIV, at('2026-11-26T12:00'))).toBeNull();
    expect(restOn({ restDays: [3] }, at('2026-03-04T12:00'))).toBe('its day of rest');
  });

  it('rests on no more than a dozen working days of a year', () => {
    for (let year = 2020; year < 2040; year += 1) {
      const days = Array.from({ length: 365 }, (_, index) => new Date(addDays(`${year}-01-01`, index)));
      const working = days.filter((day) => ![0, 6].includes(day.getUTCDay()));
      const resting = working.filter((day) => restOn(AFTER_ARXIV, day) !== null).length;
      expect(resting).toBeGreaterThanOrEqual(9);
      expect(resting).toBeLessThanOrEqual(14);
    }
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
