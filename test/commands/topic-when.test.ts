import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimeOfDay, parseWhen, timeChoices, whenChoices } from '../../commands/shared/topic-when.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';

const ALL = [0, 1, 2, 3, 4, 5, 6];

describe('parseWhen', () => {
  it.each(['at once', ' At  Once', 'now', 'immediately', 'as they come'])('takes "%s" for at once', (text) => {
    expect(parseWhen(text, 'UTC')).toBeNull();
  });

  it.each<[string, number, number[]]>([
    ['daily at 08:00', 480, ALL],
    ['daily', 540, ALL],
    ['every day at noon', 720, ALL],
    ['7:30', 450, ALL],
    ['at 7.30', 450, ALL],
    ['8h', 480, ALL],
    ['midnight daily', 0, ALL],
    ['12 am', 0, ALL],
    ['12 pm', 720, ALL],
    ['weekdays at 6 pm', 1080, [1, 2, 3, 4, 5]],
    ['weekends 10', 600, [0, 6]],
    ['weekly', 540, [1]],
    ['Mondays at 09:00', 540, [1]],
    ['mon, thu & sat at 9', 540, [1, 4, 6]],
    ['every tuesday and Thursday 23:59', 1439, [2, 4]],
    ['sundays', 540, [0]],
  ])('reads "%s"', (text, minute, days) => {
    expect(parseWhen(text, 'Asia/Tokyo')).toEqual({ minute, days, timezone: 'Asia/Tokyo' });
  });

  it.each([
    ['daily at 8 Europe/Berlin', 'Europe/Berlin'],
    ['daily at 8 (in america/new_york)', 'America/New_York'],
    ['Mondays at 9 utc', 'UTC'],
    ['8 Asia/Calcutta', 'Asia/Calcutta'],
  ])('lets "%s" name its zone', (text, timezone) => {
    expect(parseWhen(text, 'Asia/Tokyo')).toMatchObject({ timezone });
  });

  it.each(['', 'never', 'daily at 25:00', 'daily at 8:75', 'monday at 9 or so', '13 pm', 'in 5 minutes', 'm', 'every'])(
    'refuses "%s", with examples',
    (text) => {
      expect(() => parseWhen(text, 'UTC')).toThrow(/no time that I understand\. Try: at once, daily at 08:00/);
    },
  );

  it('understands its own words', () => {
    const schedule = fc.record({
      minute: fc.integer({ min: 0, max: 1439 }),
      days: fc.subarray(ALL, { minLength: 1 }),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'),
    });
    fc.assert(
      fc.property(schedule, (given) => {
        expect(parseWhen(scheduleWords(given), 'UTC')).toEqual(given);
      }),
    );
  });
});

describe('whenChoices', () => {
  const names = (typed: string) => whenChoices(typed, 'UTC').map(({ name }) => name);

  it('offers common times, and what is typed so far', () => {
    expect(names('')).toEqual([
      'At once',
      'Daily at 08:00 UTC',
      'Weekdays at 08:00 UTC',
      'Mondays at 09:00 UTC',
      'Fridays at 16:00 UTC',
    ]);
    expect(names('mon')[0]).toBe('Mondays at 09:00 UTC');
    expect(names('t')).toEqual(['Tuesdays at 09:00 UTC', 'Thursdays at 09:00 UTC']);
    expect(names('daily at 8 berl')).toEqual(['Daily at 08:00 Europe/Berlin']);
    expect(names('gibberish')).toEqual([]);
  });

  it('never fails, and offers only what it understands', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('d', 'a', '1', ':', ' ', 'm', '/') })),
        (typed) => {
          for (const { value } of whenChoices(typed, 'UTC')) parseWhen(value, 'UTC');
        },
      ),
    );
  });
});

describe('times of day', () => {
  it('are read and suggested', () => {
    expect([parseTimeOfDay('22'), parseTimeOfDay('7.30'), parseTimeOfDay('9 pm'), parseTimeOfDay('noon')]).toEqual([
      1320, 450, 1260, 720,
    ]);
    expect(() => parseTimeOfDay('25:00')).toThrow('no time of day');
    expect(() => parseTimeOfDay('9 and')).toThrow('no time of day');
    expect(timeChoices('7:15').map(({ name }) => name)).toEqual(['07:15']);
    expect(timeChoices('')).toHaveLength(24);
  });
});
