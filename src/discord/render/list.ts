import { ComponentType } from 'discord.js';
import type { Paper } from '../../core/paper.ts';
import type { Span } from '../../search/result.ts';
import { customId } from '../custom-id.ts';
import { titleUrl } from '../links.ts';
import { highlighted, link, plain } from '../markdown.ts';
import { label } from '../text.ts';
import { byline, bylineLabel } from './byline.ts';
import { row, type Row } from './components.ts';
import { once } from './once.ts';

/** A paper in a list, with what a search knows of it. */
export interface Item {
  paper: Paper;
  titleSpans?: Span[];
  snippet?: Span[];
  /** What of the query it does not hold, as a reader would type it. */
  missing?: string[];
  /** What else is to be said of it, in a few words; shortened to 70 characters. */
  note?: string;
  /** A line of its own before this paper. */
  heading?: string;
}

/** In characters, escapes counted. Eight papers with the longest titles, addresses and bylines fit into an embed. */
const TITLE = 180;
const BYLINE = 90;
const MISSING = 60;
const NOTE = 70;
/** Longer, a snippet is no help any more. */
const SNIPPET = 320;
const SHORTEST_SNIPPET = 40;

/**
 * Numbered papers in Markdown, `first` being the number of the first, at most `room` characters for up to eight papers.
 * Snippets share what the rest leaves, and have at most `snippetLength` characters (320 by default).
 */
export function paperList(items: Item[], first: number, room: number, snippetLength = SNIPPET): string {
  const heads = items.map((item, index) => head(item, first + index));
  const used = heads.reduce((sum, lines) => sum + lines.length + 2, 0);
  const snippetRoom = Math.min(snippetLength, Math.floor((room - used) / items.length) - 1);
  return items.map((item, index) => `${heads[index]}${snippet(item, snippetRoom)}`).join('\n\n');
}

const titleWithout = once((paper: Paper) => plain(paper.title, TITLE));
const titleWith = once((spans: Span[]) => highlighted(spans, TITLE));
const whole = once((spans: Span[]) => highlighted(spans, Infinity));
const line = once((paper: Paper) => byline(paper, BYLINE));
const address = once(titleUrl);

function head({ paper, titleSpans, heading, note = '', missing = [] }: Item, number: number): string {
  const title = titleSpans ? titleWith(titleSpans) : titleWithout(paper);
  const without = missing.length > 0 ? `without ${plain(missing.join(', '), MISSING)}` : '';
  const under = [line(paper), without, plain(note, NOTE)].filter(Boolean).join(' · ');
  return [
    ...(heading ? [heading, ''] : []),
    `**${number}.** ${link(title || 'Untitled', address(paper))}`,
    ...(under ? [`-# ${under}`] : []),
  ].join('\n');
}

function snippet({ snippet }: Item, room: number): string {
  if (!snippet || room < SHORTEST_SNIPPET) return '';
  const text = whole(snippet).length <= room ? whole(snippet) : highlighted(snippet, room);
  return text && `\n${text}`;
}

/** A select that opens one of the papers, for whoever chooses; `null` when there is none. */
export function openSelect(papers: Paper[], first: number): Row | null {
  return paperSelect(customId('paper', 'open'), 'Open a paper, for yourself', papers, first);
}

const option = once((paper: Paper) => ({
  title: label(paper.title, 100) || 'Untitled',
  description: bylineLabel(paper, 100),
}));

/** A select of one to `most` papers by their ids, numbered from `first`; `null` when there is none. */
export function paperSelect(
  id: string,
  placeholder: string,
  papers: readonly Paper[],
  first: number,
  most = 1,
): Row | null {
  if (papers.length === 0) return null;
  return row({
    type: ComponentType.StringSelect,
    custom_id: id,
    placeholder,
    ...(most > 1 ? { max_values: most } : {}),
    options: papers.map((paper, index) => {
      const { title, description } = option(paper);
      return { label: `${first + index}. ${title}`, value: String(paper.id), description };
    }),
  });
}
