import { UserError } from '../../src/core/errors.ts';
import type { LocalSchedule } from '../../src/core/local-schedule.ts';
import { timeOfDay } from '../../src/core/zone-words.ts';
import { isTimezone } from '../../src/core/zones.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';
import { capital } from '../../src/discord/text.ts';
import { zonesLike } from './topic-zone.ts';

type Choice = { name: string; value: string };

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS = [1, 2, 3, 4, 5];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const AT_ONCE = /^(?:at once|once|now|immediately|instantly|always|as (?:they|it) comes?)$/;
const TIME = /(?:^| )(?:at )?(?:(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|h|o'clock)?|(noon|midnight))(?= |$)/;
/** When nobody names an hour. */
const MORNING = 9 * 60;

const COMMON = ['at once', 'daily at 08:00', 'weekdays at 08:00', 'Mondays at 09:00', 'Fridays at 16:00'];
const MOST_ZONES = 8;

/**
 * What a reader means by `at once`, `daily at 08:00`, `weekdays 7.30`, `Mondays and Thursdays at 9 pm`, `weekly`, each with or
 * without a zone behind it; `null` stands for at once. `timezone` counts where none is named.
 * @throws UserError when the text is none of these.
 */
export function parseWhen(text: string, timezone: string): LocalSchedule | null {
  const meant = readWhen(text, timezone);
  if (meant !== undefined) return meant;
  throw new UserError(
    `"${text}" is no time that I understand. Try: at once, daily at 08:00, weekdays at 7:30, Mondays and Thursdays at 09:00.`,
  );
}

/**
 * The minute of the day that a reader means by `22:00`, `7.30`, `9 pm` or `noon`.
 * @throws UserError when the text is none of these.
 */
export function parseTimeOfDay(text: string): number {
  const typed = text.trim().toLowerCase();
  const time = TIME.exec(typed);
  const minute = time?.[0].length === typed.length ? minuteOf(time) : null;
  if (minute === null) throw new UserError(`"${text}" is no time of day. Write it as 22:00, 7:30 or 9 pm.`);
  return minute;
}

/** Times of day while typing: the hours, or both halves of what is typed. */
export function timeChoices(typed: string): Choice[] {
  const text = typed.trim().toLowerCase();
  const hours = Array.from({ length: 24 }, (_, hour) => timeOfDay(((hour + 6) % 24) * 60));
  const begun = hours.filter((hour) => hour.startsWith(text) || hour.startsWith(`0${text}`));
  const time = text ? TIME.exec(text) : null;
  const minute = time?.[0].length === text.length ? minuteOf(time) : null;
  const meant = minute === null ? [] : [timeOfDay(minute)];
  return [...new Set([...meant, ...begun])].map((name) => ({ name, value: name }));
}

/** `undefined` for what is no time. */
function readWhen(text: string, timezone: string): LocalSchedule | null | undefined {
  const words = text.trim().replace(/[,\s]+/g, ' ');
  if (AT_ONCE.test(words.toLowerCase())) return null;
  const { rest, zone } = withoutZone(words);
  const typed = rest.toLowerCase();
  const time = TIME.exec(typed);
  const minute = time ? minuteOf(time) : MORNING;
  const named = time ? `${typed.slice(0, time.index)} ${typed.slice(time.index + time[0].length)}` : typed;
  const days = daysOf(named.replace(/\s+/g, ' ').trim(), time !== null);
  return minute === null || days === null ? undefined : { minute, days, timezone: zone ?? timezone };
}

/** A zone behind the time: `daily at 8 Europe/Berlin`. */
function withoutZone(words: string): { rest: string; zone: string | null } {
  const [, rest, zone] = /^(.*?) ?\(?(?:in )?([A-Za-z]+(?:\/[\w/+-]+)|UTC|utc)\)?$/.exec(words) ?? [];
  return rest !== undefined && zone && isTimezone(zone)
    ? { rest, zone: zonesLike(zone, 1)[0] ?? zone }
    : { rest: words, zone: null };
}

function minuteOf([, hours, minutes, half, named]: RegExpExecArray): number | null {
  if (named) return named === 'noon' ? 12 * 60 : 0;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  const isHalf = half === 'am' || half === 'pm';
  if (minute > 59 || hour > (isHalf ? 12 : 23) || (isHalf && hour === 0)) return null;
  return ((isHalf ? hour % 12 : hour) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

/** Days of the week by their names; a time alone means every day. */
function daysOf(text: string, hasTime: boolean): number[] | null {
  if (text === '' && hasTime) return EVERY_DAY;
  if (/^(?:daily|(?:every |each )?days?|every day)$/.test(text)) return EVERY_DAY;
  if (/^(?:on |every )?(?:weekdays?|work(?:ing )?days?)$/.test(text)) return WEEKDAYS;
  if (/^(?:on |every |at )?weekends?$/.test(text)) return [0, 6];
  if (/^(?:weekly|every week|once a week)$/.test(text)) return [1];
  const names = text.split(/ |&|\+|\//).filter((word) => word && !['on', 'and', 'every', 'weekly'].includes(word));
  const days = names.map(dayNamed);
  if (names.length === 0 || days.includes(-1)) return null;
  return EVERY_DAY.filter((day) => days.includes(day));
}

/** `mon`, `Monday`, `Mondays`, `thurs`; -1 for anything else. */
function dayNamed(word: string): number {
  const day = DAY_NAMES.findIndex((name) => word.startsWith(name));
  const whole = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][day];
  return whole && `${whole}s`.startsWith(word) ? day : -1;
}

/** What may be meant while typing: what is typed so far, with zones that it may end in, or common times. */
export function whenChoices(typed: string, timezone: string): Choice[] {
  const text = typed.trim();
  const meant = text ? readWhen(text, timezone) : undefined;
  const schedules = meant === undefined ? [] : [meant];
  const begun = COMMON.filter((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  const common = begun.flatMap((name) => readWhen(name, timezone) ?? (name === 'at once' ? [null] : []));
  return [...schedules, ...withZones(text, timezone), ...common, ...begunDays(text, timezone)].map(asChoice);
}

/** `daily at 8 eur` may end in `Europe/Berlin`. */
function withZones(text: string, timezone: string): LocalSchedule[] {
  const [, rest = '', begun = ''] = /^(.+) ([A-Za-z]{3,}[\w/]*)$/.exec(text) ?? [];
  const meant = rest ? readWhen(rest, timezone) : null;
  return meant ? zonesLike(begun, MOST_ZONES).map((zone) => ({ ...meant, timezone: zone })) : [];
}

/** `th` may be Thursdays. */
function begunDays(text: string, timezone: string): LocalSchedule[] {
  const begun = text.toLowerCase();
  if (!/^[a-z]{1,3}$/.test(begun)) return [];
  return DAY_NAMES.flatMap((name, day) => (name.startsWith(begun) ? [{ minute: MORNING, days: [day], timezone }] : []));
}

function asChoice(schedule: LocalSchedule | null): Choice {
  const words = scheduleWords(schedule);
  return { name: capital(words), value: words };
}
