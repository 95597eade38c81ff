import { describe, expect, it } from 'vitest';
import { commentsOf, parsePageDate, resolvePageDate } from '../../src/digests/page-date.ts';

const LIMIT = '2025-12-10';

/** The day and the comments of a byline's date, on a page that glues them or not. */
function read(text: string, pageGlues = false) {
  const date = parsePageDate(text);
  if (date === null || date === 'no such day') return date;
  return { day: resolvePageDate(date, LIMIT), comments: commentsOf(date, pageGlues) };
}

describe('a date of the page', () => {
  it.each([
    ['Mar 12', '2025-03-12', 0],
    ['Dec 10', '2025-12-10', 0],
    ['Dec 11', '2024-12-11', 0],
    ['Sep 30 27', '2025-09-30', 27],
    ['Sep 30\t27', '2025-09-30', 27],
    ['Jul 16, 2020', '2020-07-16', 0],
    ['Oct 26, 2024 2', '2024-10-26', 2],
    ['Oct 26, 2024 3.29k', '2024-10-26', 3290],
    ['May 29 1,204', '2025-05-29', 1204],
    ['Feb 29', '2024-02-29', 0],
    ['July 4, 2021', '2021-07-04', 0],
    ['Sept 3', '2025-09-03', 0],
    ['Mar 06', '2025-03-06', 0],
  ])('%j is %s with %i comments', (text, day, comments) => {
    expect(read(text)).toEqual({ day, comments });
  });

  it.each([
    ['May 296', '2025-05-29', null],
    ['Sep 99', '2025-09-09', 9],
    ['Jun 31', '2025-06-03', 1],
    ['Sep 9123', '2025-09-09', 123],
    ['May 291.2k', '2025-05-29', null],
    ['Jan 305', '2025-01-30', 5],
    ['Oct 26, 20242', '2024-10-26', 2],
    ['Oct 26, 202412', '2024-10-26', 12],
  ])('%j has its comments glued: %s with %s', (text, day, comments) => {
    expect(parsePageDate(text)).toMatchObject({ glued: true });
    expect(read(text)).toEqual({ day, comments });
  });

  it('without comments could hide some on a page that glues them', () => {
    expect(read('Jan 12', true)).toEqual({ day: '2025-01-12', comments: null });
    expect(read('Jan 10', true)).toEqual({ day: '2025-01-10', comments: 0 });
    expect(read('Jan 1', true)).toEqual({ day: '2025-01-01', comments: 0 });
    expect(read('Jan 12, 2024', true)).toEqual({ day: '2024-01-12', comments: 0 });
  });

  it.each(['Feb 30', 'Feb 30 5', 'Feb 29, 2023', 'Apr 0', 'Mar 00', 'Apr 31, 2024'])('%j is no such day', (text) => {
    expect(read(text)).toBe('no such day');
  });

  it.each([
    '',
    'Mar',
    'March of the Penguins',
    '12 Mar',
    '2024-03-12',
    'Mar 12th',
    'Marble 12',
    'Mar 12, 24',
    'May 29 6 7',
  ])('%j is no date', (text) => {
    expect(read(text)).toBeNull();
  });
});
