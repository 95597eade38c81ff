import { UserError } from '../../src/core/errors.ts';
import { timeOfDay } from '../../src/core/zone-words.ts';
import { isTimezone, localTime, timezones } from '../../src/core/zones.ts';
import type { Services } from '../../src/discord/command.ts';
import { findReader } from '../../src/store/readers.ts';
import { MOST_CHOICES } from './choices.ts';

/** Offered before anything is typed: one zone where many people live, for most hours of the day. */
const COMMON = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Kyiv',
  'Africa/Lagos',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];

/** Where the clock hangs that counts for a reader: their own zone, else that of the bot. */
export async function zoneOf(readerId: string, { db, timezone }: Pick<Services, 'db' | 'timezone'>): Promise<string> {
  return (await findReader(db, readerId)).timezone ?? timezone;
}

/**
 * The zone that a reader means by its name, its city (`berlin`, `new york`) or `UTC`.
 * @throws UserError when no zone has that name, or several cities have.
 */
export function parseZone(text: string): string {
  const typed = text.trim();
  const [exact] = zonesLike(typed, 1);
  if (exact && (keyOf(exact) === keyOf(typed) || keyOf(cityOf(exact)) === keyOf(typed))) return exact;
  if (isTimezone(typed) && typed.includes('/')) return typed;
  const near = zonesLike(typed, 3);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : 'Write it as Europe/Berlin, or choose one of those suggested.';
  throw new UserError(`"${text}" is no time zone that I know. ${hint}`);
}

/** The zones that begin like the text or whose city does, then those that hold it; `berlin` finds Europe/Berlin. */
export function zonesLike(text: string, most: number): string[] {
  const wanted = keyOf(text);
  if (!wanted) return [];
  const rank = (zone: string): number => {
    const [key, city] = [keyOf(zone), keyOf(cityOf(zone))];
    if (key === wanted || city === wanted) return 0;
    if (city.startsWith(wanted)) return 1;
    return key.startsWith(wanted) ? 2 : 3;
  };
  const found = timezones().filter((zone) => keyOf(zone).includes(wanted));
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}

/** Zones while typing, each with the time it is there; the reader's own comes first. */
export function zoneChoices(typed: string, own: string, now: Date): { name: string; value: string }[] {
  const zones = typed.trim() ? zonesLike(typed, MOST_CHOICES) : [...new Set([own, ...COMMON])];
  return zones.map((zone) => ({ name: `${zone} (${timeOfDay(localTime(now, zone).minute)} there)`, value: zone }));
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1);
}

function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
