import { UserError } from '../../src/core/errors.ts';
import type { Request, Services } from '../../src/discord/command.ts';
import type { Topic } from '../../src/store/topics.ts';
import type { Settings } from '../shared/topic-draft.ts';
import { nameFor, queryIn } from '../shared/topic-name.ts';
import { own, placeOf } from '../shared/topic-place.ts';
import { parseWhen } from '../shared/topic-when.ts';
import { parseZone, zoneOf } from '../shared/topic-zone.ts';

export type Change = Partial<Settings>;

/** What may be named of a topic that is to be changed. */
export interface EditOptions {
  query?: string | undefined;
  name?: string | undefined;
  where?: string | undefined;
  told?: Topic['toldBy'] | undefined;
  when?: string | undefined;
  timezone?: string | undefined;
  mention?: string | undefined;
  no_mention?: boolean | undefined;
}

/**
 * What options name, and nothing else.
 * @throws UserError when something cannot be understood, or not be done.
 */
export async function changeOf(
  options: EditOptions,
  topic: Topic,
  request: Request,
  services: Services,
): Promise<Change> {
  return differing(topic, {
    ...wordsOf(options, topic),
    ...(await placeChange(options, topic, request, services)),
    ...(await scheduleChange(options, topic, request, services)),
  });
}

/** Of a change what is not so already. */
export function differing(topic: Topic, change: Change): Change {
  const now: Change = topic;
  const entries = Object.entries(change).filter(([key, value]) => {
    return JSON.stringify(value) !== JSON.stringify(now[key as keyof Change]);
  });
  return Object.fromEntries(entries);
}

/** A topic that is named after its query goes on to be. */
function wordsOf({ query: typed, name }: EditOptions, topic: Topic): Change {
  const query = typed === undefined ? undefined : queryIn(typed);
  if (query === undefined) return name?.trim() ? { name: nameFor(name, topic.query) } : {};
  const follows = topic.name === nameFor('', topic.query);
  return { query, ...(name?.trim() || follows ? { name: nameFor(name, query) } : {}) };
}

async function placeChange(options: EditOptions, topic: Topic, request: Request, services: Services): Promise<Change> {
  const { where, told, no_mention: noMention } = options;
  const mention = options.mention ?? (noMention ? undefined : (topic.mentionRoleId ?? undefined));
  if (noMention && options.mention !== undefined) {
    throw new UserError('"mention" names a role and "no_mention" takes it away. Give one of them.');
  }
  if (where !== undefined) return placeOf({ where, told, mention }, request, services);
  if (topic.guildId === null) {
    if (options.mention !== undefined) await placeOf({ mention }, request, services);
    return told === undefined ? {} : { toldBy: own(topic.readerId, told).toldBy };
  }
  if (told !== undefined) {
    throw new UserError(
      '"told" is for what you follow yourself; this is a channel’s topic. To have it yourself, use /subscribe.',
    );
  }
  if (options.mention === undefined) return noMention ? { mentionRoleId: null } : {};
  const { mentionRoleId } = await placeOf({ where: topic.destination.id, mention }, request, services);
  return { mentionRoleId };
}

/** A zone alone moves the clock of a time that is set already. */
async function scheduleChange(
  { when, timezone }: EditOptions,
  { schedule }: Topic,
  { reader }: Request,
  services: Services,
): Promise<Change> {
  const zone = timezone === undefined ? undefined : parseZone(timezone);
  if (when?.trim()) {
    return { schedule: parseWhen(when, zone ?? schedule?.timezone ?? (await zoneOf(reader.id, services))) };
  }
  if (zone === undefined) return {};
  if (schedule) return { schedule: { ...schedule, timezone: zone } };
  throw new UserError(
    'This topic is told at once, so no clock counts. Name a time with "when", for example daily at 08:00.',
  );
}
