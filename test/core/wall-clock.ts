/** A clock that reads `2026-03-29 0150` (day, and minute of the day) in a zone, by Node's own tables. */
export function wallClock(timezone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  return (moment) => {
    const [date = '', time = ''] = format.format(moment).split(' ');
    const [hour, minute] = time.split(':').map(Number);
    return `${date} ${String((hour ?? 0) * 60 + (minute ?? 0)).padStart(4, '0')}`;
  };
}
