import { time } from 'discord.js';
import { z } from 'zod';
import { dayInZone } from '../src/core/dates.ts';
import { defineCommand, type Services } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { COLOURS } from '../src/discord/render/colours.ts';
import { count } from '../src/discord/render/count.ts';
import { daysAgo, isWeekend, longDay } from '../src/discord/render/days.ts';
import { summaryLines } from '../src/discord/render/summary-status.ts';
import { countWaiting } from '../src/store/deliveries.ts';
import { countDigests, newestDay, papersOfDay } from '../src/store/digests.ts';
import { SENDER_LEASE, TAKEN_OVER_WITHIN } from '../src/store/holding.ts';
import { type Ingestion, lastIngestion } from '../src/store/ingestions.ts';
import { leaseHolder } from '../src/store/leases.ts';
import { countPapers } from '../src/store/papers.ts';
import { runningProcesses } from '../src/store/processes.ts';
import { sourceReport } from '../src/store/source-states.ts';
import { summariesOfGuild } from '../src/store/summaries.ts';
import { lastPosts } from '../src/store/summary-posts.ts';
import { sourceLines } from './shared/source-lines.ts';

/** A look for papers that takes longer was cut off, in milliseconds. */
const LONGEST_INGESTION = 30 * 60_000;

export const status = defineCommand({
  declaration: slashCommand({ name: 'status', description: 'What is in the archive, and when new papers come' }),
  options: z.object({}),
  isPrivate: () => true,

  async run({ guildId }, services) {
    const { db, clock } = services;
    const [newest, last, sources, waiting] = await Promise.all([
      newestDay(db),
      lastIngestion(db),
      sourceReport(db, clock()),
      services.unreadableFiles(),
    ]);
    const fields = [
      { name: 'Archive', value: await archive(services) },
      { name: 'Newest digest', value: newest ? await newestDigest(newest, services) : 'None so far.' },
      { name: 'Looking for papers', value: `${lastLook(last, clock())}\n${await nextLook(services)}` },
      { name: 'Sources', value: sourceLines(sources) },
      { name: 'Unreadable files', value: unreadable(waiting) },
      { name: 'Messages', value: await messages(services) },
      { name: 'Processes', value: await processes(services) },
      { name: 'Summaries here', value: guildId === null ? '' : await summaries(guildId, services) },
    ].filter(({ value }) => value);
    return { private: true, embeds: [{ color: COLOURS.papers, title: 'How Paperboy is doing', fields }] };
  },
});

async function summaries(guildId: string, { db }: Services): Promise<string> {
  const states = (await summariesOfGuild(db, guildId)).map(async (summary) => {
    const [last = null] = await lastPosts(db, summary.id, 1);
    return { summary, last };
  });
  return summaryLines(await Promise.all(states));
}

async function archive({ db, search }: Services): Promise<string> {
  const [papers, digests] = await Promise.all([countPapers(db), countDigests(db)]);
  const left = papers - search.size;
  const reading = left > 0 ? `\n${count(left, 'paper')} will be found by /search in a moment.` : '';
  return `**${count(papers, 'paper')}** from **${count(digests, 'digest')}**.${reading}`;
}

/** A quiet weekend and a list that should have come look alike unless they are told apart. */
async function newestDigest(day: string, { db, clock, timezone }: Services): Promise<string> {
  const today = dayInZone(clock(), timezone);
  const { total } = await papersOfDay(db, day, { limit: 1, offset: 0 });
  const rest = day < today && isWeekend(today) ? ' The daily list rests at weekends.' : '';
  return `${longDay(day)}, ${daysAgo(day, today)}: **${count(total, 'paper')}**.${rest}`;
}

function lastLook(last: Ingestion | null, now: Date): string {
  if (!last) return 'Nobody has looked yet.';
  const { startedAt, finishedAt, digests, newPapers, unreadable } = last;
  if (!finishedAt) {
    const stopped = now.getTime() - startedAt.getTime() > LONGEST_INGESTION;
    return stopped
      ? `The last look, ${time(startedAt, 'R')}, was cut off.`
      : `Looking right now, since ${time(startedAt, 'R')}.`;
  }
  const found =
    digests > 0
      ? `${count(digests, 'digest')}, ${newPapers} new ${newPapers === 1 ? 'paper' : 'papers'}`
      : 'nothing new';
  return `Last: ${time(finishedAt, 'R')}, ${found}${unreadable > 0 ? `, ${unreadable} unreadable` : ''}.`;
}

async function nextLook({ nextIngestion }: Services): Promise<string> {
  const next = await nextIngestion();
  return next ? `Next: ${time(next, 'R')}.` : '**No process looks for papers right now.**';
}

function unreadable(waiting: number): string {
  if (waiting === 0) return '';
  const are = waiting === 1 ? 'waits' : 'wait';
  return `**${count(waiting, 'file')}** could not be read and ${are} for whoever runs this bot; a text beside each says why.`;
}

/** One process does everything as a rule, and then there is nothing to say. */
async function processes({ db }: Services): Promise<string> {
  const running = await runningProcesses(db);
  if (running.length < 2) return '';
  const roles = ROLES.map(
    ([role, words]) => [running.filter(({ roles }) => roles.includes(role)).length, words] as const,
  );
  const lines = roles.filter(([number]) => number > 0).map(([number, words]) => `${words}: ${number}`);
  return [`**${running.length} processes** run.`, ...lines].join('\n');
}

const ROLES = [
  ['gateway', 'Answering over the gateway'],
  ['http', 'Answering over HTTP'],
  ['ingest', 'Looking for papers, one at a time'],
  ['sender', 'Delivering, one at a time'],
] as const;

/** Of several processes one delivers. */
async function messages({ db, outboxState }: Services): Promise<string> {
  const [open, holder] = await Promise.all([countWaiting(db), leaseHolder(db, SENDER_LEASE)]);
  const since = holder ? ` since ${time(holder.since, 'R')}` : '';
  const states: Record<ReturnType<Services['outboxState']>, string> = {
    elsewhere: holder
      ? `Delivered by another process${since}.`
      : '**No process delivers right now.** What is planned is kept.',
    delivers: `Delivered by this process${since}.`,
    'stands by': holder
      ? `Delivered by another process${since}. This one stands by, and takes over at most ${TAKEN_OVER_WITHIN / 1000} seconds after that one has ended.`
      : 'No process delivers right now; this one is about to.',
    stopped:
      '**Nothing is delivered**: Discord has refused the bot’s token, or Paperboy is ending. What is planned is kept.',
  };
  return `${open === 0 ? 'None waits' : `**${count(open, 'message')}** waiting`}. ${states[outboxState()]}`;
}
