import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { PressRequest, PressResult, Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { label } from '../../src/discord/text.ts';
import { findState, keepState } from '../../src/store/button-states.ts';
import { changeTopic, type Topic } from '../../src/store/topics.ts';
import { type Exclusion, lessLike } from '../../src/topics/less.ts';
import { changeableTopic } from '../shared/topic-choices.ts';
import { LONGEST_QUERY } from './declaration.ts';
import { topicCard } from './card.ts';

/** A row of buttons for each topic. */
const MOST_TOPICS = 4;
const PROPOSALS = 4;
const NAME = 80;

/** One query in place of another, as long as the topic still has the first. */
const narrowing = z.object({ readerId: z.string(), topicId: z.number(), before: z.string(), after: z.string() });
type Narrowing = z.infer<typeof narrowing>;

/** Words to leave out so that papers like this one do not come, with what each would have done. */
export async function lessPage(
  paper: Paper,
  topics: readonly Topic[],
  { reader }: Request,
  services: Services,
): Promise<Reply> {
  const proposals = await Promise.all(
    topics.slice(0, MOST_TOPICS).map(async (topic) => {
      const found = await lessLike(paper, topic.query, services, PROPOSALS);
      return { topic, exclusions: found.filter(({ query }) => query.length <= LONGEST_QUERY) };
    }),
  );
  const rows = proposals.flatMap(({ topic, exclusions }) => {
    return exclusions.length > 0 ? [exclusionRow(topic, exclusions, proposals.length > 1, reader.id, services)] : [];
  });
  const head = `**${plain(paper.title, 200)}**`;
  const parts = proposals.map(({ topic, exclusions }) => proposalLines(topic, exclusions));
  const hint = rows.length > 0 ? '\n\nPress what to leave out from now on.' : '';
  return {
    embeds: [
      {
        color: rows.length > 0 ? COLOURS.papers : COLOURS.notice,
        title: 'Less of this',
        description: `${head}\n\n${parts.join('\n\n')}${hint}`,
      },
    ],
    components: await Promise.all(rows),
  };
}

function proposalLines(topic: Topic, exclusions: readonly Exclusion[]): string {
  const name = `**${plain(topic.name, NAME)}**`;
  if (exclusions.length === 0) {
    return `${name}: no word of this paper would leave it out without taking half of the others along. Change the topic yourself with /topics edit.`;
  }
  const lines = exclusions.map(({ term, drops, of }) => `- **${plain(term, 100)}** ${effect(drops, of)}`);
  return `${name}:\n${lines.join('\n')}`;
}

function effect(drops: number, of: number): string {
  if (of === 0 || drops === 0) return 'would have left out nothing else in the last 30 days';
  return `would have left out ${drops.toLocaleString('en')} of ${count(of, 'paper')} in the last 30 days`;
}

/** Where there are several topics, each button names its own. */
async function exclusionRow(
  topic: Topic,
  exclusions: readonly Exclusion[],
  isNamed: boolean,
  readerId: string,
  services: Services,
) {
  const buttons = exclusions.map(async ({ term, query: after }) => {
    const id = await keep({ readerId, topicId: topic.id, before: topic.query, after }, services);
    return button(customId('topics', 'exclude', id), isNamed ? `${label(topic.name, 30)}: ${term}` : term);
  });
  return row(...(await Promise.all(buttons)));
}

function keep(state: Narrowing, { db, clock }: Services): Promise<string> {
  return keepState(db, state, clock());
}

/** Leaves out what was pressed, or takes that back. */
export async function pressExclude(request: PressRequest, services: Services): Promise<PressResult> {
  const state = narrowing.safeParse(await findState(services.db, request.action[1] ?? ''));
  if (!state.success) throw new UserError('This is too old to go on with. Press "Less of this" again.');
  const { topicId, before, after } = state.data;
  const topic = await changeableTopic(topicId, request, services);
  if (topic.query !== before) {
    throw new UserError('The topic was changed since this was asked. Press "Less of this" again, or use /topics edit.');
  }
  const changed = await changeTopic(services.db, topicId, { query: after }, services.clock());
  if (!changed) throw new UserError('This topic is not there any more.');
  const card = await topicCard(changed, request, services, 'Saved. It counts for papers that come from now on.');
  const back = await keep({ readerId: request.reader.id, topicId, before: after, after: before }, services);
  const undo = row(button(customId('topics', 'exclude', back), 'Undo'));
  return { update: { ...card, components: [...(card.components ?? []), undo] } };
}
