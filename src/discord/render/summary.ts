import { roleMention, type APIEmbed } from 'discord.js';
import type { Summary } from '../../store/summaries.ts';
import type { Edition, EditionGroup, SummaryRendering } from '../../summaries/edition.ts';
import { customId } from '../custom-id.ts';
import { LIMITS } from '../fit.ts';
import { plain } from '../markdown.ts';
import { type Message, newMessage } from '../message.ts';
import { label } from '../text.ts';
import { COLOURS } from './colours.ts';
import { button, row, type Row } from './components.ts';
import { count } from './count.ts';
import { openSelect } from './list.ts';
import { summaryEntry } from './summary-entry.ts';
import { editionDay, headLine, nothingWords } from './summary-words.ts';

/** How much of a gist is shown, in characters: whole ones where there is room, else a little less of each. */
const SHORTEST_GIST = 180;
const GISTS = [320, 240, SHORTEST_GIST];
/** https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
const THREAD_NAME = 100;

/** The post of a summary, as Discord's API takes it. Where there is no room for all papers, the last of the ranking are counted. */
export function renderSummary(edition: Edition, { mentionRoleId }: Pick<Summary, 'mentionRoleId'>): Message {
  const { groups, embeds } = fitting(edition);
  const shown = groups.flatMap(({ papers }) => papers.map(({ paper }) => paper));
  const select = openSelect(shown, 1);
  const { message } = newMessage(
    {
      ...(mentionRoleId === null ? {} : { content: roleMention(mentionRoleId) }),
      embeds,
      components: [...(select ? [select] : []), buttons(edition, shown.length)],
    },
    false,
  );
  // Only the role that was chosen is mentioned, whatever a title says.
  return { ...message, allowed_mentions: { parse: [], roles: mentionRoleId === null ? [] : [mentionRoleId] } };
}

/** All that planning needs to make messages of editions. */
export const summaryRendering: SummaryRendering = {
  message: renderSummary,
  name: (day) => label(`Papers: ${editionDay(day)}`, THREAD_NAME),
  words: nothingWords,
  notice: (words) => newMessage({ content: words }, false).message,
};

interface Fitting {
  groups: readonly EditionGroup[];
  embeds: APIEmbed[];
}

/** As many papers as a message holds: the gists are shortened first, then the last of the ranking are left out. */
function fitting(edition: Edition): Fitting {
  for (const gistLength of GISTS) {
    const embeds = embedsOf(edition, edition.groups, gistLength);
    if (fits(embeds)) return { groups: edition.groups, embeds };
  }
  for (let papers = edition.ranking.length - 1; papers > 0; papers -= 1) {
    const kept = new Set(edition.ranking.slice(0, papers));
    const groups = edition.groups
      .map((group) => ({ ...group, papers: group.papers.filter(({ paper }) => kept.has(paper.id)) }))
      .filter((group) => group.papers.length > 0);
    const embeds = embedsOf(edition, groups, SHORTEST_GIST);
    if (fits(embeds)) return { groups, embeds };
  }
  return { groups: [], embeds: embedsOf(edition, [], SHORTEST_GIST) };
}

function fits(embeds: APIEmbed[]): boolean {
  const lengths = embeds.map(({ title = '', description = '' }) => title.length + description.length);
  const longest = Math.max(...embeds.map(({ description = '' }) => description.length));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return embeds.length <= LIMITS.embeds && longest <= LIMITS.description && all <= LIMITS.embedText;
}

function embedsOf(edition: Edition, groups: readonly EditionGroup[], gistLength: number): APIEmbed[] {
  let number = 0;
  const parts = groups.map((group): APIEmbed => {
    const entries = group.papers.map((entry) => summaryEntry(entry, ++number, gistLength));
    return { color: COLOURS.papers, ...titled(group, groups.length > 1), description: entries.join('\n\n') };
  });
  const last = parts.at(-1);
  const left = edition.total - number;
  if (last && left > 0) last.description += `\n\n-# ${count(left, 'more paper')}: press *All ${edition.total} papers*.`;
  return [{ color: COLOURS.papers, title: editionDay(edition), description: headLine(edition) }, ...parts];
}

function titled({ kind, name, total }: EditionGroup, isOneOfSeveral: boolean): Pick<APIEmbed, 'title'> {
  if (kind === 'topics') return { title: 'For the topics of this channel' };
  if (kind === 'theme') return { title: `${plain(capitalised(name), LIMITS.title - 30)} · ${count(total, 'paper')}` };
  if (!isOneOfSeveral) return {};
  return { title: kind === 'discussed' ? 'Most discussed' : 'Also new' };
}

/** `GNNs` and `ReLU networks` keep what they have. */
function capitalised(name: string): string {
  return name.replace(/^\p{Ll}(?=\p{Ll}|[-\s]|$)/u, (letter) => letter.toUpperCase());
}

/** Pressed in the channel, answered to the reader alone; see commands/daily.ts. */
function buttons({ summaryId, localDate, total, themes }: Edition, shown: number): Row {
  const all = button(customId('daily', 'all', summaryId, localDate), `All ${count(total, 'paper')}`);
  const follow = button(customId('daily', 'follow', summaryId, localDate), 'Follow a theme');
  return row(...(total > shown ? [all] : []), ...(themes.length > 0 ? [follow] : []));
}
