import { channelMention, time } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import { defineCommand, type PressRequest, type Reply, type Services } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { plain } from '../src/discord/markdown.ts';
import { COLOURS } from '../src/discord/render/colours.ts';
import { button, row } from '../src/discord/render/components.ts';
import { count } from '../src/discord/render/count.ts';
import { countWaiting, type Destination } from '../src/store/deliveries.ts';
import { ownersOf } from '../src/store/destination-owners.ts';
import { enableDestination } from '../src/store/disabled-destinations.ts';
import { type GuildDestination, guildDestinations } from '../src/store/guild-destinations.ts';
import { mayManage } from './shared/topic-rights.ts';

/** Lines and buttons that fit one message. */
const SHOWN = 25;
const BUTTONS = 5;
const MAX_REASON = 200;
const MAX_NAME = 40;

export const destinations = defineCommand({
  declaration: slashCommand({ name: 'destinations', description: 'Where I post in this server, and where I cannot' }),
  options: z.object({}),
  isPrivate: () => true,

  async run(request, services) {
    if (!mayManage(request)) {
      throw new UserError(
        request.guildId === null
          ? `Where I post is set for each server: ask there. What came for you is in ${services.mention('inbox')}.`
          : 'This shows all channels of the server, so it needs the permission Manage Server or Manage Channels.',
      );
    }
    return { ...(await overview(request.guildId ?? '', services)), private: true };
  },

  /** `enable:<kind>:<id>`, and `:list` when the button is on the overview. */
  async press(request, services) {
    const [action, kind, id, from] = request.action;
    if (action !== 'enable' || !id || (kind !== 'channel' && kind !== 'user'))
      throw new UserError('This button is unknown.');
    const done = await enable({ kind, id }, request, services);
    return {
      update: from === 'list' ? await overview(request.guildId ?? '', services) : { content: done, components: [] },
    };
  },
});

/**
 * Lets messages go to a destination again. Returns what happened, in words.
 * @throws UserError when the reader may not, or when it would fail at once.
 */
async function enable(destination: Destination, request: PressRequest, services: Services): Promise<string> {
  const { db } = services;
  if (destination.kind === 'user') {
    if (destination.id !== request.reader.id) throw new UserError('These are somebody else’s direct messages.');
    await enableDestination(db, destination);
    return 'I write to you again.';
  }
  await checkMayEnable(destination, request, services);
  const where = channelMention(destination.id);
  const waiting = await countWaiting(db, destination);
  await enableDestination(db, destination);
  return waiting > 0
    ? `I post in ${where} again. ${count(waiting, 'message')} waited and go out now.`
    : `I post in ${where} again.`;
}

async function checkMayEnable(destination: Destination, request: PressRequest, services: Services): Promise<void> {
  const channel = await services.channel(destination.id);
  const manages = channel !== null && mayManage(request) && channel.guildId === request.guildId;
  if (!manages && !(await ownersOf(services.db, destination)).includes(request.reader.id)) {
    throw new UserError('Only who set something up there, or may manage the server or its channels, can do this.');
  }
  const where = channelMention(destination.id);
  if (!channel) throw new UserError(`I do not see ${where}: it is gone, or I may not look into it. Mend that first.`);
  if (channel.missing.length > 0) {
    throw new UserError(
      `In ${where} I still lack: ${channel.missing.join(', ')}. Give me that first, then press again.`,
    );
  }
}

async function overview(guildId: string, services: Services): Promise<Reply> {
  const { db, mention } = services;
  const all = await guildDestinations(db, guildId);
  const embed = { color: COLOURS.papers, title: 'Where I post in this server' };
  if (all.length === 0) {
    const description = `Nowhere so far. ${mention('subscribe')} lets a channel follow a subject, ${mention('daily set')} has the new papers of each day posted.`;
    return { embeds: [{ ...embed, description }], components: [] };
  }
  const lines = await Promise.all(all.slice(0, SHOWN).map((one) => line(one, services)));
  const more = all.length > SHOWN ? [`… and in ${count(all.length - SHOWN, 'more channel')}.`] : [];
  const closed = all.filter(({ disabled }) => disabled !== null).slice(0, BUTTONS);
  const buttons = await Promise.all(closed.map((one) => enableButton(one, services)));
  return {
    embeds: [{ ...embed, description: [...lines, ...more].join('\n') }],
    components: buttons.length > 0 ? [row(...buttons)] : [],
  };
}

async function line({ destination, topics, summaries, disabled }: GuildDestination, { db }: Services): Promise<string> {
  const what = [topics > 0 ? count(topics, 'topic') : '', summaries > 0 ? summaryCount(summaries) : ''];
  const text = `${channelMention(destination.id)}: ${what.filter(Boolean).join(', ')}`;
  if (!disabled) return text;
  const waiting = await countWaiting(db, destination);
  const why = plain(disabled.failure.words, MAX_REASON);
  return `${text}. **Nothing goes there** since ${time(disabled.disabledAt, 'R')}: ${why} ${count(waiting, 'message')} waiting.`;
}

function summaryCount(number: number): string {
  return number === 1 ? '1 summary' : `${number} summaries`;
}

async function enableButton({ destination: { kind, id } }: GuildDestination, services: Services) {
  const name = (await services.channel(id))?.name;
  return button(
    customId('destinations', 'enable', kind, id, 'list'),
    name ? `Post in #${name.slice(0, MAX_NAME)} again` : 'Post there again',
  );
}
