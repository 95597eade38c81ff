import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, primaryButton, row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { caughtList } from '../../src/discord/render/forecast.ts';
import { faultLines } from '../../src/discord/render/query-faults.ts';
import { toldWords } from '../../src/discord/render/topic-words.ts';
import { capital } from '../../src/discord/text.ts';
import type { Topic } from '../../src/store/topics.ts';
import { type Difference, difference } from '../../src/topics/difference.ts';
import { type ChangeDraft, keepDraft } from '../shared/topic-draft.ts';

/** For each of the two lists, in characters. */
const LIST = 1700;
/** In an embed's field two of them fit. */
const LONGEST = 450;

/** What a change would do, with buttons to save it, refine it, or leave it. */
export async function changePage(topic: Topic, draft: ChangeDraft, services: Services): Promise<Reply> {
  const { change } = draft;
  const description = change.query === undefined ? '' : await effect(topic.query, change.query, services);
  const id = await keepDraft(draft, services);
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: plain(`Change: ${topic.name}`, LIMITS.title),
        description,
        fields: changedFields(topic, change),
        footer: { text: 'Nothing is changed yet. What is not named here stays as it is.' },
      },
    ],
    components: [
      row(
        primaryButton(customId('topics', 'apply', id), 'Save'),
        button(customId('topics', 'refine', id), 'Refine'),
        button(customId('topics', 'leave', id), 'Cancel'),
      ),
    ],
  };
}

function changedFields(topic: Topic, change: ChangeDraft['change']): { name: string; value: string }[] {
  const told = toldWords({ ...topic, ...change });
  const fields = [
    { name: 'Name', before: topic.name, after: change.name },
    { name: 'Looks for', before: topic.query, after: change.query },
  ].flatMap(({ name, before, after }) => {
    return after === undefined ? [] : [{ name, value: `~~${plain(before, LONGEST)}~~\n${plain(after, LONGEST)}` }];
  });
  return told === toldWords(topic)
    ? fields
    : [...fields, { name: 'Told', value: `~~${capital(toldWords(topic))}~~\n${capital(told)}` }];
}

/** What comes in addition and what comes no more, with the words that decide it. */
async function effect(before: string, after: string, services: Services): Promise<string> {
  const changed = await difference(before, after, services);
  return [
    [summary(changed), ...faultLines(after, changed.faults)].join('\n'),
    part('Adds', changed.adds),
    part('Drops', changed.drops),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function summary({ days, before, after, adds, drops }: Difference): string {
  const was = `In the last ${days} days it caught **${count(before, 'paper')}**`;
  if (adds.total + drops.total === 0) {
    return before === 0
      ? `In the last ${days} days neither would have caught anything.`
      : `${was}; it would have caught the same.`;
  }
  return `${was}; now it would have been **${after.toLocaleString('en')}**.`;
}

function part(name: string, { total, papers }: Difference['adds']): string {
  return total === 0 ? '' : `**${name} ${count(total, 'paper')}:**\n${caughtList(papers, total, LIST)}`;
}
