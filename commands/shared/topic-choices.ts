import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { Request, Services } from '../../src/discord/command.ts';
import { findTopic, nameKey, type Topic, topicsAt, topicsOfGuild, topicsOfReader } from '../../src/store/topics.ts';
import { MOST_CHOICES } from './choices.ts';
import { mayManageChannel } from './manage-channel.ts';
import { checkMayChange } from './topic-rights.ts';

type Choice = APIApplicationCommandOptionChoice<string>;

/** How a suggestion says "this very topic". */
const REFERENCE = /^topic:(\d{1,15})$/;

/** The topics a reader may change: their own, then those of the channels of the server that they may manage. */
export async function changeableTopics(request: Request, services: Services): Promise<Topic[]> {
  const own = await topicsOfReader(services.db, request.reader.id);
  if (request.guildId === null) return own;
  const there = await topicsOfGuild(services.db, request.guildId);
  const channels = new Map<string, boolean>();
  for (const { destination } of there) {
    if (channels.has(destination.id)) continue;
    channels.set(destination.id, await mayManageChannel(destination.id, request, services));
  }
  return [...own, ...there.filter(({ destination }) => channels.get(destination.id))];
}

/** The topics a reader may look at: those they may change, and those of the channel they are in. */
export async function visibleTopics(request: Request, services: Services): Promise<Topic[]> {
  const changeable = await changeableTopics(request, services);
  if (request.guildId === null || request.channelId === null) return changeable;
  const here = await topicsAt(services.db, { kind: 'channel', id: request.channelId });
  const known = new Set(changeable.map(({ id }) => id));
  return [...changeable, ...here.filter(({ id }) => !known.has(id))];
}

/** Topics whose name or query holds what is typed, those whose name begins so first. */
export async function topicChoices(typed: string, topics: readonly Topic[], services: Services): Promise<Choice[]> {
  const wanted = nameKey(typed);
  const found = topics.filter(({ name, query }) => nameKey(`${name} ${query}`).includes(wanted));
  const begun = (topic: Topic) => (nameKey(topic.name).startsWith(wanted) ? 0 : 1);
  const shown = found.toSorted((a, b) => begun(a) - begun(b)).slice(0, MOST_CHOICES);
  return Promise.all(
    shown.map(async (topic) => ({ name: await choiceName(topic, services), value: `topic:${topic.id}` })),
  );
}

async function choiceName(topic: Topic, services: Services): Promise<string> {
  const state = topic.pausedAt ? ' (paused)' : '';
  if (topic.destination.kind === 'user') return `${topic.name}${state}`;
  const channel = await services.channel(topic.destination.id);
  return `${topic.name}, #${channel?.name ?? 'a channel that is gone'}${state}`;
}

/**
 * The topic a reader means by a suggestion or its name.
 * @throws UserError when none of the topics has that name, or several have.
 */
export function topicMeant(text: string, topics: readonly Topic[]): Topic {
  const id = Number(REFERENCE.exec(text.trim())?.[1]);
  const chosen = topics.find((topic) => topic.id === id);
  if (chosen) return chosen;
  const named = topics.filter(({ name }) => nameKey(name) === nameKey(text));
  const begun = named.length > 0 ? named : topics.filter(({ name }) => nameKey(name).startsWith(nameKey(text)));
  const [topic, ...others] = begun;
  if (topic && others.length === 0) return topic;
  if (topics.length === 0)
    throw new UserError('You follow nothing yet. Begin with /subscribe, or with /topics starter.');
  throw new UserError(
    topic
      ? 'Several topics have that name. Choose one of those suggested while you type.'
      : 'There is no such topic of yours. Choose one of those suggested while you type, or see /topics list.',
  );
}

/**
 * The topic that a button is about, which its presser may change.
 * @throws UserError when it is gone, or the presser may not.
 */
export async function changeableTopic(
  id: string | number | undefined,
  request: Request,
  services: Services,
): Promise<Topic> {
  const topic = await topicWithId(id, services);
  await checkMayChange(topic, request, services);
  return topic;
}

/** @throws UserError when there is no such topic any more. */
export async function topicWithId(id: string | number | undefined, { db }: Services): Promise<Topic> {
  const topic = await findTopic(db, Number(id) || 0);
  if (!topic) throw new UserError('This topic is not there any more.');
  return topic;
}
