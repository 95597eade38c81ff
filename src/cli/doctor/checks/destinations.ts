import { REST } from 'discord.js';
import { z } from 'zod';
import { apiBase } from '../../../discord/api-base.ts';
import { type Ask, createAsk, RefusedError } from '../../../discord/ask.ts';
import { findAccount } from '../../../discord/lookups.ts';
import { createRestPlaces } from '../../../discord/rest-places.ts';
import { chunks } from '../../../store/chunks.ts';
import { type DisabledDestination, disabledDestinations } from '../../../store/disabled-destinations.ts';
import { type ChannelDestination, channelDestinations } from '../../../store/guild-destinations.ts';
import { counted } from '../../terminal.ts';
import { type Finding, fault, minute, ok, withDatabase, type World } from '../finding.ts';

/** More channels are not looked at: each costs Discord a request. */
const MOST_CHANNELS = 50;
const AT_ONCE = 5;
/** Of one request, in milliseconds. */
const PATIENCE = 8000;

/** Whether the bot may post wherever topics and summaries are told. */
export const checkDestinations = withDatabase('No channel is set up yet.', async (db, world) => {
  const { channels, total } = await channelDestinations(db, MOST_CHANNELS);
  const closed = await disabledDestinations(db);
  const known = new Map(closed.map((one) => [one.destination.id, one]));
  const look = await looker(world);
  const findings: Finding[] = [];
  for (const some of chunks(channels, AT_ONCE)) {
    const found = await Promise.all(some.map((channel) => finding(channel, known.get(channel.id) ?? null, look)));
    findings.push(...found.filter((one) => one !== null));
  }
  const wrong = findings.length;
  const looked = look ? 'The bot may post' : 'Discord was not asked, and nothing is known to be closed';
  if (total > 0 && wrong === 0) findings.push(ok(`${looked} in ${counted(channels.length, 'channel')}.`));
  if (total > channels.length) findings.push(ok(`${total - channels.length} more channels were not looked at.`));
  if (total === 0) findings.push(ok('No channel is set up yet.'));
  return [...findings, ...readersClosed(closed)];
});

interface Seen {
  /** `#papers of Paper readers`. */
  name: string;
  /** What is wrong, in words; `null` when nothing is. */
  problem: string | null;
}

type Look = (channel: ChannelDestination) => Promise<Seen>;

/** `null` where Discord cannot be asked; its own check says why. */
async function looker({ config, fetch }: World): Promise<Look | null> {
  const { token, apiUrl } = config;
  if (!token) return null;
  const ask = createAsk({ token, apiUrl, fetch });
  const account = await findAccount(ask).catch(() => null);
  if (!account) return null;
  const api = apiBase(apiUrl);
  const rest = new REST({ api, version: '10', timeout: PATIENCE, retries: 0 }).setToken(token);
  const places = createRestPlaces({ rest, botId: account.id, freshFor: Infinity });
  return async ({ id, guildId }) => {
    const info = await places.channel(id);
    const guild = guildId === null ? null : await guildName(ask, guildId);
    const where = guild === null ? `in server ${guildId}` : `of ${guild}`;
    if (!info) return { name: `channel ${id} ${where}`, problem: await whyUnseen(ask, id, guild) };
    const { missing, name } = info;
    const problem =
      missing.length === 0 ? null : `Missing there: ${missing.join(', ')}. Allow it in the channel's settings.`;
    return { name: `#${name} ${where}`, problem };
  };
}

async function guildName(ask: Ask, id: string): Promise<string | null> {
  const guild = await ask(`/guilds/${id}`, z.object({ name: z.string() })).catch(() => null);
  return guild?.name ?? null;
}

async function whyUnseen(ask: Ask, id: string, guild: string | null): Promise<string> {
  if (guild === null)
    return 'The bot is not in that server any more. Add it again; else its settings go after 30 days.';
  const gone = 'The channel is gone, or holds no messages. Set its topics and summaries up in another one.';
  try {
    await ask(`/channels/${id}`, z.unknown());
    return gone;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 403) return gone;
    return 'Missing there: View Channel. Allow it in the channel’s settings.';
  }
}

async function finding(
  channel: ChannelDestination,
  closed: DisabledDestination | null,
  look: Look | null,
): Promise<Finding | null> {
  const seen = await look?.(channel);
  const name = seen?.name ?? `channel ${channel.id}`;
  if (seen?.problem) return fault(`${name}: nothing can be posted. ${seen.problem}`);
  if (!closed) return null;
  const why = `nothing is posted since ${minute(closed.disabledAt)}. ${closed.failure.words}`;
  return fault(`${name}: ${why} When that is mended, /destinations there opens it again.`);
}

/** Readers may close their direct messages; `/inbox` shows them what came. */
function readersClosed(closed: readonly DisabledDestination[]): Finding[] {
  const readers = closed.filter(({ destination }) => destination.kind === 'user').length;
  return readers === 0
    ? []
    : [ok(`${counted(readers, 'reader')} with closed direct messages; /inbox shows what came.`)];
}
