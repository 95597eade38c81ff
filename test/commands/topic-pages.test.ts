import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inboxPage } from '../../commands/shared/inbox-page.ts';
import { changeDraftOf, keepDraft, newDraftOf } from '../../commands/shared/topic-draft.ts';
import { own } from '../../commands/shared/topic-place.ts';
import { previewPage } from '../../commands/shared/topic-preview.ts';
import { changePage } from '../../commands/topics/change-page.ts';
import { topicCard } from '../../commands/topics/card.ts';
import { topicList } from '../../commands/topics/list.ts';
import { why } from '../../commands/topics/why.ts';
import { silentLog } from '../../src/core/log.ts';
import type { PressRequest, Reply, Request, Services } from '../../src/discord/command.ts';
import { fit, LIMITS } from '../../src/discord/fit.ts';
import { transferLines } from '../../src/discord/render/transfer.ts';
import { createSearch } from '../../src/search/search.ts';
import { createTopic } from '../../src/store/topics.ts';
import { hostile, long } from '../discord/hostile.ts';
import { facts } from '../search/archive.ts';
import { archiveOf } from '../search/archive-of.ts';

const NOW = new Date('2025-06-12T10:00:00Z');
const READER = '1180000000000000200';
const REQUEST = {
  reader: { id: READER, name: 'Ada' },
  guildId: null,
  channelId: null,
  permissions: 0n,
  chosenChannels: {},
} as unknown as Request;

async function services(titles: string[] = []): Promise<Services> {
  const db = await archiveOf(titles.map((title) => facts({ title, abstract: `All about robots. ${title}` })));
  onTestFinished(() => db.destroy());
  const search = await createSearch({ db, log: silentLog });
  const quotas = { topicsPerReader: 500, topicsPerServer: 500 };
  const rest = { clock: () => NOW, log: silentLog, timezone: 'UTC', quotas, nextIngestion: async () => null };
  return {
    db,
    search,
    ...rest,
    mention: (name: string) => `/${name}`,
    channel: async () => null,
  } as unknown as Services;
}

const press = (readerId: string, id: string): PressRequest =>
  ({ ...REQUEST, reader: { id: readerId, name: 'x' }, action: ['save', id] }) as unknown as PressRequest;

/** Whether Discord takes a message as it is, all of it. */
function expectFitting(reply: Reply): void {
  const { private: _, ...message } = reply;
  const { private: __, ...fitted } = fit(message);
  expect(fitted.embeds?.map(({ description = '' }) => description)).toEqual(
    message.embeds?.map(({ description = '' }) => description.trim()),
  );
  expect(fitted.embeds?.map(({ fields = [] }) => fields.length)).toEqual(
    message.embeds?.map(({ fields = [] }) => fields.length),
  );
}

describe('drafts', () => {
  const topic = { ...own(READER, 'message'), name: 'Robots', query: 'robot', schedule: null };

  it('are for whoever made them', async () => {
    const world = await services();
    const id = await keepDraft({ readerId: READER, topic }, world);
    expect(await newDraftOf(press(READER, id), world)).toEqual({ readerId: READER, topic });
    await expect(newDraftOf(press('1', id), world)).rejects.toThrow('This is somebody else’s. Begin your own');
  });

  it('are told from one another, and from what was forgotten', async () => {
    const world = await services();
    const id = await keepDraft({ readerId: READER, topic }, world);
    await expect(changeDraftOf(press(READER, id), world)).rejects.toThrow('too old to go on with');
    await expect(newDraftOf(press(READER, 'nothing'), world)).rejects.toThrow('Begin again with /subscribe.');
    const change = { readerId: READER, topicId: 1, change: { mentionRoleId: null } };
    expect(await changeDraftOf(press(READER, await keepDraft(change, world)), world)).toEqual(change);
  });
});

describe('pages about topics', () => {
  const name = hostile.map((text) => text.slice(0, 100) || 'x');
  const query = long.map((text) => `robot ${text}`.slice(0, 1000));

  it('fit whole into a message, however long and hostile names, queries and titles are', async () => {
    const given = fc.record({
      titles: fc.array(long, { minLength: 1, maxLength: 9 }),
      topics: fc.array(fc.tuple(name, query), { minLength: 8, maxLength: 10 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ titles, topics }) => {
        const world = await services(titles.map((title, index) => `${index} ${title}`));
        const saved = [];
        for (const [index, [called, asked]] of topics.entries()) {
          const destination = { kind: 'user', id: READER } as const;
          const schedule = { minute: 0, days: [0, 1, 2, 3, 4, 5], timezone: 'America/Argentina/ComodRivadavia' };
          const topic = {
            name: `${index}${called}`.slice(0, 100),
            query: asked,
            readerId: READER,
            destination,
            schedule,
          };
          saved.push(await createTopic(world.db, topic, NOW));
        }
        const [first] = saved;
        if (!first) throw new Error('There is no topic.');
        const change = { name: topics[1]?.[0] ?? '', query: topics[1]?.[1] ?? '', schedule: null };
        expectFitting(await topicList(0, REQUEST, world));
        expectFitting(await topicCard(first, REQUEST, world));
        expectFitting(await previewPage({ readerId: READER, topic: { ...first, name: topics[2]?.[0] ?? '' } }, world));
        expectFitting(await changePage(first, { readerId: READER, topicId: first.id, change }, world));
        expectFitting(await why('paper:1', undefined, REQUEST, world));
        expectFitting(await inboxPage('came', 0, REQUEST, world));
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('count what an import would do beyond what is shown', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, query), { minLength: 8, maxLength: 20 }), (topics) => {
        const destination = { kind: 'user', id: READER } as const;
        const added = topics.map(([called, asked]) => ({ name: called, query: asked, readerId: READER, destination }));
        const faults = topics.map(([reason], index) => ({ line: index + 1, reason }));
        const text = transferLines({ added, changed: [], unchanged: [], faults });
        expect(text.length).toBeLessThanOrEqual(LIMITS.description);
        expect(text).toContain(`-# and ${topics.length - 5} more`);
      }),
    );
  });
});
