import type { EditionPaper } from '../../summaries/edition.ts';
import { titleUrl } from '../links.ts';
import { link, plain } from '../markdown.ts';
import { byline } from './byline.ts';
import { shortDay } from './days.ts';
import { listed } from './topic-words.ts';

/** In characters, escapes counted. */
const TITLE = 150;
const BYLINE = 110;
const TOPICS = 60;

/** One paper of a post: its title, its gist of at most `gistLength` characters, and who, where and how much discussed. */
export function summaryEntry(entry: EditionPaper, number: number, gistLength: number): string {
  const { paper, gist } = entry;
  const title = link(plain(paper.title, TITLE) || 'Untitled', titleUrl(paper));
  const source = gist?.by === 'source' ? ' *(the source’s summary)*' : '';
  const sentence = gist ? plain(gist.text, gistLength) : '';
  const line = [...marks(entry), byline(paper, BYLINE)].filter(Boolean).join(' · ');
  return [
    `**${number}.** ${paper.withdrawnOn ? `~~${title}~~` : title}`,
    ...(sentence ? [`${sentence}${source}`] : []),
    ...(line ? [`-# ${line}`] : []),
  ].join('\n');
}

/** What a reader should know before the byline. */
function marks({ paper, topics, isLate, isUnusual }: EditionPaper): string[] {
  const withdrawn = paper.withdrawnOn ? `**withdrawn on ${shortDay(paper.withdrawnOn)}**` : '';
  const matched = topics.length > 0 ? `for ${plain(listed(topics), TOPICS)}` : '';
  return [withdrawn, matched, isLate ? '*late*' : '', isUnusual ? '*unlike the others*' : ''].filter(Boolean);
}
