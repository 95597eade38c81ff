import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayInZone, dayOf, isDay, latestDayNotAfter } from '../../src/core/dates.ts';

const anyDay = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('isDay', () => {
  it.each(['2024-02-29', '2025-01-01', '1999-12-31', '0004-02-29'])('knows %s', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '2024-2-9',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '20240229',
    '2024-02-29T00:00',
    '',
    'Mar 12',
  ])('refuses %j', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('dayOf', () => {
  it('keeps years below 100 as they are', () => {
    expect(dayOf(26, 3, 12)).toBe('0026-03-12');
  });

  it('refuses days that the month does not have', () => {
    expect(dayOf(2025, 4, 31)).toBeNull();
    expect(dayOf(2025, 1, 0)).toBeNull();
  });
});

describe('latestDayNotAfter', () => {
  it('takes the year of the limit when the day has come', () => {
    expect(latestDayNotAfter(3, 12, '2025-11-21')).toBe('2025-03-12');
    expect(latestDayNotAfter(11, 21, '2025-11-21')).toBe('2025-11-21');
  });

  it('takes the year before when the day has not come', () => {
    expect(latestDayNotAfter(12, 10, '2025-11-21')).toBe('2024-12-10');
    expect(latestDayNotAfter(12, 31, '2026-01-01')).toBe('2025-12-31');
  });

  it('goes back to the last leap year for 29 February', () => {
    expect(latestDayNotAfter(2, 29, '2025-11-21')).toBe('2024-02-29');
    expect(latestDayNotAfter(2, 29, '2024-02-28')).toBe('2020-02-29');
    expect(latestDayNotAfter(2, 29, '1903-01-01')).toBe('1896-02-29');
  });

  it('knows no 30 February', () => {
    expect(latestDayNotAfter(2, 30, '2025-11-21')).toBeNull();
    expect(latestDayNotAfter(13, 1, '2025-11-21')).toBeNull();
  });

  it('refuses a limit that is not a day', () => {
    expect(() => latestDayNotAfter(3, 12, '21.11.2025')).toThrow(RangeError);
  });

  it('never passes the limit and is never a year or more before it, leap days aside', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (any, limit) => {
        const [, month, day] = any.split('-').map(Number);
        const found = latestDayNotAfter(month ?? 0, day ?? 0, limit);
        expect(found).not.toBeNull();
        expect(found?.slice(5)).toBe(any.slice(5));
        expect((found ?? '') <= limit).toBe(true);
        if (!any.endsWith('02-29')) expect((found ?? '') > addDays(limit, -366)).toBe(true);
      }),
    );
  });
});

describe('addDays', () => {
  it('crosses months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2025-03-01', -1)).toBe('2025-02-28');
  });

  it('comes back where it started', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day);
      }),
    );
  });
});

describe('dayInZone', () => {
  const newYear = new Date('2025-12-31T23:30:00Z');

  it('is the day on the calendar of that zone', () => {
    expect(dayInZone(newYear, 'UTC')).toBe('2025-12-31');
    expect(dayInZone(newYear, 'Europe/Berlin')).toBe('2026-01-01');
    expect(dayInZone(newYear, 'Pacific/Kiritimati')).toBe('2026-01-01');
    expect(dayInZone(newYear, 'America/Los_Angeles')).toBe('2025-12-31');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => dayInZone(newYear, 'Europe/Atlantis')).toThrow(RangeError);
  });

  it('is a day for any moment', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true }),
        (moment) => {
          expect(dayInZone(moment, 'UTC')).toBe(moment.toISOString().slice(0, 10));
        },
      ),
    );
  });
});
