import { expect, it } from 'vitest';
import { databaseAnswers, lives, readiness } from '../../src/http/health.ts';
import type { Handler } from '../../src/http/server.ts';
import type { Db } from '../../src/store/database.ts';
import { emptyDatabase } from '../helpers/databases.ts';

async function ask(handler: Handler): Promise<[number, unknown]> {
  let answer: [number, unknown] = [0, null];
  await handler({} as never, async ({ status, body }) => void (answer = [status, JSON.parse(body)]));
  return answer;
}

it('says that the process lives', async () => {
  expect(await ask(lives)).toEqual([200, { lives: true, uptime_seconds: expect.any(Number) as number }]);
});

it('says whether it is ready, and of everything why not', async () => {
  expect(await ask(readiness([() => null, async () => null]))).toEqual([200, { ready: true, reasons: [] }]);
  const handler = readiness([() => 'The index is being read.', () => null, async () => 'It ends.']);
  expect(await ask(handler)).toEqual([503, { ready: false, reasons: ['The index is being read.', 'It ends.'] }]);
});

it('finds that a database answers, refuses, or hangs, and asks one that hangs only once', async () => {
  const db = await emptyDatabase();
  const check = databaseAnswers(db);
  expect(await check()).toBeNull();
  await db.destroy();
  expect(await check()).toBe('The database refuses to answer.');
  let asked = 0;
  const hanging = {
    getExecutor: () => {
      asked += 1;
      return {
        adapter: {},
        transformQuery: (node: unknown) => node,
        compileQuery: () => ({}),
        executeQuery: () => new Promise(() => {}),
      };
    },
  } as unknown as Db;
  const slow = databaseAnswers(hanging);
  expect(await Promise.all([slow(), slow()])).toEqual(Array(2).fill('The database does not answer within a second.'));
  const before = asked;
  await slow();
  expect(asked).toBe(before);
});
