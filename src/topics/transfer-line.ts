import { z } from 'zod';
import { errorText, UserError } from '../core/errors.ts';
import { isTimezone } from '../core/zones.ts';
import { LONGEST_QUERY } from '../search/query/limits.ts';
import { parseQuery } from '../search/query/parse.ts';
import type { Destination } from '../store/deliveries.ts';
import type { NewTopic, Topic } from '../store/topics.ts';

/** The longest name of a topic, in characters. */
export const LONGEST_NAME = 100;

/** By their number; 0 is Sunday. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Whose a topic is, and where it is told. */
export type Owner = Pick<Topic, 'readerId' | 'guildId' | 'destination'>;

const id = z.string().regex(/^\d{1,20}$/, 'expected an id of digits');
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time like 09:00');
const moment = z.iso.datetime({ error: 'expected a moment like 2026-03-10T08:00:00Z' });

/** One line of a file of topics. */
const line = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(LONGEST_NAME, `at most ${LONGEST_NAME} characters`).optional(),
  query: z.string().trim().min(1, 'expected a query').max(LONGEST_QUERY, `at most ${LONGEST_QUERY} characters`),
  owner: z
    .union(
      [z.strictObject({ reader: id }), z.strictObject({ server: id, channel: id, setUpBy: id.or(z.literal('')) })],
      {
        error: 'expected {"reader": id} or {"server": id, "channel": id, "setUpBy": id}',
      },
    )
    .optional(),
  form: z.enum(['message', 'forum post', 'announcement'], 'expected message, forum post or announcement').optional(),
  toldBy: z.enum(['message', 'inbox'], 'expected message or inbox').optional(),
  mentionRole: id.nullable().optional(),
  schedule: z
    .strictObject({
      at: time,
      days: z.array(z.enum(DAYS, `expected days out of ${DAYS.join(', ')}`)).min(1, 'expected a day of the week'),
      timezone: z.string().refine(isTimezone, 'expected an IANA zone, for example Europe/Berlin'),
    })
    .nullable()
    .optional(),
  pausedAt: moment.nullable().optional(),
  snoozedUntil: moment.nullable().optional(),
});

/** The topic as a line of a file; `readTopicLine` reads it again. */
export function topicLine(topic: Topic): string {
  const { name, query, readerId, guildId, destination, form, toldBy, schedule } = topic;
  const owner =
    guildId === null ? { reader: readerId } : { server: guildId, channel: destination.id, setUpBy: readerId };
  return JSON.stringify({
    name,
    query,
    owner,
    form,
    toldBy,
    mentionRole: topic.mentionRoleId,
    schedule: schedule && {
      at: clockTime(schedule.minute),
      days: schedule.days.map((day) => DAYS[day] ?? 'sun'),
      timezone: schedule.timezone,
    },
    pausedAt: topic.pausedAt?.toISOString() ?? null,
    snoozedUntil: topic.snoozedUntil?.toISOString() ?? null,
  });
}

/**
 * Reads a line of a file of topics; what it does not name is left out.
 * @param owner whose it becomes, whatever the line says; `null`: the line has to say.
 * @throws UserError when it is no topic: what was wrong, and what was expected.
 */
export function readTopicLine(text: string, owner: Owner | null): NewTopic {
  const result = line.safeParse(parseJson(text));
  if (!result.success) throw new UserError(result.error.issues.map(fault).join('; '));
  const { data } = result;
  if (parseQuery(data.query).node === null) throw new UserError('query: asks for nothing; expected words');
  const named = owner ?? (data.owner && ownerOf(data.owner));
  if (!named) throw new UserError('owner: expected {"reader": id} or {"server": id, "channel": id, "setUpBy": id}');
  const { schedule, mentionRole, pausedAt, snoozedUntil, form, toldBy } = data;
  return {
    name: data.name ?? shortened(data.query),
    query: data.query,
    ...named,
    // A file of a server's topics, read by a reader, has neither forums nor roles for them.
    ...(form !== undefined && named.guildId !== null && { form }),
    ...(mentionRole !== undefined && named.guildId !== null && { mentionRoleId: mentionRole }),
    ...(toldBy !== undefined && named.guildId === null && { toldBy }),
    ...(schedule !== undefined && { schedule: schedule && scheduleOf(schedule) }),
    ...(pausedAt !== undefined && { pausedAt: pausedAt === null ? null : new Date(pausedAt) }),
    ...(snoozedUntil !== undefined && { snoozedUntil: snoozedUntil === null ? null : new Date(snoozedUntil) }),
  };
}

/** The beginning of a query, as a name: whole characters as people see them. */
function shortened(query: string): string {
  let name = '';
  for (const { segment } of new Intl.Segmenter('en').segment(query)) {
    if (name.length + segment.length > LONGEST_NAME) break;
    name += segment;
  }
  return name;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`expected a JSON object, like {"name": "Agents", "query": "llm agents"} (${errorText(error)})`);
  }
}

function fault({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

type LineOwner = NonNullable<z.infer<typeof line>['owner']>;

function ownerOf(owner: LineOwner): Owner {
  if ('reader' in owner) {
    const destination: Destination = { kind: 'user', id: owner.reader };
    return { readerId: owner.reader, guildId: null, destination };
  }
  return { readerId: owner.setUpBy, guildId: owner.server, destination: { kind: 'channel', id: owner.channel } };
}

function scheduleOf({ at, days, timezone }: NonNullable<z.infer<typeof line>['schedule']>) {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const numbers = [...new Set(days)].map((day) => DAYS.indexOf(day)).sort((a, b) => a - b);
  return { minute: hours * 60 + minutes, days: numbers, timezone };
}

function clockTime(minute: number): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${digits(Math.floor(minute / 60))}:${digits(minute % 60)}`;
}
