import { expect, it } from 'vitest';
import { findState, forgetStatesBefore, keepState } from '../../src/store/button-states.ts';
import { memory } from './fixtures.ts';

const may = (day: number) => new Date(Date.UTC(2025, 4, day));

it('the same state has the same short id, and comes back as it was', async () => {
  const db = await memory();
  const state = { query: 'title:"x" – 東京', page: 2, sort: null };
  const id = await keepState(db, state, may(1));
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(await keepState(db, state, may(2))).toBe(id);
  expect(await keepState(db, { ...state, page: 3 }, may(2))).not.toBe(id);
  expect(await findState(db, id)).toEqual(state);
  expect(await findState(db, '0123456789abcdef')).toBeNull();
});

it('states last used before a day are forgotten', async () => {
  const db = await memory();
  const [old, used] = [await keepState(db, 'old', may(1)), await keepState(db, 'used', may(1))];
  await keepState(db, 'used', may(9));
  await forgetStatesBefore(db, may(5));
  expect([await findState(db, old), await findState(db, used)]).toEqual([null, 'used']);
});
