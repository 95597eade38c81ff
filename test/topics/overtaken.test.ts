import type { Kysely, KyselyPlugin, QueryId } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findCatch } from '../../src/store/catches.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { matchedSequence } from '../../src/store/matched.ts';
import { newestSequence } from '../../src/store/papers.ts';
import type { Schema } from '../../src/store/schema.ts';
import { changeTopic, removeTopic } from '../../src/store/topics.ts';
import type { AlertDraft } from '../../src/topics/alert-draft.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { store } from '../store/fixtures.ts';
import { dying, planningWorld } from './world.ts';

const owls = { title: 'Owls at night' };

/** A connection that, when it has first read a table, waits until something else has happened. */
function waitingAfter(db: Db, table: keyof Schema, happens: () => Promise<unknown>): Db {
  let read: QueryId | null = null;
  let isOver = false;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const from = node.kind === 'SelectQueryNode' ? node.from?.froms[0] : undefined;
      if (from?.kind === 'TableNode' && 'table' in from && JSON.stringify(from.table).includes(`"${table}"`)) {
        read ??= queryId;
      }
      return node;
    },
    transformResult: async ({ queryId, result }) => {
      if (queryId === read && !isOver) {
        isOver = true;
        await happens();
      }
      return result;
    },
  };
  return db.withPlugin(plugin);
}

/** Two processes on one database: what `here` does, and what `there` has happened when the other has read a table. */
async function twoProcesses() {
  const url = await newDatabaseUrl();
  const connections: Kysely<Schema>[] = [await openDatabase(url), await openDatabase(url)];
  const [first, second] = connections;
  const there = await planningWorld(first);
  const planOvertaken = async (table: keyof Schema, happens: () => Promise<unknown>) => {
    const here = await planningWorld(waitingAfter(second!, table, happens));
    return here.plan();
  };
  return { ...there, planOvertaken, close: () => Promise.all(connections.map((each) => each.destroy())) };
}

describe('what happens while new papers are matched and their messages planned', () => {
  it('counts where a topic gets another query', async () => {
    const { db, follow, time, later, messages, planOvertaken, plan, close } = await twoProcesses();
    const { id } = await follow('owls');
    await follow('owls', { readerId: '8' });
    await store(db, [owls, { title: 'Bees by day' }]);
    const edit = async () => {
      later(1);
      await changeTopic(db, id, { query: 'bees' }, time.now);
    };
    await planOvertaken('papers', edit);
    await plan();
    expect((await messages()).map(({ to, papers }) => [to, papers])).toEqual([
      ['user 8', ['Owls at night']],
      ['user 7', ['Bees by day']],
    ]);
    await close();
  });

  it('counts where a topic is removed, of which nothing is stored', async () => {
    const { db, follow, messages, planOvertaken, plan, close } = await twoProcesses();
    const { id } = await follow('owls');
    await follow('owls', { readerId: '8' });
    await store(db, [owls]);
    await planOvertaken('papers', () => removeTopic(db, id));
    await plan();
    expect(await messages()).toMatchObject([{ to: 'user 8' }]);
    expect(await findCatch(db, id, 1)).toBeNull();
    await close();
  });

  it('is not missed by a topic that is made meanwhile, before its first paper comes', async () => {
    const { db, follow, messages, planOvertaken, close } = await twoProcesses();
    await follow('owls');
    await store(db, [owls]);
    const begin = async () => {
      await follow('bees', { readerId: '8' });
      await store(db, [{ title: 'Bees by day' }]);
    };
    expect(await planOvertaken('counters', begin)).toEqual({ caught: 2, messages: 2 });
    expect((await messages()).map(({ to, papers }) => [to, papers])).toEqual([
      ['user 7', ['Owls at night']],
      ['user 8', ['Bees by day']],
    ]);
    await close();
  });

  it.each(['papers', 'topics', 'disabled_destinations'] as const)(
    'comes once when another process plans the same after %s were read',
    async (table) => {
      const { db, follow, messages, planOvertaken, plan, close } = await twoProcesses();
      const { id } = await follow('owls');
      await follow('night', { schedule: { minute: 0, days: [0], timezone: 'UTC' } });
      await store(db, [owls, { title: 'Night' }]);
      const planThere = async () => {
        await plan();
        await store(db, [{ title: 'More owls' }]);
        await plan();
      };
      expect(await planOvertaken(table, planThere)).toEqual({ caught: 0, messages: 0 });
      expect(await messages()).toMatchObject([{ papers: ['Owls at night'] }, { papers: ['More owls'] }]);
      expect(await findCatch(db, id, 1)).toMatchObject({ outcome: 'told', deliveryId: 1 });
      expect(await matchedSequence(db)).toBe(await newestSequence(db));
      await close();
    },
  );
});

it('tells everybody once when a process is killed between the messages of a round', async () => {
  const READERS = 520;
  const { db, follow, plan } = await planningWorld();
  for (let reader = 1; reader <= READERS; reader++) await follow('owls', { readerId: String(reader) });
  const told = async () => {
    const rows = await db.selectFrom('deliveries').select(['destination_id', 'draft_json']).execute();
    return rows.flatMap(({ destination_id: to, draft_json }) =>
      (JSON.parse(draft_json ?? '') as AlertDraft).papers.map(({ id }) => `${to} ${id}`),
    );
  };
  const toldByKilled = new Set<number>();
  for (let statements = 5; statements < 40; statements += 3) {
    await store(db, [{ title: `Owls ${statements}` }]);
    const before = (await told()).length;
    const killed = await planningWorld(db.withPlugin(dying(statements)));
    await killed.plan().catch((error: Error) => expect(error.message).toBe('killed'));
    toldByKilled.add((await told()).length - before);
    await store(db, [{ title: `More owls ${statements}` }]);
    await plan();
    expect((await told()).length - before).toBe(2 * READERS);
  }
  // Nobody, the first of two transactions, all.
  expect([...toldByKilled].sort((a, b) => a - b)).toEqual([0, 500, READERS]);
  const everybody = await told();
  expect(new Set(everybody).size).toBe(everybody.length);
});

it('keeps the hour of a daily topic when a process was killed after it had told another destination', async () => {
  const { db, follow, plan, later, messages } = await planningWorld();
  const daily = { minute: 9 * 60, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'UTC' };
  await follow('owls');
  await follow('owls', { readerId: '8', schedule: daily });
  await store(db, [owls]);
  for (let statements = 0; (await messages()).length === 0; statements++) {
    const killed = await planningWorld(db.withPlugin(dying(statements)));
    await killed.plan().catch((error: Error) => expect(error.message).toBe('killed'));
  }
  later(24 * 60);
  await plan();
  expect((await messages()).map(({ to }) => to)).toEqual(['user 7', 'user 8']);
});
