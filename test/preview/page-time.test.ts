import { describe, expect, it } from 'vitest';
import { createTimeFormat } from '../../src/preview/page/time/format.ts';

const now = new Date('2026-05-07T12:00:00Z');
const seconds = Date.parse('2026-05-07T09:05:06Z') / 1000;

/** Without the narrow spaces that differ between versions of the language data. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}

describe('times on the page', () => {
  const time = createTimeFormat('en-GB', 'Europe/Berlin');

  it.each([
    ['t', '11:05'],
    ['T', '11:05:06'],
    ['d', '07/05/2026'],
    ['D', '7 May 2026'],
    ['f', '7 May 2026 at 11:05'],
    ['F', 'Thursday 7 May 2026 at 11:05'],
    ['R', '3 hours ago'],
  ])('have Discord’s style %s in the reader’s zone', (style, expected) => {
    expect(plain(time.styled(seconds, style, now)).replace(',', '')).toBe(expected);
  });

  it.each([
    [-30, '30 seconds ago'],
    [90, 'in 2 minutes'],
    [86_400, 'tomorrow'],
    [-40 * 86_400, 'last month'],
    [800 * 86_400, 'in 2 years'],
  ])('are told relative to now: %d seconds', (offset, expected) => {
    expect(time.styled(now.getTime() / 1000 + offset, 'R', now)).toBe(expected);
  });

  it('say that a time beyond the calendar is none', () => {
    expect(time.styled(9e12, 'f', now)).toBe('Invalid date');
  });

  it('call the days of a message by name where they are near, in the reader’s zone', () => {
    const tokyo = createTimeFormat('en-GB', 'Asia/Tokyo');
    const late = new Date('2026-05-06T16:30:00Z');
    expect(plain(time.header(late, now))).toBe('Yesterday at 18:30');
    expect(plain(tokyo.header(late, now))).toBe('Today at 01:30');
    expect(plain(time.header(new Date('2026-05-01T10:00:00Z'), now))).toBe('01/05/2026 12:00');
    expect(tokyo.dayKey(late)).toBe('2026-05-07');
  });
});
