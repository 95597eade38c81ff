import type { Clock } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import { inviteUrlOf } from '../../discord/client.ts';
import type { ChannelInfo } from '../../discord/channels.ts';
import { findChannels, findGuilds, findMembership, MOST_GUILDS } from '../../discord/lookups.ts';
import { type Asker, askUntil } from './asker.ts';
import type { Bot } from './bot.ts';

/** Where the daily summary is posted. */
export interface Place {
  guild: { id: string; name: string };
  channel: ChannelInfo;
}

const NONE = 'none';

/** What is offered first, by ids. */
interface Present {
  guildId: string;
  channelId: string;
}

/** Asks for a server of the bot's and a channel in it that it may post to; `null` for those who want no summary now. */
export async function askPlace(asker: Asker, bot: Bot, present: Present | null, clock: Clock): Promise<Place | null> {
  asker.say(`This link adds ${bot.name} to a server:\n${inviteUrlOf(bot.application.id)}`);
  const guild = await askGuild(asker, bot, present);
  const channel = guild && (await askChannel(asker, bot, guild, present, clock));
  return guild && channel && { guild, channel };
}

async function askGuild(asker: Asker, bot: Bot, present: Present | null): Promise<Place['guild'] | null> {
  const look = async () => {
    const found = await findGuilds(bot.ask);
    return found.length > 0 ? found : null;
  };
  const guilds =
    (await look()) ??
    (await asker.wait({
      message: 'The bot is in no server yet. Open the link and add it; I am looking.',
      skip: 'Go on without a server; /daily set sets a summary up later',
      look,
    }));
  const [only, ...others] = guilds ?? [];
  if (!guilds || !only) return null;
  if (guilds.length >= MOST_GUILDS) asker.say(`The bot is in many servers; these are ${MOST_GUILDS} of them.`);
  const choices = guilds.map(({ id, name }) => ({ value: id, label: name, hint: id }));
  const initial = guilds.find(({ id }) => id === present?.guildId) ?? only;
  const message = 'Which server gets the first daily summary?';
  const chosen =
    others.length === 0 ? only.id : await asker.choose({ name: 'server', message, choices, initial: initial.id });
  return guilds.find(({ id }) => id === chosen) ?? null;
}

async function askChannel(
  asker: Asker,
  bot: Bot,
  guild: Place['guild'],
  present: Present | null,
  clock: Clock,
): Promise<ChannelInfo | null> {
  let channels: ChannelInfo[] = [];
  return askUntil(
    asker,
    async () => {
      // Each time anew: permissions may have been mended meanwhile.
      channels = await findChannels(bot.ask, await findMembership(bot.ask, guild.id, bot.id), clock());
      const choices = channels.map(({ id, name, kind, missing }) => ({
        value: id,
        label: `#${name}`,
        hint: missing.length > 0 ? `the bot may not post there yet; ${kind}` : kind,
      }));
      const none = { value: NONE, label: 'None for now', hint: '/daily set sets one up later' };
      return asker.choose({
        name: 'channel',
        message: `Where in ${guild.name} is the daily summary posted?`,
        choices: [...choices, none],
        initial: firstOffered(asker, channels, present),
      });
    },
    (id) => checkChannel(channels.find((channel) => channel.id === id) ?? null),
  );
}

/** Without a person to choose, no channel gets anything that was not named. */
function firstOffered(asker: Asker, channels: readonly ChannelInfo[], present: Present | null): string {
  const before = channels.find(({ id }) => id === present?.channelId);
  const open = asker.isPatient ? channels.find(({ missing }) => missing.length === 0) : undefined;
  return (before ?? open)?.id ?? NONE;
}

function checkChannel(channel: ChannelInfo | null): ChannelInfo | null {
  if (!channel) return null;
  const { name, missing, requiresTag } = channel;
  if (missing.length > 0) {
    throw new UserError(
      `The bot may not post in #${name} yet. Missing there: ${missing.join(', ')}. Allow it in Discord (Edit Channel, Permissions, the bot's role), then choose the channel again.`,
    );
  }
  if (!requiresTag) return channel;
  throw new UserError(
    `Every post in #${name} needs a tag, and /daily set asks for it. Choose another channel, or none for now.`,
  );
}
