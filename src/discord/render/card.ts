import type { APIEmbedField } from 'discord.js';
import type { Appearance, Paper } from '../../core/paper.ts';
import type { Reply } from '../command.ts';
import { customId } from '../custom-id.ts';
import { LIMITS } from '../fit.ts';
import { paperLinks, titleUrl } from '../links.ts';
import { link, plain, prose } from '../markdown.ts';
import { byline } from './byline.ts';
import { COLOURS } from './colours.ts';
import { button, linkButton, row } from './components.ts';
import { count } from './count.ts';
import { shortDay } from './days.ts';

/** Whether a card can be shared from where it is, has just been, or is public anyway. */
export type Share = 'offered' | 'done' | 'none';

/** In characters; with title, abstract and names they stay within the 6000 of a message. */
const FIELD = 450;
const SHOWN_APPEARANCES = 5;

/** Everything about one paper: title, byline, abstract, where it appeared, links, similar papers. */
export function paperCard(paper: Paper, share: Share): Reply {
  const links = paperLinks(paper).map(({ label, url }) => linkButton(label, url));
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: plain(paper.title, LIMITS.title) || 'Untitled',
        url: titleUrl(paper),
        description: description(paper),
        fields: fields(paper),
      },
    ],
    components: [row(...links), row(...actions(paper, share))],
  };
}

function actions(paper: Paper, share: Share) {
  const always = [
    button(customId('related', 'show', paper.id), 'Similar papers'),
    button(customId('inbox', 'save', paper.id), 'Save'),
  ];
  if (share === 'none') return always;
  const label = share === 'done' ? 'Shared' : 'Share in this channel';
  return [...always, button(customId('paper', 'share', paper.id), label, share === 'done')];
}

function description(paper: Paper): string {
  const line = byline(paper, 200);
  const head = line ? `-# ${line}\n\n` : '';
  if (!paper.abstract?.trim()) return `${head}No digest has given its abstract yet.`;
  const whole = prose(paper.abstract, Infinity);
  const room = LIMITS.description - head.length;
  if (whole.length <= room) return head + whole;
  const rest = `\n\n${link('Read the rest', titleUrl(paper))}`;
  return `${head}${prose(paper.abstract, room - rest.length)}${rest}`;
}

function fields(paper: Paper): APIEmbedField[] {
  const { authors, keywords } = paper;
  const named = authors && authors.length > 1 ? plain(authors.join(', '), FIELD) : '';
  return [
    { name: 'Authors', value: named },
    { name: 'Keywords', value: plain(keywords?.join(', ') ?? '', FIELD) },
    { name: 'In the digests', value: appearances(paper.appearances) },
  ].filter(({ value }) => value);
}

/** Where and when it was shown, newest first; the sources are named when there are several. */
function appearances(all: Appearance[]): string {
  const sorted = all.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || b.digestId - a.digestId);
  const named = new Set(all.map(({ source }) => source)).size > 1;
  const newest = sorted.slice(0, SHOWN_APPEARANCES).map((each) => appearance(each, named));
  const left = all.length - newest.length;
  return [...newest, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
}

function appearance({ date, source, position, comments, upvotes }: Appearance, named: boolean): string {
  const counts = [comments && count(comments, 'comment'), upvotes && count(upvotes, 'upvote')].filter(Boolean);
  const from = named ? ` of ${plain(source, 40)}` : '';
  const shown = counts.length > 0 ? `, then with ${counts.join(' and ')}` : '';
  return `${date ? shortDay(date) : 'Without a date'}: number ${position}${from}${shown}`;
}
