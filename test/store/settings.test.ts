import { expect, it } from 'vitest';
import { getSetting, setSetting } from '../../src/store/settings.ts';
import { memory } from './fixtures.ts';

it('a setting is unknown until it is set, and setting one leaves the others', async () => {
  const db = await memory();
  expect(await getSetting(db, 'a')).toBeNull();
  await setSetting(db, 'a', '1');
  await setSetting(db, 'b', '');
  await setSetting(db, 'a', '2');
  expect([await getSetting(db, 'a'), await getSetting(db, 'b')]).toEqual(['2', '']);
});
