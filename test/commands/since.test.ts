import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSince, sinceChoices } from '../../commands/shared/since.ts';
import { isDay } from '../../src/core/dates.ts';
import { UserError } from '../../src/core/errors.ts';

const TODAY = '2025-03-31';

describe('since', () => {
  it.each([
    ['2024', '2024-01-01'],
    ['2025-03', '2025-03-01'],
    ['2025-3-2', '2025-03-02'],
    ['2025-03-31', '2025-03-31'],
    ['7d', '2025-03-24'],
    ['7 Days ago', '2025-03-24'],
    ['past 2 weeks', '2025-03-17'],
    ['last week', '2025-03-24'],
    ['1 month', '2025-02-28'],
    ['last month', '2025-02-28'],
    ['3mo', '2024-12-31'],
    ['1y', '2024-03-31'],
    ['this week', '2025-03-31'],
    ['this month', '2025-03-01'],
    ['this year', '2025-01-01'],
    ['yesterday', '2025-03-30'],
    ['today', '2025-03-31'],
  ])('%s begins %s', (text, expected) => {
    expect(parseSince(text, TODAY)).toBe(expected);
  });

  it.each(['soon', '2025-13', '2025-02-30', '', '7 parsecs', '9999y', 'next week', '20250101'])(
    'does not guess at "%s"',
    (text) => {
      expect(() => parseSince(text, TODAY)).toThrow(UserError);
    },
  );

  it('says that a day is still to come', () => {
    expect(() => parseSince('2026', TODAY)).toThrow('still to come');
  });

  it('gives a day that is not after today, or a UserError, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4} ?(d|w|m|y)$/)), (text) => {
        try {
          const day = parseSince(text, TODAY);
          expect(isDay(day) && day <= TODAY).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it('suggests what is meant while typing', () => {
    expect(sinceChoices('2w', TODAY)).toEqual([{ name: '2w (since 2025-03-17)', value: '2025-03-17' }]);
    expect(sinceChoices('2025-03-01', TODAY)).toEqual([{ name: '2025-03-01', value: '2025-03-01' }]);
    expect(sinceChoices('20', TODAY)).toEqual([]);
    expect(sinceChoices('', TODAY)[0]).toEqual({ name: '7 days (since 2025-03-24)', value: '2025-03-24' });
  });
});
