import { time } from 'discord.js';
import type { SourceReport } from '../../store/source-states.ts';
import type { Summary } from '../../store/summaries.ts';
import type { Edition, Nothing } from '../../summaries/edition.ts';
import { plain } from '../markdown.ts';
import { count } from './count.ts';
import { longDay } from './days.ts';
import { sourceName } from './source-name.ts';

const MAX_NAME = 60;
const MAX_THEME = 60;
const SHOWN_SOURCES = 3;
const SHOWN_THEMES = 5;

/** `Monday, 23 November 2026`, `The week to Monday, 23 November 2026`. */
export function editionDay({ localDate, period }: Pick<Edition, 'localDate' | 'period'>): string {
  return period === 'weekly' ? `The week to ${longDay(localDate)}` : longDay(localDate);
}

/** How many papers there are and what most of them are about; Markdown. */
export function headLine({ total, late, themes }: Edition): string {
  const papers = `**${count(total, 'new paper')}**${late > 0 ? `, ${late} of them late` : ''}`;
  const named = themes.slice(0, SHOWN_THEMES).map(({ name, papers }) => `${plain(name, MAX_THEME)} (${papers})`);
  return named.length > 0 ? `${papers}. Themes: ${named.join(', ')}.` : `${papers}.`;
}

/** Why there is no post, as one line of Markdown. */
export function nothingWords(why: Nothing, period: Summary['period']): string {
  const when = period === 'weekly' ? 'this week' : 'today';
  if (why.kind === 'few') {
    const few = `Only ${count(why.found, 'new paper')} ${when}, fewer than the ${why.minimum} that make a post here.`;
    return `${few} What came is in the next post.`;
  }
  if (why.kind === 'trouble') return `No new papers ${when}: ${troubles(why.sources)}.`;
  if (why.kind === 'rest') return `No new papers ${when}. The lists rest: ${plain(why.rest, MAX_NAME)}.`;
  return `No new papers ${when}: the lists were read, and show nothing new.`;
}

function troubles(sources: readonly SourceReport[]): string {
  const words = sources.slice(0, SHOWN_SOURCES).map(trouble);
  const left = sources.length - words.length;
  return [...words, ...(left > 0 ? [`and ${count(left, 'more source')} with trouble`] : [])].join('; ');
}

function trouble({ source, state, failingSince, lookedAt, freshAt }: SourceReport): string {
  const name = `**${plain(sourceName(source), MAX_NAME)}**`;
  const since = time(failingSince ?? lookedAt, 'R');
  if (state === 'failed') return `${name} cannot be reached since ${since}`;
  if (state === 'unreadable') return `${name} cannot be read since ${since}`;
  return freshAt ? `${name} has shown nothing new since ${time(freshAt, 'D')}` : `${name} has shown nothing so far`;
}
