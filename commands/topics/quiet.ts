import { UserError } from '../../src/core/errors.ts';
import { timeOfDay } from '../../src/core/zone-words.ts';
import { localTime } from '../../src/core/zones.ts';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { changeReader, findReader, type QuietHours, type Reader } from '../../src/store/readers.ts';
import { parseTimeOfDay } from '../shared/topic-when.ts';
import { parseZone } from '../shared/topic-zone.ts';

export interface QuietOptions {
  from?: string | undefined;
  until?: string | undefined;
  timezone?: string | undefined;
  off?: boolean | undefined;
}

/** Sets what is named of a reader's quiet hours and zone; shows them when nothing is. */
export async function quiet(options: QuietOptions, { reader }: Request, services: Services): Promise<Reply> {
  const before = await findReader(services.db, reader.id);
  const change = changeOf(options, before);
  await changeReader(services.db, reader.id, change);
  const now = { ...before, ...change };
  const isChanged = Object.keys(change).length > 0;
  return {
    embeds: [{ color: COLOURS.papers, title: 'Your quiet hours', description: words(now, isChanged, services) }],
  };
}

function changeOf({ from, until, timezone, off }: QuietOptions, before: Reader): Partial<Omit<Reader, 'id'>> {
  const zone = timezone === undefined ? {} : { timezone: parseZone(timezone) };
  if (off) {
    if (from !== undefined || until !== undefined) {
      throw new UserError('"off" ends your quiet hours, "from" and "until" set them. Name one or the other.');
    }
    return { ...zone, quiet: null };
  }
  const quiet = hoursOf(from, until, before.quiet);
  return quiet ? { ...zone, quiet } : zone;
}

/** @throws UserError when only one end is known, or both are the same. */
function hoursOf(from: string | undefined, until: string | undefined, before: QuietHours | null): QuietHours | null {
  if (from === undefined && until === undefined) return null;
  const start = from === undefined ? before?.from : parseTimeOfDay(from);
  const end = until === undefined ? before?.until : parseTimeOfDay(until);
  if (start === undefined || end === undefined) {
    throw new UserError('Quiet hours need both "from" and "until", for example from 22:00 until 07:30.');
  }
  if (start === end)
    throw new UserError('Quiet hours from an hour to itself would be none. Choose two different times.');
  return { from: start, until: end };
}

function words({ quiet, timezone }: Reader, isChanged: boolean, { clock, timezone: ours, mention }: Services): string {
  const zone = timezone ?? ours;
  const clockThere = timeOfDay(localTime(clock(), zone).minute);
  const where =
    timezone === null
      ? `Your time zone is not set, so the clock of **${zone}** counts, where it is ${clockThere} now.`
      : `Your time zone is **${zone}**, where it is ${clockThere} now.`;
  const hours = quiet
    ? `From **${timeOfDay(quiet.from)}** until **${timeOfDay(quiet.until)}** you get no direct message. What comes meanwhile is held, and told in one message when they end.`
    : 'You have none: you are told at any hour.';
  const hint = isChanged ? '' : `\n-# Set them with ${mention('topics quiet')}, for example from 22:00 until 07:30.`;
  return `${hours}\n${where}${hint}`;
}
