import { time } from 'discord.js';
import type { Reason, Wait } from '../../topics/why.ts';
import { plain } from '../markdown.ts';
import { count } from './count.ts';
import { shortDay } from './days.ts';

/** Why a topic told of a paper or did not, in Markdown; words of the query have at most `max` characters. */
export function reasonWords(reason: Reason, max: number): string {
  switch (reason.is) {
    case 'not in the archive':
      return 'the paper is not in the archive, so no topic can know it.';
    case 'told':
      return `${toldWords(reason)}${holding(reason.found, max)}`;
    case 'waits':
      return `it is caught and not told yet: ${waitWords(reason.wait)}${holding(reason.found, max)}`;
    case 'in the inbox':
      return `it is in the inbox since ${time(reason.since, 'f')}; this topic sends no messages.${holding(reason.found, max)}`;
    case 'paused':
      return `it came ${time(reason.at, 'f')}, while the topic was paused; what comes meanwhile is not told later.`;
    case 'too old': {
      const last = reason.newsOn === null ? '' : ` (the last time on ${shortDay(reason.newsOn)})`;
      return `it matches, but when it was read no list had shown it for ${count(reason.days, 'day')}${last}, so it was no news.`;
    }
    case 'before the topic':
      return `it matches, but was in the archive before the topic, which begins ${time(reason.topicSince, 'f')}.`;
    case 'not looked at yet':
      return 'it matches, and is so new that it has not been looked at yet. It comes in a minute or two.';
    case 'would match':
      return 'it matches now, but did not when it came: the topic or the paper changed since.';
    case 'excluded':
      return `it holds all that is asked for, but is left out because of ${quoted(reason.by, max)}.`;
    default:
      return missing(reason, max);
  }
}

function toldWords({ at, state, forOthers }: Extract<Reason, { is: 'told' }>): string {
  const others = forOthers ? ', for another topic; a paper comes once to a place' : '';
  if (state === 'failed') return `its message of ${time(at, 'f')} could not be delivered${others}.`;
  if (state === 'planned' || state === 'sending') return `its message is on the way since ${time(at, 'f')}${others}.`;
  return `it was told ${time(at, 'f')} (${time(at, 'R')})${others}.`;
}

function waitWords({ for: cause, until }: Wait): string {
  const then = until ? ` (${time(until, 'R')})` : '';
  const words: Record<Wait['for'], string> = {
    'its hour': `it waits for the hour of the topic${then}.`,
    'the end of the snooze': `the topic is snoozed${then}.`,
    'the end of the quiet hours': `it is held in your quiet hours${then}.`,
    'the destination': 'messages do not get through there at the moment.',
    'the next round': 'it comes with the next round, in a minute or two.',
  };
  return words[cause];
}

function holding(found: readonly string[], max: number): string {
  const words = asked(found);
  return words.length > 0 ? ` It holds ${quoted(words, max)}.` : '';
}

function missing({ missing: parts, found }: Extract<Reason, { is: 'no match' }>, max: number): string {
  if (parts.length === 0) return 'the topic asks for nothing that could match.';
  const half = Math.floor(max / 2);
  const words = asked(found);
  const holds = words.length > 0 ? `; it does hold ${quoted(words, half)}` : '';
  return `no match. What is missing: ${quoted(parts, half)}${holds}.`;
}

/** Without what a paper holds by not having it. */
function asked(found: readonly string[]): string[] {
  return found.filter((part) => !part.startsWith('-'));
}

/** Parts of a query as a reader would type them. */
function quoted(parts: readonly string[], max: number): string {
  return plain(parts.map((part) => (part.includes('"') ? part : `“${part}”`)).join(', '), max);
}
