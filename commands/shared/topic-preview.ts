import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, primaryButton, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { aWeek, caughtList } from '../../src/discord/render/forecast.ts';
import { openSelect } from '../../src/discord/render/list.ts';
import { faultLines } from '../../src/discord/render/query-faults.ts';
import { toldWords } from '../../src/discord/render/topic-words.ts';
import { capital } from '../../src/discord/text.ts';
import { topicsAt } from '../../src/store/topics.ts';
import { foresee, type Foresight } from '../../src/topics/foresee.ts';
import { keepDraft, type NewDraft } from './topic-draft.ts';

/** Papers shown: enough to see what a query catches. */
const SHOWN = 4;
const SHOWN_OVERLAPS = 4;
const MOST_SPELLINGS = 3;
/** In characters: with the papers and all else it stays within the 6000 of a message. */
const LONGEST_SHOWN = 700;
/** For what stands above and below the papers, in characters. */
const AROUND = 900;

/** What a new topic would have caught, with buttons to save it, refine it, or leave it. */
export async function previewPage(draft: NewDraft, services: Services): Promise<Reply> {
  const { topic } = draft;
  const topics = await topicsAt(services.db, topic.destination);
  const forecast = await foresee(topic.query, services, { limit: SHOWN, topics });
  const { total, caught, faults } = forecast;
  const papers = caught.map(({ paper }) => paper);
  const spellings = total > 0 ? [] : await otherSpellings(topic.query, services);
  const head = [await verdict(forecast, topic.query, services), ...faultLines(topic.query, faults)];
  if (spellings.length > 0) head.push('Did you mean one of these?');
  const list = caughtList(caught, total, LIMITS.description - AROUND);
  return {
    private: true,
    embeds: [
      {
        color: total > 0 && !forecast.isBroad ? COLOURS.papers : COLOURS.notice,
        title: plain(`Follow: ${topic.name}`, LIMITS.title),
        description: [head.join('\n'), list].filter(Boolean).join('\n\n'),
        fields: [
          { name: 'Looks for', value: topic.name === topic.query ? '' : plain(topic.query, LONGEST_SHOWN) },
          { name: 'Told', value: `${capital(toldWords(topic))}.` },
          { name: 'Overlap', value: overlapLines(forecast) },
        ].filter(({ value }) => value),
        footer: { text: 'Nothing is saved yet. It will catch papers that come from now on.' },
      },
    ],
    components: await buttons(draft, openSelect(papers, 1), spellings, services),
  };
}

/** What to expect, in a sentence: how much, and what to do where that is too much or nothing. */
async function verdict(forecast: Foresight, query: string, { search }: Services): Promise<string> {
  const { days, total, perWeek, isBroad } = forecast;
  if (total === 0) {
    const { matches } = await search.search(query, { limit: 1, matchesOnly: true, explain: false });
    return matches > 0
      ? `Nothing of the last ${days} days matches, but **${count(matches, 'older paper')}** ${matches === 1 ? 'does' : 'do'}: it will be quiet.`
      : `Nothing of the last ${days} days matches, and nothing else in the archive. Other words may be used for it; you can still follow it and wait.`;
  }
  const caught = `In the last ${days} days this would have caught **${count(total, 'paper')}**, ${aWeek(perWeek)}.`;
  if (!isBroad) return caught;
  return `${caught} **That is far too broad** to be read: add a word, put words that belong together in "quotes", or leave something out with -word.`;
}

/** Papers that come for several topics of one place come once, named after all. */
function overlapLines({ overlaps, total }: Foresight): string {
  const lines = overlaps.slice(0, SHOWN_OVERLAPS).map(({ topic, shared }) => {
    const all =
      shared === total
        ? 'All of these come'
        : `${shared.toLocaleString('en')} of these ${shared === 1 ? 'comes' : 'come'}`;
    return `${all} for **${plain(topic.name, 80)}** already.`;
  });
  const left = overlaps.length - lines.length;
  if (left > 0) lines.push(`${count(left, 'more topic')} overlap too.`);
  return lines.length > 0 ? `${lines.join('\n')}\n-# A paper comes once, with the names of all its topics.` : '';
}

async function otherSpellings(query: string, { search }: Services): Promise<string[]> {
  const { didYouMean } = await search.search(query, { limit: 1, explain: false });
  return didYouMean.slice(0, MOST_SPELLINGS);
}

async function buttons(draft: NewDraft, open: Row | null, spellings: string[], services: Services): Promise<Row[]> {
  const id = await keepDraft(draft, services);
  const others = spellings.map(async (query) => {
    const other = {
      ...draft,
      topic: { ...draft.topic, query, name: draft.topic.name === draft.topic.query ? query : draft.topic.name },
    };
    return button(customId('subscribe', 'other', await keepDraft(other, services)), query);
  });
  const instead = await Promise.all(others);
  return [
    ...(open ? [open] : []),
    ...(instead.length > 0 ? [row(...instead)] : []),
    row(
      primaryButton(customId('subscribe', 'save', id), 'Save'),
      button(customId('subscribe', 'refine', id), 'Refine'),
      button(customId('subscribe', 'cancel', id), 'Cancel'),
    ),
  ];
}
