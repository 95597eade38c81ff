import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUntil, untilChoices } from '../../commands/shared/topic-until.ts';

/** Thursday noon in Berlin. */
const NOW = new Date('2025-06-12T10:00:00Z');

describe('parseUntil', () => {
  it.each([
    ['2 hours', '2025-06-12T12:00:00.000Z'],
    ['for an hour', '2025-06-12T11:00:00.000Z'],
    ['tomorrow', '2025-06-13T06:00:00.000Z'],
    ['3 days', '2025-06-15T06:00:00.000Z'],
    ['a week', '2025-06-19T06:00:00.000Z'],
    ['2w', '2025-06-26T06:00:00.000Z'],
    ['1 month', '2025-07-12T06:00:00.000Z'],
    ['Monday', '2025-06-16T06:00:00.000Z'],
    ['until next thursday', '2025-06-19T06:00:00.000Z'],
    ['next week', '2025-06-16T06:00:00.000Z'],
    ['2025-12-24', '2025-12-24T07:00:00.000Z'],
  ])('takes "%s" for %s, by the clock of the reader', (text, expected) => {
    expect(parseUntil(text, NOW, 'Europe/Berlin').toISOString()).toBe(expected);
  });

  it.each([
    ['', 'no time that I understand'],
    ['mo', 'no time that I understand'],
    ['2025-02-30', 'no time that I understand'],
    ['0 hours', 'is over already'],
    ['yesterday', 'no time that I understand'],
    ['2025-06-12', 'Thu 12 Jun 08:00 Europe/Berlin is over already'],
    ['900 days', 'Use /topics pause instead'],
  ])('refuses "%s"', (text, expected) => {
    expect(() => parseUntil(text, NOW, 'Europe/Berlin')).toThrow(expected);
  });

  it('says what each suggestion stands for, and never fails', () => {
    expect(untilChoices('to', NOW, 'UTC')).toEqual([{ name: 'tomorrow (Fri 13 Jun 08:00 UTC)', value: 'tomorrow' }]);
    fc.assert(fc.property(fc.string(), (typed) => untilChoices(typed, NOW, 'UTC').every(({ value }) => value !== '')));
  });
});
