import { nextRun } from '../core/local-schedule.ts';
import { localTime } from '../core/zones.ts';
import type { QuietHours, Reader } from '../store/readers.ts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** When the quiet hours end that a reader is in; `null` for a reader who may be told now. */
export function quietUntil({ quiet, timezone }: Reader, now: Date, defaultZone: string): Date | null {
  const zone = timezone ?? defaultZone;
  if (!quiet || !isQuiet(quiet, localTime(now, zone).minute)) return null;
  return nextRun({ minute: quiet.until, days: EVERY_DAY, timezone: zone }, now).at;
}

/** Quiet hours may go past midnight. From an hour to itself there are none. */
function isQuiet({ from, until }: QuietHours, minute: number): boolean {
  return from <= until ? from <= minute && minute < until : minute >= from || minute < until;
}
