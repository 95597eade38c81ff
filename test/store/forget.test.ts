import { describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/database.ts';
import { inboxOf } from '../../src/store/catches.ts';
import {
  DAYS_KEPT,
  departedGuilds,
  forgetDepartedGuilds,
  guildJoined,
  guildLeft,
  guildsPresent,
} from '../../src/store/departed-guilds.ts';
import { disableDestination } from '../../src/store/disabled-destinations.ts';
import { dataOf, forgetReader } from '../../src/store/forget.ts';
import { changeReader, findReader } from '../../src/store/readers.ts';
import { savedPapers, savePaper, unsavePaper } from '../../src/store/saved-papers.ts';
import { topicsOfGuild, topicsOfReader } from '../../src/store/topics.ts';
import { inChannel, NOW, planningWorld } from '../topics/world.ts';
import { store } from './fixtures.ts';

/** Readers 7 and 8 and a channel of server 1, all told of owls. */
async function community() {
  const world = await planningWorld();
  const { db, follow, plan } = world;
  await follow('owls');
  await follow('owls', { readerId: '8' });
  await follow('owls', inChannel('10'));
  await changeReader(db, '7', { timezone: 'Asia/Tokyo' });
  await savePaper(db, '7', 1, NOW);
  await store(db, [{ title: 'Owls' }]);
  await plan();
  await disableDestination(db, { kind: 'user', id: '7' }, { code: '50007', words: 'closed' }, NOW);
  return world;
}

/** In which tables an id still stands, as a reader's or as a destination's. */
async function traces(db: Db, id: string) {
  const kept: string[] = [];
  for (const table of ['told_papers', 'deliveries', 'disabled_destinations'] as const) {
    const rows = await db.selectFrom(table).select('destination_id').where('destination_id', '=', id).execute();
    if (rows.length > 0) kept.push(table);
  }
  for (const table of ['topics', 'saved_papers', 'summaries'] as const) {
    const rows = await db.selectFrom(table).select('reader_id').where('reader_id', '=', id).execute();
    if (rows.length > 0) kept.push(table);
  }
  const readers = await db.selectFrom('readers').select('id').where('id', '=', id).execute();
  return readers.length > 0 ? [...kept, 'readers'] : kept;
}

describe('what is kept of a reader', () => {
  it('is all in one object', async () => {
    const { db } = await community();
    expect(await dataOf(db, '7')).toMatchObject({
      settings: { timezone: 'Asia/Tokyo', quiet: null },
      topics: [{ name: 'owls' }],
      setUp: { topics: [{ guildId: '1' }], summaryIds: [] },
      caught: [{ topicId: 1, paper: { id: 1, title: 'Owls' }, outcome: 'told' }],
      told: [{ paper: { title: 'Owls' } }],
      saved: [{ paper: { title: 'Owls' } }],
      messages: [{ subject: 'alert:1', state: 'planned', message: { papers: [{ id: 1 }] } }],
      closed: { reason: 'closed' },
    });
    expect(await dataOf(db, '99')).toMatchObject({ topics: [], caught: [], messages: [], closed: null });
  });

  it('is forgotten whole, and nothing of anybody else', async () => {
    const { db } = await community();
    expect(await traces(db, '7')).toHaveLength(6);
    const [before, others] = [await dataOf(db, '8'), await topicsOfGuild(db, '1')];
    await forgetReader(db, '7');
    expect(await traces(db, '7')).toEqual([]);
    expect(await dataOf(db, '8')).toEqual(before);
    expect(await topicsOfGuild(db, '1')).toEqual(others.map((topic) => ({ ...topic, readerId: '' })));
    expect(await inboxOf(db, '7')).toEqual({ total: 0, entries: [] });
  });
});

describe('a server that the bot has left', () => {
  it('is forgotten after a month, and not before', async () => {
    const { db } = await community();
    await guildLeft(db, '1', NOW);
    const month = DAYS_KEPT * 86_400_000;
    expect(await forgetDepartedGuilds(db, new Date(NOW.getTime() + month))).toEqual([]);
    expect(await topicsOfGuild(db, '1')).toHaveLength(1);
    expect(await forgetDepartedGuilds(db, new Date(NOW.getTime() + month + 1))).toEqual(['1']);
    expect(await topicsOfGuild(db, '1')).toEqual([]);
    expect(await traces(db, '10')).toEqual([]);
    expect(await topicsOfReader(db, '7')).toHaveLength(1);
    expect(await departedGuilds(db)).toEqual(new Set());
  });

  it('is as it was when the bot comes back', async () => {
    const { db } = await community();
    await guildLeft(db, '1', NOW);
    expect([await guildJoined(db, '1'), await guildJoined(db, '1')]).toEqual([true, false]);
    expect(await forgetDepartedGuilds(db, new Date('2030-01-01'))).toEqual([]);
  });

  it('is noticed at the next start when nobody said so', async () => {
    const { db } = await community();
    await guildsPresent(db, ['2'], NOW);
    expect(await departedGuilds(db)).toEqual(new Set(['1']));
    await guildsPresent(db, ['1', '2'], NOW);
    expect(await departedGuilds(db)).toEqual(new Set());
  });
});

describe('settings and saved papers', () => {
  it('change in what is named', async () => {
    const { db } = await community();
    await changeReader(db, '7', { quiet: { from: 1320, until: 420 } });
    expect(await findReader(db, '7')).toEqual({ id: '7', timezone: 'Asia/Tokyo', quiet: { from: 1320, until: 420 } });
    await changeReader(db, '7', { quiet: null });
    expect(await findReader(db, '7')).toEqual({ id: '7', timezone: 'Asia/Tokyo', quiet: null });
    expect(await findReader(db, '9')).toEqual({ id: '9', timezone: null, quiet: null });
  });

  it('keep a paper once, the latest first', async () => {
    const { db } = await community();
    await store(db, [{ title: 'Bees' }]);
    const later = new Date(NOW.getTime() + 1);
    expect([await savePaper(db, '7', 2, later), await savePaper(db, '7', 2, later)]).toEqual([true, false]);
    expect(await savedPapers(db, '7', { limit: 1 })).toEqual({ total: 2, papers: [{ paperId: 2, savedAt: later }] });
    expect([await unsavePaper(db, '7', 2), await unsavePaper(db, '7', 2)]).toEqual([true, false]);
  });
});
