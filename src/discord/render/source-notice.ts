import { time } from 'discord.js';
import type { SourceNotice } from '../../outbox/source-notices.ts';
import type { Reply } from '../command.ts';
import { plain } from '../markdown.ts';
import { sourceName } from './source-name.ts';

const MAX_NAME = 100;
const MAX_PROBLEM = 600;

/** What whoever runs the bot is told of a source. */
export function sourceNotice({ about, report }: SourceNotice): Reply {
  const { freshAt, failingSince, lookedAt, nextTryAt, problem } = report;
  const name = `**${plain(sourceName(report.source), MAX_NAME)}**`;
  const since = `${time(failingSince ?? lookedAt, 'f')} (${time(failingSince ?? lookedAt, 'R')})`;
  const why = problem === null ? '' : `\n> ${plain(problem.replace(/\s+/g, ' '), MAX_PROBLEM)}`;
  const next = nextTryAt ? time(nextTryAt, 'R') : 'at the next look';
  const newest = freshAt ? `The last new paper came ${time(freshAt, 'f')}.` : 'No paper has come from it so far.';
  const texts: Record<SourceNotice['about'], string> = {
    stale: `${name} has gone quiet: it answers, but nothing new came for longer than it should. ${newest}`,
    failed: `${name} cannot be reached since ${since}. It is tried again ${next}.${why}`,
    unreadable: `${name} cannot be read since ${since}. What came is kept as it is.${why}`,
    over: `${name} does well again. ${newest}`,
  };
  return { content: texts[about] };
}
