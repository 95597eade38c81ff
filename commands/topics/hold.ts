import { time } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { PressRequest, PressResult, Reply, Request, Services } from '../../src/discord/command.ts';
import { plain } from '../../src/discord/markdown.ts';
import { changeTopic, type Topic, type TopicChange } from '../../src/store/topics.ts';
import { changeableTopic, changeableTopics, topicMeant } from '../shared/topic-choices.ts';
import { parseUntil } from '../shared/topic-until.ts';
import { zoneOf } from '../shared/topic-zone.ts';
import { topicCard } from './card.ts';

type Change = (topic: Topic) => { change: TopicChange; said: string };

/** Stops a topic until it is resumed. */
export function pauseTopic(text: string, request: Request, services: Services): Promise<Reply> {
  return changed(text, request, services, paused(services));
}

/** Goes on with a topic. */
export function resumeTopic(text: string, request: Request, services: Services): Promise<Reply> {
  return changed(text, request, services, resumed);
}

/** Holds what a topic catches until a time that the reader names in words. */
export async function snoozeTopic(text: string, until: string, request: Request, services: Services): Promise<Reply> {
  const zone = await zoneOf(request.reader.id, services);
  return changed(text, request, services, snoozed(parseUntil(until, services.clock(), zone)));
}

/** `pause`, `resume` and `snooze` on the card of a topic. */
export async function pressHold(
  action: 'resume' | 'snooze',
  request: PressRequest,
  services: Services,
): Promise<PressResult> {
  const topic = await changeableTopic(request.action[1], request, services);
  const zone = await zoneOf(request.reader.id, services);
  const change = action === 'resume' ? resumed : snoozed(parseUntil('1 week', services.clock(), zone));
  return { update: await apply(topic, request, services, change) };
}

/** Pauses a topic that may be changed; returns its card. */
export function pauseNow(topic: Topic, request: Request, services: Services): Promise<Reply> {
  return apply(topic, request, services, paused(services));
}

async function changed(text: string, request: Request, services: Services, change: Change): Promise<Reply> {
  return apply(topicMeant(text, await changeableTopics(request, services)), request, services, change);
}

async function apply(topic: Topic, request: Request, services: Services, decide: Change): Promise<Reply> {
  const { change, said } = decide(topic);
  const now = await changeTopic(services.db, topic.id, change, services.clock());
  if (!now) throw new UserError('This topic is not there any more.');
  return topicCard(now, request, services, said);
}

function paused({ clock }: Services): Change {
  return ({ name, pausedAt }) => ({
    change: { pausedAt: pausedAt ?? clock(), snoozedUntil: null },
    said: pausedAt
      ? `**${plain(name, 100)}** was paused already.`
      : `**${plain(name, 100)}** is paused. What comes meanwhile is not told later.`,
  });
}

const resumed: Change = ({ name, pausedAt, snoozedUntil }) => ({
  change: { pausedAt: null, snoozedUntil: null },
  said:
    pausedAt || snoozedUntil
      ? `**${plain(name, 100)}** goes on: new papers are told again.`
      : `**${plain(name, 100)}** was neither paused nor snoozed; it goes on.`,
});

function snoozed(until: Date): Change {
  return ({ name }) => ({
    change: { snoozedUntil: until, pausedAt: null },
    said: `**${plain(name, 100)}** is quiet until ${time(until, 'f')}. What comes meanwhile is told then, in one message.`,
  });
}
