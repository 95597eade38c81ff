import { describe, expect, it } from 'vitest';
import type { APIMessage } from 'discord.js';
import { SEED } from '../../src/preview/seed.ts';
import { savedPapers } from '../../src/store/saved-papers.ts';
import { createTopic, findTopic, type NewTopic, type Topic } from '../../src/store/topics.ts';
import { facts } from '../search/archive.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, NOW } from './bot.ts';
import { type Followers, lastIn, openFollowers, paperOn } from './followers.ts';

function follow({ db }: Followers, topic: Partial<NewTopic> & { query: string }): Promise<Topic> {
  const destination = { kind: 'channel', id: SEED.papers } as const;
  return createTopic(db, { name: topic.query, readerId: SEED.reader, guildId: SEED.guild, destination, ...topic }, NOW);
}

/** The values of the only select of a message. */
function choicesOf(message: APIMessage): { id: string; values: string[] } {
  const row = message.components?.find(
    (each) => 'components' in each && each.components.some((one) => 'options' in one),
  );
  const select = row && 'components' in row ? row.components[0] : undefined;
  if (!select || !('options' in select)) throw new Error('There is no select.');
  return { id: select.custom_id, values: select.options.map(({ value }) => value) };
}

const alertIn = (world: Followers, channel: string = SEED.papers) => lastIn(world.preview.user.messages(channel));

describe('an alert', () => {
  it('names all topics of a paper that comes once, and says for each paper which', async () => {
    const world = await openFollowers();
    await follow(world, { query: 'robot', name: '**Bots** @everyone' });
    await follow(world, { query: 'walking' });
    expect(await world.ingest(paperOn('robot walking'), paperOn('dog walking'))).toBe(1);
    const alert = alertIn(world);
    expect(embedOf(alert).title).toBe('2 new papers for \\*\\*Bots\\*\\* @\u200Beveryone and walking');
    expect(embedOf(alert).description).toContain('for \\*\\*Bots\\*\\* @\u200Beveryone and walking');
    expect(embedOf(alert).description).toContain('11 Jun 2025 · for walking');
  });

  it('counts what does not fit, and shows all of it on a press', async () => {
    const world = await openFollowers();
    await follow(world, { query: 'robot' });
    await world.ingest(...Array.from({ length: 14 }, (_, index) => paperOn(`robot ${index}`)));
    const alert = alertIn(world);
    expect(embedOf(alert).title).toBe('14 new papers for robot');
    expect(embedOf(alert).description).toMatch(
      /\*\*8\.\*\*[^]*-# 6 more papers did not fit here\. Press \*Show all\*\./,
    );
    const all = await world.preview.addUser('ben').press(alert, buttonOf(alert, 'Show all'));
    expect([isPrivate(all), embedOf(all).title]).toEqual([true, 'Search: robot']);
    expect(embedOf(all).description).toContain('**15 papers** match. Newest first.');
  });

  it('asks privately which of several papers is meant, and which topic is to pause', async () => {
    const world = await openFollowers();
    const ben = world.preview.addUser('ben');
    const bots = await follow(world, { query: 'robot' });
    await follow(world, { query: 'walking' });
    await world.ingest(paperOn('robot walking'), paperOn('dog walking'));
    const alert = alertIn(world);
    const why = await ben.press(alert, buttonOf(alert, 'Why'));
    expect([isPrivate(why), why.content]).toEqual([true, 'Several papers came. Which one?']);
    const { id, values } = choicesOf(why);
    const dogs = await ben.press(why, id, [values[1] ?? '']);
    expect([dogs.id, embedOf(dogs).description]).toEqual([why.id, expect.stringContaining('New ways to dog walking')]);
    expect(embedOf(dogs).description).toContain('**walking**: it was told');
    expect(embedOf(dogs).description).not.toContain('**robot**');
    const save = await ben.press(alert, buttonOf(alert, 'Save'));
    const papers = choicesOf(save);
    const saved = await ben.press(save, papers.id, papers.values);
    expect(saved.content).toContain('Saved 2 papers.');
    expect((await savedPapers(world.db, ben.user.id)).total).toBe(2);
    expect((await savedPapers(world.db, SEED.reader)).total).toBe(0);
    const pause = await world.preview.user.press(alert, buttonOf(alert, 'Pause'));
    const paused = await world.preview.user.press(pause, choicesOf(pause).id, [String(bots.id)]);
    expect(embedOf(paused).description).toContain('**robot** is paused');
    expect(await findTopic(world.db, bots.id)).toMatchObject({ pausedAt: NOW });
  });

  it('lets nobody pause or narrow what they may not change', async () => {
    const world = await openFollowers();
    const { id } = await follow(world, { query: 'robot' });
    await world.ingest(paperOn('robot walking'));
    const alert = alertIn(world);
    const ben = world.preview.addUser('ben');
    for (const label of ['Pause', 'Less of this']) {
      const refused = await ben.press(alert, buttonOf(alert, label));
      expect([isPrivate(refused), refused.content]).toEqual([
        true,
        expect.stringContaining('Only those who may manage the server or its channels'),
      ]);
    }
    expect(await findTopic(world.db, id)).toMatchObject({ pausedAt: null, query: 'robot' });
  });

  it('proposes what to leave out with its effect, does it on a press, and takes it back', async () => {
    const world = await openFollowers({
      digests: { '2025-06-10': [paperOn('robot walking'), paperOn('robot dancing'), paperOn('robot surgery')] },
    });
    const { user } = world.preview;
    const { id } = await follow(world, { query: 'robot' });
    await world.ingest(
      facts({ title: 'Robot surgery at night', abstract: 'A robot does it.', publishedOn: '2025-06-12' }),
    );
    const alert = alertIn(world);
    const less = await user.press(alert, buttonOf(alert, 'Less of this'));
    expect([isPrivate(less), embedOf(less).title]).toEqual([true, 'Less of this']);
    expect(embedOf(less).description).toMatch(
      /- \*\*.+robot surgery.+ would have left out 2 of 4 papers in the last 30 days/,
    );
    const other = await user.press(alert, buttonOf(alert, 'Less of this'));
    const narrowed = await user.press(less, buttonOf(less, '-"robot surgery"'));
    expect(embedOf(narrowed).description).toContain('Saved.');
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'robot -"robot surgery"' });
    const late = await user.press(other, buttonOf(other, '-night'));
    expect(late.content).toContain('The topic was changed since');
    const again = await user.press(alert, buttonOf(alert, 'Less of this'));
    expect(embedOf(again).description).toContain('no word of this paper');
    const undone = await user.press(narrowed, buttonOf(narrowed, 'Undo'));
    expect(embedOf(undone).description).toContain('Saved.');
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'robot' });
  });

  it('proposes something for the only paper of a quiet topic too', async () => {
    const world = await openFollowers();
    await follow(world, { query: 'walking' });
    await world.ingest(paperOn('robot walking'));
    const alert = alertIn(world);
    const less = await world.preview.user.press(alert, buttonOf(alert, 'Less of this'));
    expect(embedOf(less).description).toContain('would have left out 1 of 1 paper in the last 30 days');
  });

  it('has buttons that say so when the topic or the papers are gone', async () => {
    const world = await openFollowers();
    await follow(world, { query: 'robot' });
    await world.ingest(paperOn('robot walking'));
    const alert = alertIn(world);
    const { user } = world.preview;
    await user
      .command(SEED.papers, 'topics remove', { topic: 'robot' })
      .then((asked) => user.press(asked, buttonOf(asked, 'Remove')));
    for (const label of ['Why', 'Less of this', 'Pause']) {
      expect((await user.press(alert, buttonOf(alert, label))).content).toBe('This topic is not there any more.');
    }
    expect(buttonsOf(alert)).toContain('Save');
    expect((await user.press(alert, buttonOf(alert, 'Save'))).content).toContain('Saved');
    expect((await user.press(alert, buttonOf(alert, 'Save'))).content).toContain('You saved');
  });
});
