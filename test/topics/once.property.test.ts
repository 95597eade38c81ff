import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { AnalysedPaper } from '../../src/search/analysed-paper.ts';
import { matches } from '../../src/search/matches.ts';
import { parseQuery } from '../../src/search/query/parse.ts';
import type { Db } from '../../src/store/database.ts';
import { findPaperByArxivId } from '../../src/store/papers.ts';
import { changeTopic, createTopic, findTopics, type Topic, type TopicChange } from '../../src/store/topics.ts';
import type { AlertDraft } from '../../src/topics/alert-draft.ts';
import { createAlertPlanner } from '../../src/topics/plan-alerts.ts';
import { engine } from '../helpers/databases.ts';
import { facts } from '../search/archive.ts';
import { memory, store } from '../store/fixtures.ts';
import { dying, NOW, search } from './world.ts';

const PAPERS = 8;
const TITLES = ['owls', 'bees', 'owls and bees', 'mice', 'owls and mice'];
const QUERIES = ['owls', 'bees', 'owls -mice', 'bees OR mice', '"owls and bees"'];
const DAILY = { minute: 9 * 60, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'Europe/Berlin' };

/** Something that happens. */
type Step =
  | { does: 'list'; papers: { paper: number; title: number }[]; source: string }
  | { does: 'follow'; query: number; channel: string; daily: boolean }
  | { does: 'edit'; topic: number; query: number }
  | { does: 'pause' | 'resume' | 'snooze'; topic: number }
  | { does: 'move'; topic: number; channel: string }
  | { does: 'wait'; hours: number }
  | { does: 'plan' | 'restart' }
  | { does: 'die'; after: number };

const topic = fc.nat(5);
const query = fc.nat(QUERIES.length - 1);
const channel = fc.constantFrom('10', '11');
const listed = fc.record({ paper: fc.nat(PAPERS - 1), title: fc.nat(TITLES.length - 1) });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('list' as const),
    papers: fc.uniqueArray(listed, { minLength: 1, maxLength: 4, selector: ({ paper }) => paper }),
    source: fc.constantFrom('a', 'b'),
  }),
  fc.record({ does: fc.constant('follow' as const), query, channel, daily: fc.boolean() }),
  fc.record({ does: fc.constant('edit' as const), topic, query }),
  fc.record({ does: fc.constantFrom('pause' as const, 'resume' as const, 'snooze' as const), topic }),
  fc.record({ does: fc.constant('move' as const), topic, channel }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ does: fc.constantFrom('plan' as const, 'plan' as const, 'restart' as const) }),
  fc.record({ does: fc.constant('die' as const), after: fc.nat(40) }),
);

/** What topics asked for and papers said, at any time; and what was told. */
class History {
  readonly queries = new Map<number, Set<string>>();
  readonly titles = new Map<number, Set<string>>();
  /** Topics that were paused or moved, which may keep things to themselves. */
  readonly unsteady = new Set<number>();
  readonly told: { channel: string; paperId: number; topicIds: number[] }[] = [];

  say<Key>(sayings: Map<Key, Set<string>>, key: Key, text: string): void {
    sayings.set(key, (sayings.get(key) ?? new Set()).add(text));
  }

  /** Whether any query of the topic matched any title of the paper, or all did. */
  agree(topicId: number, paperId: number, how: 'some' | 'every'): boolean {
    const pairs = [...(this.queries.get(topicId) ?? [])].flatMap((text) =>
      [...(this.titles.get(paperId) ?? [])].map((title) => ({ text, title })),
    );
    return pairs[how](({ text, title }) => {
      const { node } = parseQuery(text);
      return node !== null && matches(node, new AnalysedPaper(facts({ title })));
    });
  }
}

async function play(steps: Step[]): Promise<{ db: Db; history: History }> {
  const db = await memory();
  const history = new History();
  let now = NOW;
  const topics: number[] = [];
  const planner = (on: Db) => createAlertPlanner({ db: on, search, clock: () => now, log: silentLog, timezone: 'UTC' });
  let plan = planner(db);
  const change = async (place: number, given: TopicChange) => {
    const id = topics[place % Math.max(1, topics.length)];
    if (id === undefined) return;
    if (given.query !== undefined) history.say(history.queries, id, given.query);
    if (given.pausedAt || given.destination) history.unsteady.add(id);
    await changeTopic(db, id, given, now);
  };
  const act: { [Does in Step['does']]: (step: Extract<Step, { does: Does }>) => Promise<unknown> } = {
    list: async ({ papers, source }) => {
      const known = papers.map(({ paper, title }) => ({
        title: `${TITLES[title]} ${paper}`,
        arxivId: `2503.0000${paper}`,
      }));
      await store(db, known, { source, date: now.toISOString().slice(0, 10) });
      for (const { arxivId } of known) {
        const paper = await findPaperByArxivId(db, arxivId);
        if (paper) history.say(history.titles, paper.id, paper.title);
      }
    },
    follow: async ({ query: asked, channel: id, daily }) => {
      const text = QUERIES[asked] ?? '';
      const made = await createTopic(
        db,
        {
          name: `${topics.length}`,
          query: text,
          readerId: '7',
          guildId: '1',
          destination: { kind: 'channel', id },
          schedule: daily ? DAILY : null,
        },
        now,
      );
      history.say(history.queries, made.id, text);
      topics.push(made.id);
    },
    edit: ({ topic: place, query: asked }) => change(place, { query: QUERIES[asked] ?? '' }),
    pause: ({ topic: place }) => change(place, { pausedAt: now }),
    resume: ({ topic: place }) => change(place, { pausedAt: null }),
    snooze: ({ topic: place }) => change(place, { snoozedUntil: new Date(now.getTime() + 12 * 3_600_000) }),
    move: ({ topic: place, channel: id }) => change(place, { destination: { kind: 'channel', id } }),
    wait: ({ hours }) => Promise.resolve((now = new Date(now.getTime() + hours * 3_600_000))),
    plan: () => plan(),
    restart: () => Promise.resolve((plan = planner(db))),
    die: async ({ after }) => {
      await planner(db.withPlugin(dying(after)))().catch((error: Error) => expect(error.message).toBe('killed'));
    },
  };
  for (const one of steps) await (act[one.does] as (step: Step) => Promise<unknown>)(one);
  now = new Date(now.getTime() + 2 * 86_400_000);
  await plan();
  await collectTold(db, history);
  return { db, history };
}

async function collectTold(db: Db, { told }: History): Promise<void> {
  const rows = await db.selectFrom('deliveries').select(['destination_id', 'draft_json']).orderBy('id').execute();
  for (const { destination_id, draft_json } of rows) {
    const { papers, more } = JSON.parse(draft_json ?? '') as AlertDraft;
    expect(more).toBe(0);
    told.push(...papers.map(({ id, topicIds }) => ({ channel: destination_id, paperId: id, topicIds })));
  }
}

it('tells every destination of each paper that its topics match once, whatever happens in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { db, history } = await play(steps);
      const { told } = history;
      const keys = told.map(({ channel: id, paperId }) => `${id} ${paperId}`);
      expect(new Set(keys).size, 'a paper comes once').toBe(keys.length);
      for (const { paperId, topicIds } of told) {
        expect(topicIds.length).toBeGreaterThan(0);
        for (const id of topicIds) expect(history.agree(id, paperId, 'some'), 'nothing else comes').toBe(true);
      }
      const topics = await findTopics(db, [...history.queries.keys()]);
      const papers = await db.selectFrom('papers').select(['id', 'added_sequence']).execute();
      for (const { id, afterSequence, destination } of topics.filter((each: Topic) => !history.unsteady.has(each.id))) {
        for (const paper of papers) {
          const isDue = paper.added_sequence > afterSequence && history.agree(id, paper.id, 'every');
          if (isDue)
            expect(keys, `topic ${id} is told of paper ${paper.id}`).toContain(`${destination.id} ${paper.id}`);
        }
      }
      await db.destroy();
    }),
    { numRuns: engine === 'postgres' ? 12 : 60 },
  );
}, 120_000);
