import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { deliveriesAfter } from '../../src/store/deliveries.ts';
import { changeTopic, removeTopic } from '../../src/store/topics.ts';
import type { Alert } from '../../src/topics/alert.ts';
import { createAlertWriter } from '../../src/topics/write-alert.ts';
import { store } from '../store/fixtures.ts';
import { inChannel, NOW, planningWorld } from './world.ts';

/** Owls and bees, of which a channel with a topic each is about to be told. */
async function planned() {
  const world = await planningWorld();
  const { db, follow, plan } = world;
  const owls = await follow('owls', inChannel('10'));
  const bees = await follow('bees', inChannel('10'));
  await store(db, [{ title: 'Owls', abstract: 'Nothing is known. Owls fly at night.' }, { title: 'Bees' }]);
  await plan();
  const [delivery] = await deliveriesAfter(db, 0, 1);
  const write = (render: (alert: Alert) => object = (alert) => alert) =>
    createAlertWriter({ db, search: null, clock: () => NOW, log: silentLog, render })(
      JSON.parse(delivery?.draftJson ?? '') as object,
      { destination: { kind: 'channel', id: '10' }, form: 'message' },
    );
  return { ...world, owls, bees, write };
}

it('shows topics and papers as they are when the message is sent, with what matched marked', async () => {
  const { db, owls, bees, write } = await planned();
  await changeTopic(db, owls.id, { name: 'night birds' }, NOW);
  expect(await write()).toMatchObject({
    topics: [
      { id: owls.id, name: 'night birds' },
      { id: bees.id, name: 'bees' },
    ],
    papers: [
      { paper: { title: 'Bees' }, topicIds: [bees.id] },
      { paper: { title: 'Owls' }, topicIds: [owls.id] },
    ],
    more: 0,
  });
  const { papers } = (await write()) as Alert;
  expect(papers[1]?.snippet).toEqual([
    { text: 'Owls', marked: true },
    { text: ' fly at night.', marked: false },
  ]);
});

it('leaves out what came for a topic that was removed meanwhile, and says when nothing is left', async () => {
  const { db, owls, bees, write } = await planned();
  await removeTopic(db, bees.id);
  expect(await write()).toMatchObject({ topics: [{ id: owls.id }], papers: [{ paper: { title: 'Owls' } }] });
  await removeTopic(db, owls.id);
  expect(await write()).toBe('nothing left');
});

it('says so when no message can be made', async () => {
  const { write } = await planned();
  const failing = () => {
    throw new Error('cannot be rendered');
  };
  expect(await write(failing)).toBe('cannot be made');
});
