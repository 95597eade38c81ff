import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { changeReader } from '../../src/store/readers.ts';
import { createTopic, type NewTopic, topicsOfReader } from '../../src/store/topics.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, NOW } from './bot.ts';
import { attachmentText, type Followers, lastIn, openFollowers, paperOn } from './followers.ts';

function follow({ db }: Followers, topic: Partial<NewTopic> & { query: string }) {
  const destination = { kind: 'user', id: SEED.reader } as const;
  return createTopic(db, { name: topic.query, readerId: SEED.reader, destination, ...topic }, NOW);
}

describe('/inbox', () => {
  it('leads on when nothing is followed, and says when nothing has come', async () => {
    const world = await openFollowers({ nextIngestion: new Date('2025-06-12T10:10:00Z') });
    const { user } = world.preview;
    const empty = await user.command(SEED.papers, 'inbox');
    expect([isPrivate(empty), embedOf(empty).title]).toEqual([true, 'Your inbox']);
    expect(embedOf(empty).description).toMatch(/You follow nothing yet\. <\/subscribe:\d+> .* <\/topics starter:\d+>/);
    expect(buttonsOf(empty)).toEqual(['Saved papers', 'Ready topics']);
    await follow(world, { query: 'robot' });
    const quiet = await user.command(SEED.papers, 'inbox');
    expect(embedOf(quiet).description).toContain('Nothing new has come for your 1 topic so far. The next look');
    const saved = await user.press(quiet, buttonOf(quiet, 'Saved papers'));
    expect(embedOf(saved).description).toContain('You have saved no paper yet.');
  });

  it('shows what came, without a message where none is wanted, in pages', async () => {
    const world = await openFollowers();
    const { user } = world.preview;
    await follow(world, { query: 'robot', name: '*Bots*', toldBy: 'inbox' });
    await follow(world, { query: 'walking' });
    expect(await world.ingest(...Array.from({ length: 13 }, (_, index) => paperOn(`robot ${index}`)))).toBe(0);
    await world.ingest(paperOn('robot walking'));
    const first = await user.command(SEED.papers, 'inbox');
    expect(embedOf(first).description).toContain('**14 papers** came for you, the latest first.');
    expect(embedOf(first).description).toMatch(/New ways to \*\*robot\*\* walking[^]*for \\\*Bots\\\* and walking/);
    expect(embedOf(first).description).toContain('We study **robot** walking at scale.');
    expect(embedOf(first).footer?.text).toBe('Page 1 of 3');
    const last = await user.press(first, buttonOf(first, 'Last »'));
    expect([last.id, embedOf(last).footer?.text]).toEqual([first.id, 'Page 3 of 3']);
  });

  it('says that direct messages are closed, and tries again on a press', async () => {
    const world = await openFollowers();
    const { user } = world.preview;
    await follow(world, { query: 'robot' });
    user.setDirectMessagesOpen(false);
    await world.ingest(paperOn('robot walking'));
    const closed = await user.command(SEED.papers, 'inbox');
    expect(embedOf(closed).description).toContain('**My direct messages do not reach you**');
    expect(embedOf(closed).description).toContain('New ways to **robot** walking');
    expect(buttonsOf(closed)).toContain('Try again');
    user.setDirectMessagesOpen(true);
    const open = await user.press(closed, buttonOf(closed, 'Try again'));
    expect(embedOf(open).description).not.toContain('do not reach you');
    await world.deliver();
    expect(embedOf(lastIn(user.messages(user.directMessages))).title).toBe('New paper for robot');
  });

  it('keeps saved papers until they are put away', async () => {
    const world = await openFollowers();
    const { user } = world.preview;
    await follow(world, { query: 'robot' });
    await world.ingest(paperOn('robot walking'));
    const alert = lastIn(user.messages(user.directMessages));
    await user.press(alert, buttonOf(alert, 'Save'));
    const saved = await user.command(SEED.papers, 'inbox', { show: 'saved' });
    expect(embedOf(saved)).toMatchObject({ title: 'Papers you saved' });
    expect(embedOf(saved).description).toContain('New ways to robot walking');
    const card = await user.command(SEED.papers, 'paper', { title: 'paper:1' });
    expect((await user.press(card, buttonOf(card, 'Save'))).content).toContain('Saved **Grasping with two fingers**');
    const both = await user.command(SEED.papers, 'inbox', { show: 'saved' });
    expect(embedOf(both).description).toContain('**2 papers**, the latest first.');
    await user.press(both, 'inbox:unsave:0', ['1']);
    const away = await user.press(saved, 'inbox:unsave:0', ['2']);
    expect([away.id, embedOf(away).description]).toEqual([saved.id, expect.stringContaining('no paper yet')]);
  });
});

describe('/my data and /forget me', () => {
  it('give all of it, and delete all of it when that is confirmed', async () => {
    const world = await openFollowers();
    const { user } = world.preview;
    const nothing = await user.command(SEED.papers, 'my data');
    expect(nothing.content).toContain('Nothing is kept about you, and the file says so.');
    await follow(world, { query: 'robot' });
    await changeReader(world.db, SEED.reader, { timezone: 'Europe/Berlin' });
    await world.ingest(paperOn('robot walking'));
    await user.command(SEED.papers, 'subscribe', { query: 'never saved' });
    const data = await user.command(SEED.papers, 'my data');
    expect([isPrivate(data), data.content]).toEqual([
      true,
      expect.stringContaining('1 topic, 1 paper that came for you'),
    ]);
    expect(JSON.parse(await attachmentText(data))).toMatchObject({
      settings: { timezone: 'Europe/Berlin' },
      topics: [{ query: 'robot' }],
      caught: [{ paper: { title: 'New ways to robot walking' } }],
      messages: [{ state: 'sent' }],
    });
    const asked = await user.command(SEED.papers, 'forget me');
    expect(embedOf(asked).description).toContain('1 topic of your own, with 1 paper that came for you');
    const kept = await user.press(asked, buttonOf(asked, 'Keep everything'));
    expect(embedOf(kept).title).toBe('Nothing was deleted');
    const again = await user.command(SEED.papers, 'forget me');
    const gone = await user.press(again, buttonOf(again, 'Delete everything'));
    expect(embedOf(gone).title).toBe('You are forgotten');
    expect(await topicsOfReader(world.db, SEED.reader)).toEqual([]);
    expect((await user.command(SEED.papers, 'my data')).content).toContain('Nothing is kept about you');
    const states = await world.db.selectFrom('button_states').select('state_json').execute();
    expect(JSON.stringify(states)).not.toContain(SEED.reader);
  });
});
