import type { Paper } from '../core/paper.ts';
import type { WaitingCatch } from '../store/catches.ts';
import type { CatchOutcome } from '../store/schema.ts';
import type { FollowedTopic, TopicForm } from '../store/topics.ts';

/** When rounds are planned. */
export interface Moment {
  now: Date;
  /** The ids of all topics whose schedule has come to a run, with something to tell or not. */
  run: ReadonlySet<number>;
}

/** What is known of one destination when its round comes. */
export interface Round extends Moment {
  /** Its topics that have something to tell, or whose schedule has come to a run. */
  topics: readonly FollowedTopic[];
  /** What waits for them. */
  waiting: readonly WaitingCatch[];
  /** A paper by its id; none for one that has left the archive. */
  paper: (id: number) => Paper | undefined;
  /** Whether a topic's query matches the paper, as both are now. */
  wants: (topic: FollowedTopic, paper: Paper) => boolean;
}

/** A paper in a message, and the topics it comes for. */
export interface PlannedPaper {
  paper: Paper;
  topicIds: number[];
}

/** One message to be. */
export interface PlannedAlert {
  form: TopicForm;
  /** The topics that its papers come for, the oldest first. */
  topics: FollowedTopic[];
  mentionRoleIds: string[];
  /** All papers that it tells of, the best first; `MOST_SHOWN` of them are shown. */
  papers: PlannedPaper[];
  /** The catches that it settles. */
  caught: WaitingCatch[];
}

/** What a round does: messages, and what becomes of each catch that does not wait any longer. */
export interface RoundPlan {
  alerts: PlannedAlert[];
  /** Settled without a message. */
  settled: { caught: WaitingCatch; outcome: CatchOutcome }[];
  /** Topics whose time has come, with something to tell or not. */
  ran: FollowedTopic[];
}

/** Who waits to tell of one paper. */
interface Waiting {
  paper: Paper;
  topics: FollowedTopic[];
  caught: WaitingCatch[];
}

/**
 * Plans a destination's round: one message for all papers that its due topics wait to tell, or one for each form where they
 * differ. A paper comes once, with the names of all topics that wait for it, due or not.
 */
export function planRound(round: Round): RoundPlan {
  const { topics, waiting, run } = round;
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const plan: RoundPlan = { alerts: [], settled: [], ran: topics.filter(({ id }) => run.has(id)) };
  const papers = new Map<number, Waiting>();
  for (const caught of waiting) {
    const topic = byId.get(caught.topicId);
    const paper = round.paper(caught.paperId);
    if (!topic) continue;
    const outcome = paper ? outcomeOf(topic, caught, paper, round) : 'changed';
    if (outcome) plan.settled.push({ caught, outcome });
    if (outcome || !paper) continue;
    let known = papers.get(paper.id);
    if (!known) papers.set(paper.id, (known = { paper, topics: [], caught: [] }));
    // The destination need not be told of it twice, so that a topic that says nothing now has its share in silence.
    if (topic.pausedAt === null && topic.toldBy === 'message') known.topics.push(topic);
    known.caught.push(caught);
  }
  plan.alerts = alertsOf([...papers.values()], round);
  return plan;
}

/** Whether what a topic waits to tell is told now. A schedule goes on while its topic is snoozed or paused, so that it speaks again at one of its hours. */
export function isDue({ id, schedule, snoozedUntil }: FollowedTopic, { run, now }: Moment): boolean {
  return (schedule === null || run.has(id)) && (snoozedUntil === null || snoozedUntil.getTime() <= now.getTime());
}

/** What becomes of a catch without a message; `null` for one that is told or goes on waiting. */
function outcomeOf(topic: FollowedTopic, caught: WaitingCatch, paper: Paper, round: Round): CatchOutcome | null {
  if (caught.told) return 'told before';
  if (topic.changedAt.getTime() > caught.caughtAt.getTime() && !round.wants(topic, paper)) return 'changed';
  if (!isDue(topic, round)) return null;
  if (topic.pausedAt !== null) return 'paused';
  return topic.toldBy === 'inbox' ? 'inbox' : null;
}

/** One alert a form, of what is due. */
function alertsOf(papers: Waiting[], round: Round): PlannedAlert[] {
  const byForm = new Map<TopicForm, Waiting[]>();
  for (const waiting of papers) {
    const due = waiting.topics.find((topic) => isDue(topic, round));
    if (!due) continue;
    const group = byForm.get(due.form) ?? [];
    group.push(waiting);
    byForm.set(due.form, group);
  }
  return [...byForm].map(([form, group]) => alertOf(form, group, round));
}

function alertOf(form: TopicForm, group: Waiting[], round: Round): PlannedAlert {
  const named = new Set<FollowedTopic>();
  const papers: PlannedPaper[] = [];
  const caught: WaitingCatch[] = [];
  for (const waiting of group) {
    for (const topic of waiting.topics) named.add(topic);
    papers.push({ paper: waiting.paper, topicIds: waiting.topics.map(({ id }) => id) });
    for (const one of waiting.caught) caught.push(one);
  }
  const topics = [...named].sort((a, b) => a.id - b.id);
  const roles = new Set<string>();
  for (const topic of topics) if (topic.mentionRoleId !== null && isDue(topic, round)) roles.add(topic.mentionRoleId);
  return { form, topics, mentionRoleIds: [...roles], papers: papers.sort(byWorth), caught };
}

/** Papers for most topics first, then those with most votes, then those that came last. */
function byWorth(a: PlannedPaper, b: PlannedPaper): number {
  const votes = (b.paper.upvotes ?? 0) - (a.paper.upvotes ?? 0);
  return b.topicIds.length - a.topicIds.length || votes || b.paper.id - a.paper.id;
}
