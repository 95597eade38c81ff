import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { createTopic, findTopic, type NewTopic, type Topic, topicsOfReader } from '../../src/store/topics.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, LANTERN, manyPapers, NOW } from './bot.ts';
import { attachmentText, fieldOf, type Followers, lastIn, openFollowers, paperOn } from './followers.ts';

const THIRTY = { digests: { '2025-06-10': manyPapers(30), '2025-06-11': [LANTERN] } };

/** A topic of the page's reader. */
function follow({ db }: Followers, topic: Partial<NewTopic> & { query: string }): Promise<Topic> {
  const destination = { kind: 'user', id: SEED.reader } as const;
  return createTopic(db, { name: topic.query, readerId: SEED.reader, destination, ...topic }, NOW);
}

function followThere(world: Followers, topic: Partial<NewTopic> & { query: string }): Promise<Topic> {
  const destination = { kind: 'channel', id: SEED.papers } as const;
  return follow(world, { guildId: SEED.guild, destination, ...topic });
}

describe('/topics list', () => {
  it('leads on when there is none', async () => {
    const { preview } = await openFollowers(THIRTY);
    const { user } = preview;
    const empty = await user.command(SEED.papers, 'topics list');
    expect([isPrivate(empty), embedOf(empty).title, buttonsOf(empty)]).toEqual([true, 'No topics', ['Ready topics']]);
    const ready = await user.press(empty, buttonOf(empty, 'Ready topics'));
    expect(embedOf(ready).title).toBe('Ready topics');
  });

  it('shows what is followed, where, when and whether it is held; many in pages', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    await follow(world, { query: 'robot', name: 'Bots', pausedAt: NOW });
    await follow(world, { query: 'protein', toldBy: 'inbox' });
    await followThere(world, { query: 'speech', schedule: { minute: 480, days: [1], timezone: 'UTC' } });
    const list = await user.command(SEED.papers, 'topics list');
    expect(embedOf(list).title).toBe('2 topics of yours, 1 topic of channels');
    expect(embedOf(list).description).toBe(
      [
        '### Yours',
        '**Bots**: robot',
        '-# By direct message, at once · paused since <t:1749722400:D>',
        '**protein**',
        '-# In your inbox, without a message',
        '### Channels of this server',
        '**speech**',
        `-# In <#${SEED.papers}>, Mondays at 08:00 UTC · next <t:1750060800:R>`,
      ].join('\n'),
    );
    for (let index = 0; index < 10; index += 1) await follow(world, { query: `words ${index}` });
    const many = await user.command(SEED.papers, 'topics list');
    expect(embedOf(many).footer?.text).toBe('Page 1 of 2');
    const second = await user.press(many, buttonOf(many, 'Next ›'));
    expect([second.id, embedOf(second).footer?.text]).toEqual([many.id, 'Page 2 of 2']);
    expect(embedOf(second).description).toContain('### Channels of this server');
  });

  it('shows a channel’s topics to those in it, and those of others only to who may manage them', async () => {
    const world = await openFollowers(THIRTY);
    await followThere(world, { query: 'speech' });
    const ben = world.preview.addUser('ben');
    const here = await ben.command(SEED.papers, 'topics list');
    expect(embedOf(here).description).toContain('**speech**');
    expect(here.components).toEqual([]);
    expect(embedOf(await ben.command(SEED.readingGroup, 'topics list')).title).toBe('No topics');
  });

  it('lets who manages one channel change what that one follows, and no other', async () => {
    const world = await openFollowers(THIRTY);
    const { preview } = world;
    const ben = preview.addUser('ben');
    preview.world.allow(SEED.readingGroup, ben.user.id, PermissionFlagsBits.ManageChannels);
    await followThere(world, { query: 'speech' });
    await followThere(world, { query: 'robot', destination: { kind: 'channel', id: SEED.readingGroup } });
    const offered = await ben.autocomplete(SEED.readingGroup, 'topics pause', { topic: '' }, 'topic');
    expect(offered.map(({ name }) => name)).toEqual(['robot, #reading-group']);
    const refused = await ben.command(SEED.readingGroup, 'topics remove', { topic: 'speech' });
    expect(refused.content).toContain('There is no such topic of yours.');
    const elsewhere = await ben.command(SEED.readingGroup, 'subscribe', { query: 'x', where: SEED.papers });
    expect(elsewhere.content).toContain('which you do not have there');
    const foreseen = await ben.command(SEED.papers, 'subscribe', { query: 'protein', where: SEED.readingGroup });
    expect(embedOf(await ben.press(foreseen, buttonOf(foreseen, 'Save'))).title).toBe('Saved');
  });

  it('opens a topic with all that can be done with it', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const { id } = await follow(world, { query: 'robot' });
    const list = await user.command(SEED.papers, 'topics list');
    const card = await user.press(list, 'topics:open', [String(id)]);
    expect(buttonsOf(card)).toEqual(['Edit', 'Pause', 'Snooze for a week', 'Remove']);
    const snoozed = await user.press(card, buttonOf(card, 'Snooze for a week'));
    expect([snoozed.id, fieldOf(embedOf(snoozed), 'Now')]).toEqual([card.id, 'Quiet until <t:1750320000:f>.']);
    const resumed = await user.press(snoozed, buttonOf(snoozed, 'Resume'));
    expect(embedOf(resumed).description).toContain('goes on');
    const paused = await user.press(resumed, buttonOf(resumed, 'Pause'));
    expect([paused.id, buttonsOf(paused)]).toEqual([card.id, ['Edit', 'Resume', 'Remove']]);
    expect(await findTopic(world.db, id)).toMatchObject({ pausedAt: NOW, snoozedUntil: null });
  });
});

describe('/topics edit', () => {
  it('shows what the change adds and drops, and changes only what it names', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const schedule = { minute: 480, days: [1], timezone: 'UTC' };
    const { id } = await follow(world, { query: 'robot', name: 'Bots', schedule });
    const page = await user.command(SEED.papers, 'topics edit', { topic: 'bots', query: 'protein OR lantern' });
    expect(embedOf(page).description).toContain(
      'In the last 30 days it caught **6 papers**; now it would have been **7**.',
    );
    expect(embedOf(page).description).toContain('**Adds 7 papers:**');
    expect(embedOf(page).description).toContain('**Lantern**: Retrieval with');
    expect(embedOf(page).description).toContain('**Drops 6 papers:**');
    expect(embedOf(page).fields?.map(({ name, value }) => [name, value])).toEqual([
      ['Looks for', '~~robot~~\nprotein OR lantern'],
    ]);
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'robot' });
    const saved = await user.press(page, buttonOf(page, 'Save'));
    expect(embedOf(saved).description).toContain('Saved.');
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'protein OR lantern', name: 'Bots', schedule });
  });

  it('renames a topic that was named after its query, moves clocks, and takes mentions away', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const role = world.preview.world.addRole('fans', { mentionable: true });
    const schedule = { minute: 480, days: [1], timezone: 'UTC' };
    const { id } = await followThere(world, { query: 'robot', schedule, mentionRoleId: role });
    const options = { topic: `topic:${id}`, query: 'robots', timezone: 'tokyo', no_mention: true };
    const page = await user.command(SEED.papers, 'topics edit', options);
    expect(embedOf(page).description).toContain('it would have caught the same');
    expect(fieldOf(embedOf(page), 'Told')).toContain(`\nIn <#${SEED.papers}>, Mondays at 08:00 Asia/Tokyo`);
    await user.press(page, buttonOf(page, 'Save'));
    expect(await findTopic(world.db, id)).toMatchObject({
      name: 'robots',
      mentionRoleId: null,
      schedule: { ...schedule, timezone: 'Asia/Tokyo' },
    });
  });

  it('opens the topic when nothing is named, and edits it in a form', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const { id } = await follow(world, { query: 'robot' });
    const card = await user.command(SEED.papers, 'topics edit', { topic: 'robot' });
    expect(embedOf(card).description).toBe('Press *Edit* to change it.');
    const form = await user.pressForForm(card, buttonOf(card, 'Edit'));
    const page = await user.submit(form, { query: 'protein', when: 'Fridays at 16:00' });
    expect(embedOf(page).fields?.map(({ name }) => name)).toEqual(['Name', 'Looks for', 'Told']);
    const again = await user.submit(await user.pressForForm(page, buttonOf(page, 'Refine')), { query: 'speech' });
    expect(fieldOf(embedOf(again), 'Looks for')).toBe('~~robot~~\nspeech');
    const left = await user.press(again, buttonOf(again, 'Cancel'));
    expect(embedOf(left).description).toBe('Nothing was changed.');
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'robot', schedule: null });
  });

  it('says when nothing would change, and what is wrong', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    await follow(world, { query: 'robot' });
    const edit = (options: Record<string, string>) =>
      user.command(SEED.papers, 'topics edit', { topic: 'robot', ...options });
    expect(embedOf(await edit({ query: 'robot' })).description).toBe('It is so already; nothing would change.');
    expect((await edit({ timezone: 'tokyo' })).content).toContain('told at once, so no clock counts');
    expect((await edit({ mention: SEED.botRole })).content).toContain('only in a channel');
    expect((await edit({ topic: 'zebra' })).content).toContain('There is no such topic of yours.');
  });

  it('refuses when the right was lost between page and press', async () => {
    const world = await openFollowers(THIRTY);
    const { id } = await followThere(world, { query: 'robot' });
    const ben = world.preview.addUser('ben');
    ben.setPermissions(PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ViewChannel);
    const page = await ben.command(SEED.papers, 'topics edit', { topic: 'robot', query: 'protein' });
    ben.setPermissions(null);
    const refused = await ben.press(page, buttonOf(page, 'Save'));
    expect(refused.content).toContain('Only those who may manage the server or its channels');
    expect(await findTopic(world.db, id)).toMatchObject({ query: 'robot' });
  });
});

describe('/topics pause, resume and snooze', () => {
  it('hold and go on; what a snoozed topic caught comes in one message', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    await follow(world, { query: 'robot' });
    const paused = await user.command(SEED.papers, 'topics pause', { topic: 'robot' });
    expect(embedOf(paused).description).toBe('**robot** is paused. What comes meanwhile is not told later.');
    expect(await world.ingest(paperOn('robot walking'))).toBe(0);
    const snoozed = await user.command(SEED.papers, 'topics snooze', { topic: 'robot', until: 'tomorrow' });
    expect(embedOf(snoozed).description).toContain('quiet until <t:1749801600:f>');
    expect(await world.ingest(paperOn('robot jumping'))).toBe(0);
    expect(await world.ingest(paperOn('robot swimming'))).toBe(0);
    world.setNow(new Date('2025-06-13T08:01:00Z'));
    expect(await world.deliver()).toBe(1);
    const alert = lastIn(user.messages(user.directMessages));
    expect(embedOf(alert).title).toBe('2 new papers for robot');
    const resumed = await user.command(SEED.papers, 'topics resume', { topic: 'robot' });
    expect(embedOf(resumed).description).toContain('goes on');
  });

  it('suggest one’s own topics, and times', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    await follow(world, { query: 'robot', name: 'Bots', pausedAt: NOW });
    await followThere(world, { query: 'speech' });
    const topics = await user.autocomplete(SEED.papers, 'topics pause', { topic: '' }, 'topic');
    expect(topics.map(({ name }) => name)).toEqual(['Bots (paused)', 'speech, #papers']);
    const until = await user.autocomplete(SEED.papers, 'topics snooze', { topic: 'x', until: '3' }, 'until');
    expect(until.map(({ value }) => value)).toEqual(['3 hours', '3 days', '3 weeks']);
    const ben = world.preview.addUser('ben');
    expect(await ben.autocomplete(SEED.papers, 'topics pause', { topic: '' }, 'topic')).toEqual([]);
  });

  it.each([
    ['soonish', '"soonish" is no time that I understand'],
    ['2025-06-01', 'is over already'],
    ['2031-01-01', 'more than a year ahead'],
  ])('refuse to wait until %s', async (until, expected) => {
    const world = await openFollowers(THIRTY);
    await follow(world, { query: 'robot' });
    const answer = await world.preview.user.command(SEED.papers, 'topics snooze', { topic: 'robot', until });
    expect(answer.content).toContain(expected);
  });
});

describe('/topics remove and /unsubscribe', () => {
  it.each(['topics remove', 'unsubscribe'])('/%s asks, then removes', async (command) => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const { id } = await follow(world, { query: 'robot' });
    const asked = await user.command(SEED.papers, command, { topic: 'robot' });
    expect([embedOf(asked).title, buttonsOf(asked)]).toEqual(['Remove “robot”?', ['Remove', 'Pause instead', 'Keep']]);
    const kept = await user.press(asked, buttonOf(asked, 'Keep'));
    expect(embedOf(kept).description).toBe('Nothing was changed.');
    const again = await user.command(SEED.papers, command, { topic: 'robot' });
    const removed = await user.press(again, buttonOf(again, 'Remove'));
    expect(embedOf(removed).title).toBe('Removed');
    expect(await findTopic(world.db, id)).toBeNull();
    const late = await user.press(kept, buttonOf(kept, 'Pause'));
    expect(late.content).toBe('This topic is not there any more.');
    expect((await user.command(SEED.papers, command, { topic: 'robot' })).content).toContain('You follow nothing yet.');
  });
});

describe('/topics why', () => {
  const reasonFor = async (world: Followers, paper: string, topic = '') => {
    const options = topic ? { paper, topic } : { paper };
    return embedOf(await world.preview.user.command(SEED.papers, 'topics why', options)).description;
  };

  it('says what is missing, what excluded it, and that it was there before', async () => {
    const world = await openFollowers(THIRTY);
    await follow(world, { query: 'retrieval zebra' });
    expect(await reasonFor(world, 'lantern')).toContain(
      'no match. What is missing: “zebra”; it does hold “retrieval”.',
    );
    await follow(world, { query: 'retrieval -letters' });
    expect(await reasonFor(world, 'lantern', 'retrieval -letters')).toContain('left out because of “letters”.');
    await follow(world, { query: 'lantern' });
    expect(await reasonFor(world, 'lantern', 'lantern')).toContain(
      'it matches, but was in the archive before the topic',
    );
  });

  it('says what was told, what waits, and what came while the topic was paused', async () => {
    const world = await openFollowers(THIRTY);
    await follow(world, { query: 'swimming' });
    await follow(world, { query: 'robot swimming', pausedAt: NOW });
    await follow(world, {
      query: '"scale"',
      schedule: { minute: 480, days: [1], timezone: 'UTC' },
      destination: { kind: 'channel', id: SEED.papers },
      guildId: SEED.guild,
    });
    await world.ingest(paperOn('robot swimming'));
    const reasons = await reasonFor(world, 'New ways to robot swimming');
    expect(reasons).toContain('**swimming**: it was told <t:');
    expect(reasons).toContain('**robot swimming**: it was told');
    expect(reasons).toContain('it waits for the hour of the topic (<t:1750060800:R>)');
  });

  it('says so when the archive has no such paper, or there are no topics', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    expect(await reasonFor(world, 'lantern')).toContain('You follow nothing yet');
    await follow(world, { query: 'robot' });
    const unknown = await user.command(SEED.papers, 'topics why', { paper: '2401.00001' });
    expect(embedOf(unknown).title).toBe('Not in the archive');
    const titles = await user.autocomplete(SEED.papers, 'topics why', { paper: 'lant' }, 'paper');
    expect(titles.map(({ value }) => value)).toEqual(['paper:31']);
  });
});

describe('/topics quiet', () => {
  it('sets what it names; what comes meanwhile is held and merged', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    const set = (options: Record<string, string | boolean> = {}) => user.command(SEED.papers, 'topics quiet', options);
    expect(embedOf(await set()).description).toContain('You have none: you are told at any hour.');
    expect((await set({ from: '22:00' })).content).toContain('need both "from" and "until"');
    const done = await set({ from: '22', until: '7:30 pm', timezone: 'berlin' });
    expect(embedOf(done).description).toContain('From **22:00** until **19:30** you get no direct message.');
    expect(embedOf(done).description).toContain('Your time zone is **Europe/Berlin**, where it is 12:00 now.');
    await follow(world, { query: 'robot' });
    expect(await world.ingest(paperOn('robot walking'))).toBe(0);
    expect(await world.ingest(paperOn('robot running'))).toBe(0);
    world.setNow(new Date('2025-06-12T17:31:00Z'));
    expect(await world.deliver()).toBe(1);
    expect(embedOf(lastIn(user.messages(user.directMessages))).title).toBe('2 new papers for robot');
    expect(embedOf(await set({ off: true })).description).toContain('You have none');
    expect(embedOf(await set()).description).toContain('Europe/Berlin');
    expect((await set({ from: '25:00', until: '7' })).content).toContain('"25:00" is no time of day');
    const hours = await user.autocomplete(SEED.papers, 'topics quiet', { from: '2' }, 'from');
    expect(hours.map(({ value }) => value)).toEqual(['02:00', '20:00', '21:00', '22:00', '23:00']);
  });
});

describe('/topics export and import', () => {
  it('give a file, and take its lines back with a difference first', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    await follow(world, { query: 'robot', name: 'Bots' });
    await follow(world, { query: 'protein' });
    const file = await user.command(SEED.papers, 'topics export');
    expect([isPrivate(file), file.attachments.map(({ filename }) => filename)]).toEqual([true, ['my-topics.jsonl']]);
    const text = await attachmentText(file);
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ name: 'Bots' }, {}]);

    const asked = await user.command(SEED.papers, 'topics import');
    const same = await user.submit(await user.pressForForm(asked, buttonOf(asked, 'Paste lines')), { lines: text });
    expect(embedOf(same)).toMatchObject({ title: 'Nothing would change', description: '2 topics are so already.' });
    const lines = ['{"name":"bots","query":"robot -toy"}', '{"query":"speech"}', 'speech', '{"query":"((("}'].join(
      '\n',
    );
    const form = await user.pressForForm(same, buttonOf(same, 'Paste again'));
    const changes = await user.submit(form, { lines, more: '{"query":"zebra","mentionRole":"1"}' });
    const shown = embedOf(changes).description;
    expect(shown).toContain('**Adds 2 topics:**\n- **speech**\n- **zebra**');
    expect(shown).toContain('**Changes 1 topic:**\n- **Bots**:');
    expect(shown).toContain('~~robot~~ robot -toy');
    expect(shown).toContain('**Cannot read 2 lines:**\n- line 3: expected a JSON object');
    expect(await topicsOfReader(world.db, SEED.reader)).toHaveLength(2);
    const done = await user.press(changes, buttonOf(changes, 'Save'));
    expect(embedOf(done).description).toContain(
      '2 topics added, 1 changed. 2 lines could not be read and were left out.',
    );
    expect((await topicsOfReader(world.db, SEED.reader)).map(({ query }) => query)).toEqual([
      'robot -toy',
      'protein',
      'speech',
      'zebra',
    ]);
  });

  it('are for a channel only with the right to', async () => {
    const world = await openFollowers(THIRTY);
    const ben = world.preview.addUser('ben');
    expect((await ben.command(SEED.papers, 'topics export', { of: 'server' })).content).toContain('Manage Server');
    expect((await ben.command(SEED.papers, 'topics import', { where: SEED.papers })).content).toContain(
      'Manage Server',
    );
    expect(embedOf(await ben.command(SEED.papers, 'topics export')).title).toBe('No topics');
    await followThere(world, { query: 'speech' });
    const file = await world.preview.user.command(SEED.papers, 'topics export', { of: 'server' });
    expect(await attachmentText(file)).toContain(`"channel":"${SEED.papers}"`);
  });
});

describe('/topics starter', () => {
  it('offers ready topics that lead to the preview', async () => {
    const { preview } = await openFollowers(THIRTY);
    const { user } = preview;
    const list = await user.command(SEED.papers, 'topics starter');
    const select = list.components?.[0];
    const options = select && 'components' in select ? select.components[0] : undefined;
    const first = options && 'options' in options ? options.options[0] : undefined;
    const foreseen = await user.press(list, 'topics:starter', [first?.value ?? '']);
    expect([foreseen.id === list.id, embedOf(foreseen).title]).toEqual([false, `Follow: ${first?.label}`]);
    expect(buttonsOf(foreseen)).toContain('Save');
  });
});
