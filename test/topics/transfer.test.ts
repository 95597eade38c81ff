import { describe, expect, it } from 'vitest';
import { createTopic, findTopic, topicsAfter } from '../../src/store/topics.ts';
import { planTransfer, transfer } from '../../src/topics/transfer.ts';
import { topicLine } from '../../src/topics/transfer-line.ts';
import { memory } from '../store/fixtures.ts';
import { inChannel, NOW, topic } from './world.ts';

const weekly = { minute: 9 * 60 + 5, days: [1, 4], timezone: 'Europe/Berlin' };
const reader = { readerId: '7', guildId: null, destination: { kind: 'user', id: '7' } } as const;

describe('a file of topics', () => {
  it('comes back as it went, and a second time changes nothing', async () => {
    const [from, to] = [await memory(), await memory()];
    await createTopic(from, topic('owls "at night"', { name: 'Owls', schedule: weekly, toldBy: 'inbox' }), NOW);
    const channel = inChannel('10', { form: 'forum post', mentionRoleId: '5', pausedAt: NOW });
    await createTopic(from, topic('bees', channel), NOW);
    const lines = (await topicsAfter(from, 0, 10)).map(topicLine);
    const plan = await planTransfer(to, lines, null);
    expect(plan).toMatchObject({ added: [{ name: 'Owls' }, { name: 'bees' }], changed: [], unchanged: [], faults: [] });
    await transfer(to, plan, null, NOW);
    expect((await topicsAfter(to, 0, 10)).map(topicLine)).toEqual(lines);
    expect(await planTransfer(to, lines, null)).toMatchObject({ added: [], changed: [], unchanged: [{}, {}] });
  });

  it('changes what a line names, and nothing else', async () => {
    const db = await memory();
    const { id } = await createTopic(db, topic('owls', { name: 'Owls', schedule: weekly, snoozedUntil: NOW }), NOW);
    const plan = await planTransfer(db, ['{"name":"owls ","query":"owls -mice","schedule":null}'], reader);
    expect(plan.changed).toMatchObject([{ topic: { id }, change: { query: 'owls -mice', schedule: null } }]);
    await transfer(db, plan, null, NOW);
    expect(await findTopic(db, id)).toMatchObject({ query: 'owls -mice', schedule: null, snoozedUntil: NOW });
  });

  it('names each line that is no topic with what was expected, and takes the others', async () => {
    const lines = [
      'owls',
      '',
      '{"query":""}',
      '{"query":"owls","schedule":{"at":"25:00","days":["mon"],"timezone":"Mars/Olympus"}}',
      '{"query":"\\"\\""}',
      '{"query":"owls","colour":"red"}',
      '{"query":"owls"}',
      '{"query":"more","name":"OWLS"}',
    ];
    const plan = await planTransfer(await memory(), lines, reader);
    expect(plan.added).toMatchObject([{ name: 'owls', query: 'owls', readerId: '7' }]);
    expect(plan.faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      expect.stringMatching(/^1 expected a JSON object/),
      expect.stringMatching(/^3 query: expected a query/),
      expect.stringMatching(/^4 schedule.at: expected a time like 09:00; schedule.timezone: expected an IANA zone/),
      expect.stringMatching(/^5 query: asks for nothing/),
      expect.stringMatching(/^6 .*colour/),
      '8 name: “OWLS” stands in line 7 already',
    ]);
  });

  it('gives a reader topics of their own, whosever they were, without forums and roles', async () => {
    const db = await memory();
    const [line] = [await createTopic(db, topic('bees', inChannel('10', { form: 'forum post' })), NOW)].map(topicLine);
    const { added } = await planTransfer(db, [line ?? ''], reader);
    expect(added).toMatchObject([{ name: 'bees', ...reader }]);
    expect(added[0]).not.toHaveProperty('form');
    const { faults } = await planTransfer(db, ['{"query":"owls"}'], null);
    expect(faults).toEqual([{ line: 1, reason: expect.stringMatching(/^owner: expected/) as string }]);
  });

  it('imports all or nothing where there would be too many topics', async () => {
    const db = await memory();
    const plan = await planTransfer(db, ['{"query":"owls"}', '{"query":"bees"}'], reader);
    const quotas = { topicsPerReader: 1, topicsPerServer: 1 };
    await expect(transfer(db, plan, quotas, NOW)).rejects.toThrow('You have one topic, and there can be no more.');
    expect(await topicsAfter(db, 0, 10)).toEqual([]);
  });
});
