import { UserError } from '../../src/core/errors.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { PressRequest, PressResult, Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { alertId, readAlertKeys } from '../../src/discord/render/alert-keys.ts';
import { paperSelect } from '../../src/discord/render/list.ts';
import { topicSelect } from '../../src/discord/render/topic-select.ts';
import { findPapers } from '../../src/store/papers.ts';
import { findTopics, type Topic } from '../../src/store/topics.ts';
import { whyOf } from '../../src/topics/why.ts';
import { paperWithId } from '../shared/paper-with-id.ts';
import { resultsPage } from '../shared/results-page.ts';
import { savePapers } from '../shared/save-papers.ts';
import { checkMayChange } from '../shared/topic-rights.ts';
import { pauseNow } from './hold.ts';
import { lessPage } from './less.ts';
import { explained } from './why.ts';

type Question = 'why' | 'less' | 'save';

const QUESTIONS: Record<Question, string> = {
  why: 'Why did it come? Choose a paper',
  less: 'Less like which one? Choose a paper',
  save: 'Choose what to save',
};

/**
 * The buttons of an alert. Anybody may ask why, and save for themselves; to pause and to have less takes the right to change
 * the topic. Where several papers or topics may be meant, the presser is asked, privately.
 */
export async function pressAlert(request: PressRequest, services: Services): Promise<PressResult> {
  const [action, ...keys] = request.action;
  const { topicIds, paperIds } = readAlertKeys(keys);
  const topics = await findTopics(services.db, topicIds);
  if (action === 'save') return { reply: await saveOrAsk(paperIds, request, services) };
  if (topics.length === 0) throw new UserError('This topic is not there any more.');
  if (action === 'all') return { reply: { ...(await everything(topics, services)), private: true } };
  if (action === 'pause') return pauseOrAsk(topics, request, services);
  if (action === 'less') await checkAll(topics, request, services);
  const question = action === 'less' ? 'less' : 'why';
  const papers = await findPapers(services.db, paperIds);
  const [paper, ...others] = papers;
  if (!paper) throw new UserError('These papers are not in the archive any more.');
  const reply =
    others.length > 0 ? ask(question, papers, topics) : await about(question, paper, topics, request, services);
  return { reply: { ...reply, private: true } };
}

/** What was chosen where several papers or topics might have been meant. */
export async function pressChoice(request: PressRequest, services: Services): Promise<PressResult> {
  const [action, ...keys] = request.action;
  if (action === 'save-of') return { update: await savePapers(request.values.map(Number), request, services) };
  if (action === 'pause-of') return { update: await pauseChosen(request, services) };
  const topics = await findTopics(services.db, readAlertKeys(keys).topicIds);
  const paper = await paperWithId(request.values[0], services);
  return { update: await about(action === 'less-of' ? 'less' : 'why', paper, topics, request, services) };
}

function ask(question: Question, papers: readonly Paper[], topics: readonly Topic[]): Reply {
  const id = alertId(`${question}-of`, { topicIds: topics.map((topic) => topic.id), paperIds: [] });
  const select = paperSelect(id, QUESTIONS[question], papers, 1);
  return { content: 'Several papers came. Which one?', components: select ? [select] : [] };
}

async function about(
  question: Exclude<Question, 'save'>,
  paper: Paper,
  topics: readonly Topic[],
  request: PressRequest,
  services: Services,
): Promise<Reply> {
  const concerned = await topicsFor(paper, topics, services);
  if (question === 'why') return explained(paper, concerned, 'Why it came', services);
  await checkAll(concerned, request, services);
  return lessPage(paper, concerned, request, services);
}

/** @throws UserError when the presser may not change one of them; all of an alert are told in one place. */
async function checkAll(topics: readonly Topic[], request: PressRequest, services: Services): Promise<void> {
  for (const topic of topics) await checkMayChange(topic, request, services);
}

/** Of the topics of an alert those that a paper came for. */
async function topicsFor(paper: Paper, topics: readonly Topic[], services: Services): Promise<Topic[]> {
  const reasons = await Promise.all(topics.map((topic) => whyOf(topic, paper, services)));
  const concerned = topics.filter((_, index) => reasons[index]?.is !== 'no match' && reasons[index]?.is !== 'excluded');
  return concerned.length > 0 ? concerned : [...topics];
}

async function saveOrAsk(paperIds: readonly number[], request: PressRequest, services: Services): Promise<Reply> {
  const papers = await findPapers(services.db, paperIds);
  if (papers.length === 0) throw new UserError('These papers are not in the archive any more.');
  if (papers.length === 1) return { ...(await savePapers(paperIds, request, services)), private: true };
  const select = paperSelect(customId('topics', 'save-of'), QUESTIONS.save, papers, 1, papers.length);
  return { content: 'Several papers came. Which ones?', components: select ? [select] : [], private: true };
}

async function pauseOrAsk(topics: readonly Topic[], request: PressRequest, services: Services): Promise<PressResult> {
  await checkAll(topics, request, services);
  const [topic, ...others] = topics;
  if (topic && others.length === 0) {
    const card = await pauseNow(topic, request, services);
    return request.ownerId === request.reader.id ? { update: card } : { reply: { ...card, private: true } };
  }
  const placeholder = 'Choose a topic to pause';
  const select = topicSelect(customId('topics', 'pause-of'), placeholder, topics, ({ id }) => String(id));
  return {
    reply: {
      content: 'These papers came for several topics. Which one is to pause?',
      components: select ? [select] : [],
      private: true,
    },
  };
}

async function pauseChosen(request: PressRequest, services: Services): Promise<Reply> {
  const [topic] = await findTopics(services.db, [Number(request.values[0]) || 0]);
  if (!topic) throw new UserError('This topic is not there any more.');
  await checkMayChange(topic, request, services);
  return pauseNow(topic, request, services);
}

/** All that these topics find, the newest first. */
function everything(topics: readonly Topic[], services: Services): Promise<Reply> {
  const queries = topics.map(({ query }) => query);
  const query = queries.length === 1 ? (queries[0] ?? '') : queries.map((one) => `(${one})`).join(' OR ');
  return resultsPage({ query, sort: 'newest', since: null }, 0, services);
}
