import { UserError } from '../../src/core/errors.ts';
import type { Request, Services } from '../../src/discord/command.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';
import { findSummary, summariesOfGuild, type Summary } from '../../src/store/summaries.ts';
import { MOST_CHOICES } from '../shared/choices.ts';
import { mayManageChannel } from '../shared/manage-channel.ts';
import type { Period } from './declaration.ts';

/** How a suggestion says "this very summary". */
const REFERENCE = /^summary:(\d{1,15})$/;

/** @throws UserError when the reader may not set up what a channel gets. */
export async function checkMaySetUp(channelId: string, request: Request, services: Services): Promise<void> {
  if (await mayManageChannel(channelId, request, services)) return;
  throw new UserError(
    'A summary of a channel needs the permission Manage Server or Manage Channels, which you do not have there. Everybody can look with /daily show, and follow subjects with /subscribe.',
  );
}

/** The daily or weekly summaries of the server, the oldest first. */
export async function summariesHere(period: Period, { guildId }: Request, { db }: Services): Promise<Summary[]> {
  const all = guildId === null ? [] : await summariesOfGuild(db, guildId);
  return all.filter((summary) => summary.period === period);
}

/** The summaries whose channel or time holds what is typed. */
export async function summaryChoices(typed: string, summaries: readonly Summary[], services: Services) {
  const choices = await Promise.all(
    summaries.map(async (summary) => {
      const channel = await services.channel(summary.channelId);
      const name = `#${channel?.name ?? 'a channel that is gone'}, ${scheduleWords(summary.schedule)}`;
      return { name: summary.pausedAt ? `${name} (paused)` : name, value: `summary:${summary.id}` };
    }),
  );
  const wanted = typed.trim().toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST_CHOICES);
}

/**
 * The summary that is meant: the one chosen, else the only one, else that of the channel that is asked from.
 * @throws UserError when the reader may not set it up, there is none, or it is not clear which.
 */
export async function summaryMeant(
  period: Period,
  chosen: string | undefined,
  request: Request,
  services: Services,
): Promise<Summary> {
  const summary = which(period, chosen, await summariesHere(period, request, services), request);
  await checkMaySetUp(summary.channelId, request, services);
  return summary;
}

function which(period: Period, chosen: string | undefined, summaries: readonly Summary[], request: Request): Summary {
  const [only, ...others] = summaries;
  if (!only) throw new UserError(`No ${period} summary is set up in this server. Begin with /${period} set.`);
  if (chosen === undefined) {
    if (others.length === 0) return only;
    const [here, ...more] = summaries.filter(({ channelId }) => channelId === request.channelId);
    if (here && more.length === 0) return here;
    throw new UserError(`This server has ${summaries.length} ${period} summaries. Say which one with "summary".`);
  }
  const id = Number(REFERENCE.exec(chosen.trim())?.[1]);
  const found = summaries.find((summary) => summary.id === id);
  if (found) return found;
  throw new UserError(`There is no such ${period} summary here. Choose one of those suggested while you type.`);
}

/**
 * The summary that a button is about, which its presser may change.
 * @throws UserError when it is gone, or the presser may not.
 */
export async function summaryPressed(id: string | undefined, request: Request, services: Services): Promise<Summary> {
  const summary = await findSummary(services.db, Number(id) || 0);
  if (!summary || summary.guildId !== request.guildId) {
    throw new UserError('This summary is not there any more. See /daily show and /weekly show.');
  }
  await checkMaySetUp(summary.channelId, request, services);
  return summary;
}
