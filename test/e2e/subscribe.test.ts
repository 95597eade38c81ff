import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { createTopic, topicsOfGuild, topicsOfReader } from '../../src/store/topics.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, manyPapers, NOW } from './bot.ts';
import { fieldOf, lastIn, openFollowers, paperOn } from './followers.ts';

const THIRTY = { digests: { '2025-06-10': manyPapers(30) } };

describe('/subscribe', () => {
  it('shows privately what would have been caught, saves, and tells once, also after a restart', async () => {
    const world = await openFollowers(THIRTY);
    const { preview, db } = world;
    const { user } = preview;
    const foreseen = await user.command(SEED.papers, 'subscribe', { query: 'robot grasping' });
    expect(isPrivate(foreseen)).toBe(true);
    expect(embedOf(foreseen).title).toBe('Follow: robot grasping');
    expect(embedOf(foreseen).description).toContain('this would have caught **6 papers**, about 1 a week.');
    expect(embedOf(foreseen).description).toContain('of **robot grasping**');
    expect(embedOf(foreseen).description).toContain('and 2 more papers');
    expect(fieldOf(embedOf(foreseen), 'Told')).toBe('By direct message, at once.');
    expect(buttonsOf(foreseen)).toEqual(['Save', 'Refine', 'Cancel']);
    const saved = await user.press(foreseen, buttonOf(foreseen, 'Save'));
    expect([saved.id, embedOf(saved).title]).toEqual([foreseen.id, 'Saved']);
    expect(await topicsOfReader(db, SEED.reader)).toHaveLength(1);

    expect(await world.ingest(paperOn('robot grasping'), paperOn('protein folding'))).toBe(1);
    expect(await world.deliver()).toBe(0);
    const alerts = user.messages(user.directMessages);
    expect(alerts).toHaveLength(1);
    const alert = lastIn(alerts);
    expect(embedOf(alert).title).toBe('New paper for robot grasping');
    expect(embedOf(alert).description).toContain('We study **robot grasping** at scale.');
    expect(embedOf(alert).description).not.toContain('protein');
    expect(buttonsOf(alert)).toEqual(['Why', 'Save', 'Less of this', 'Pause']);

    await world.discord.close();
    await world.start();
    const why = await user.press(alert, buttonOf(alert, 'Why'));
    expect(embedOf(why).description).toMatch(/\*\*robot grasping\*\*: it was told .* It holds “robot”, “grasping”\./);
    const kept = await user.press(alert, buttonOf(alert, 'Save'));
    expect(kept.content).toContain('Saved **New ways to robot grasping**.');
    expect(kept.id).not.toBe(alert.id);
    const paused = await user.press(alert, buttonOf(alert, 'Pause'));
    expect(embedOf(paused).description).toContain('is paused');
    expect(await world.ingest(paperOn('robot grasping', { title: 'Another robot grasping' }))).toBe(0);
  });

  it('works its buttons after a restart, and saves once however often it is pressed', async () => {
    const { preview, db, discord, start } = await openFollowers(THIRTY);
    const { user } = preview;
    const foreseen = await user.command(SEED.papers, 'subscribe', {
      query: 'robot',
      when: 'mondays 9',
      timezone: 'berlin',
    });
    expect(fieldOf(embedOf(foreseen), 'Told')).toBe('By direct message, Mondays at 09:00 Europe/Berlin.');
    await discord.close();
    await start();
    const save = buttonOf(foreseen, 'Save');
    await Promise.all([user.press(foreseen, save), user.press(foreseen, save)]);
    const topics = await topicsOfReader(db, SEED.reader);
    expect(topics.map(({ name, nextRunAt }) => [name, nextRunAt?.toISOString()])).toEqual([
      ['robot', '2025-06-16T07:00:00.000Z'],
    ]);
  });

  it('is refined in a form, with its words as they are', async () => {
    const { preview, db } = await openFollowers(THIRTY);
    const { user } = preview;
    const first = await user.command(SEED.papers, 'subscribe', { query: 'robot' });
    const form = await user.pressForForm(first, buttonOf(first, 'Refine'));
    expect(form.modal.title).toBe('Refine the topic');
    const second = await user.submit(form, { query: 'protein   folding', name: 'Proteins', when: 'daily at 8' });
    expect([second.id, embedOf(second).title]).toEqual([first.id, 'Follow: Proteins']);
    expect(fieldOf(embedOf(second), 'Looks for')).toBe('protein folding');
    expect(fieldOf(embedOf(second), 'Told')).toBe('By direct message, daily at 08:00 UTC.');
    const wrong = await user.submit(await user.pressForForm(second, buttonOf(second, 'Refine')), { when: 'sometime' });
    expect(wrong.content).toContain('"sometime" is no time that I understand');
    await user.press(second, buttonOf(second, 'Save'));
    expect(await topicsOfReader(db, SEED.reader)).toMatchObject([{ name: 'Proteins', query: 'protein folding' }]);
  });

  it('saves nothing when cancelled, and nothing for somebody else', async () => {
    const { preview, db } = await openFollowers(THIRTY);
    const { user } = preview;
    const foreseen = await user.command(SEED.papers, 'subscribe', { query: 'robot' });
    await expect(preview.addUser('ben').press(foreseen, buttonOf(foreseen, 'Save'))).rejects.toThrow('gone');
    const left = await user.press(foreseen, buttonOf(foreseen, 'Cancel'));
    expect([left.content, left.embeds, left.components]).toEqual(['Nothing was saved.', [], []]);
    expect(await topicsOfReader(db, SEED.reader)).toEqual([]);
  });

  it('warns of what is far too broad, and says where a query was not understood', async () => {
    const { preview } = await openFollowers({ digests: { '2025-06-10': manyPapers(320) } });
    const broad = await preview.user.command(SEED.papers, 'subscribe', { query: 'transformer since:soon' });
    expect(embedOf(broad).description).toContain('Taken as plain words: at “soon” I expected a day like 2025-01-31');
    const plainly = await preview.user.command(SEED.papers, 'subscribe', { query: 'transformer' });
    expect(embedOf(plainly).description).toContain('**320 papers**, about 75 a week. **That is far too broad**');
  });

  it('says when nothing matches, with the nearest spellings to press', async () => {
    const { preview } = await openFollowers(THIRTY);
    const { user } = preview;
    const empty = await user.command(SEED.papers, 'subscribe', { query: 'protien folding' });
    expect(embedOf(empty).description).toContain(
      'Nothing of the last 30 days matches, and nothing else in the archive.',
    );
    expect(embedOf(empty).description).toContain('Did you mean one of these?');
    expect(buttonsOf(empty)).toContain('protein folding');
    const meant = await user.press(empty, buttonOf(empty, 'protein folding'));
    expect(embedOf(meant).title).toBe('Follow: protein folding');
    expect(embedOf(meant).description).toContain('**6 papers**');
  });

  it('says what a paper comes for already', async () => {
    const { preview, db } = await openFollowers(THIRTY);
    const destination = { kind: 'user', id: SEED.reader } as const;
    await createTopic(db, { name: '*Bots*', query: 'grasping', readerId: SEED.reader, destination }, NOW);
    const foreseen = await preview.user.command(SEED.papers, 'subscribe', { query: 'robot' });
    expect(fieldOf(embedOf(foreseen), 'Overlap')).toContain('All of these come for **\\*Bots\\*** already.');
  });

  it('refuses more topics than there may be, before and while saving', async () => {
    const { preview, db } = await openFollowers({ ...THIRTY, quotas: { topicsPerReader: 1, topicsPerServer: 0 } });
    const { user } = preview;
    const one = await user.command(SEED.papers, 'subscribe', { query: 'robot' });
    const two = await user.command(SEED.papers, 'subscribe', { query: 'protein' });
    await user.press(one, buttonOf(one, 'Save'));
    const late = await user.press(two, buttonOf(two, 'Save'));
    expect(late.content).toBe(
      'You have one topic, and there can be no more. Remove one with /topics remove, or put two into one with OR.',
    );
    expect((await user.command(SEED.papers, 'subscribe', { query: 'speech' })).content).toContain('no more');
    const where = await user.command(SEED.papers, 'subscribe', { query: 'speech', where: SEED.papers });
    expect(where.content).toContain('The channels of this server have 0 topics');
    expect(await topicsOfReader(db, SEED.reader)).toHaveLength(1);
  });

  it('suggests times and zones while typing, and words but no titles', async () => {
    const { preview } = await openFollowers(THIRTY);
    const { user } = preview;
    const when = await user.autocomplete(SEED.papers, 'subscribe', { query: 'x', when: 'th' }, 'when');
    expect(when).toEqual([{ name: 'Thursdays at 09:00 UTC', value: 'Thursdays at 09:00 UTC' }]);
    const zones = await user.autocomplete(SEED.papers, 'subscribe', { query: 'x', timezone: 'new yo' }, 'timezone');
    expect(zones).toEqual([{ name: 'America/New_York (06:00 there)', value: 'America/New_York' }]);
    const queries = await user.autocomplete(SEED.papers, 'subscribe', { query: 'prot' }, 'query');
    expect(queries[0]).toEqual({ name: 'prot', value: 'prot' });
    expect(queries.some(({ value }) => String(value).startsWith('paper:'))).toBe(false);
  });

  it.each([
    [{ query: 'x', when: 'never ever' }, '"never ever" is no time that I understand'],
    [{ query: 'x', timezone: 'Atlantis' }, '"Atlantis" is no time zone that I know'],
    [{ query: 'x', mention: SEED.botRole }, 'A role can be mentioned only in a channel'],
    [{ query: 'x', where: SEED.papers, told: 'inbox' }, 'everybody reads a channel'],
    [{ query: '   ' }, 'That asks for nothing'],
    [{ query: '((((' }, 'That asks for nothing'],
  ])('says what is wrong with %j', async (options, expected) => {
    const { preview } = await openFollowers(THIRTY);
    const answer = await preview.user.command(SEED.papers, 'subscribe', options);
    expect([answer.content, isPrivate(answer)]).toEqual([expect.stringContaining(expected), true]);
  });

  it.each(['@everyone <@1> **x** `y`', '[a](https://evil.example)', 'x'.repeat(1000)])(
    'shows %s without harm',
    async (query) => {
      const world = await openFollowers(THIRTY);
      const { user } = world.preview;
      const foreseen = await user.command(SEED.papers, 'subscribe', { query, name: query.slice(0, 80) });
      expect(embedOf(foreseen).title).toContain('Follow: ');
      const saved = await user.press(foreseen, buttonOf(foreseen, 'Save'));
      expect(embedOf(saved).title).toBe('Saved');
      const list = await user.command(SEED.papers, 'topics list');
      const shown = [foreseen, saved, list].map((message) => JSON.stringify(embedOf(message)));
      expect(shown.join()).not.toMatch(/@everyone|[^\\]<@1>|[^\\]\]\(https:\/\/evil/);
    },
  );
});

describe('/subscribe for a channel', () => {
  const role = (world: Awaited<ReturnType<typeof openFollowers>>, mentionable: boolean) =>
    world.preview.world.addRole('paper-fans', { mentionable });

  it('tells there, and mentions the chosen role and no other', async () => {
    const world = await openFollowers(THIRTY);
    const { preview, db } = world;
    const fans = role(world, true);
    const options = { query: 'robot', where: SEED.readingGroup, mention: fans, name: '@everyone <@&1>' };
    const foreseen = await preview.user.command(SEED.papers, 'subscribe', options);
    expect(fieldOf(embedOf(foreseen), 'Told')).toBe(`In <#${SEED.readingGroup}>, at once, mentioning <@&${fans}>.`);
    await preview.user.press(foreseen, buttonOf(foreseen, 'Save'));
    expect(await topicsOfGuild(db, SEED.guild)).toMatchObject([{ mentionRoleId: fans, guildId: SEED.guild }]);
    await world.ingest(paperOn('robot grasping', { title: 'Robots for @everyone and <@&1>' }));
    const alert = lastIn(preview.user.messages(SEED.readingGroup));
    expect(alert.content).toBe(`<@&${fans}>`);
    expect(alert.mention_roles).toEqual([fans]);
    expect(alert.mention_everyone).toBe(false);
    const sent = preview.requests.findLast(({ path, method }) => method === 'POST' && path.includes(SEED.readingGroup));
    expect(sent?.body).toMatchObject({ allowed_mentions: { parse: [], roles: [fans] } });
  });

  it('posts in a forum, with the paper as its title, and in a thread', async () => {
    const world = await openFollowers(THIRTY);
    const { user } = world.preview;
    for (const where of [SEED.forum, SEED.thread]) {
      const foreseen = await user.command(SEED.papers, 'subscribe', { query: 'robot', where });
      expect(embedOf(await user.press(foreseen, buttonOf(foreseen, 'Save'))).title).toBe('Saved');
    }
    await world.ingest(paperOn('robot grasping'));
    expect(embedOf(lastIn(user.messages(SEED.thread))).title).toBe('New paper for robot');
    const posts = world.preview.requests.filter(({ path }) => path.endsWith(`${SEED.forum}/threads`));
    expect(posts.map(({ body }) => (body as { name: string }).name)).toEqual(['New ways to robot grasping']);
  });

  it('needs a permission, when it is asked and when it is saved', async () => {
    const { preview, db } = await openFollowers(THIRTY);
    const ben = preview.addUser('ben');
    const refused = await ben.command(SEED.papers, 'subscribe', { query: 'robot', where: SEED.papers });
    expect([refused.content, isPrivate(refused)]).toEqual([
      expect.stringContaining('needs the permission Manage Server or Manage Channels, which you do not have there'),
      true,
    ]);
    ben.setPermissions(PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ViewChannel);
    const foreseen = await ben.command(SEED.papers, 'subscribe', { query: 'robot', where: SEED.papers });
    ben.setPermissions(null);
    expect((await ben.press(foreseen, buttonOf(foreseen, 'Save'))).content).toContain('which you do not have there');
    expect(await topicsOfGuild(db, SEED.guild)).toEqual([]);
    const direct = await preview.user.command(preview.user.directMessages, 'subscribe', { query: 'robot' });
    expect(embedOf(direct).title).toBe('Follow: robot');
  });

  it('says which permission the bot lacks there', async () => {
    const { preview } = await openFollowers(THIRTY);
    const { SendMessages, EmbedLinks, ReadMessageHistory } = PermissionFlagsBits;
    preview.world.denyBot(SEED.papers, SendMessages | EmbedLinks | ReadMessageHistory);
    const answer = await preview.user.command(SEED.readingGroup, 'subscribe', { query: 'robot', where: SEED.papers });
    expect(answer.content).toBe(
      'I cannot post in #papers yet. What is missing there: Send Messages, Embed Links, Read Message History. Grant it and try again.',
    );
  });

  it('refuses roles that nobody there may mention', async () => {
    const world = await openFollowers(THIRTY);
    const { preview } = world;
    const quiet = role(world, false);
    const ben = preview.addUser('ben');
    ben.setPermissions(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ViewChannel);
    const options = { query: 'robot', where: SEED.papers, mention: quiet };
    expect((await ben.command(SEED.papers, 'subscribe', options)).content).toContain('You may not mention @paper-fans');
    const everyone = { ...options, mention: SEED.guild };
    expect((await ben.command(SEED.papers, 'subscribe', everyone)).content).toContain('Everyone is no role');
  });
});

describe('Follow, below a search', () => {
  it('leads whoever presses to the preview of that search', async () => {
    const { preview, db } = await openFollowers(THIRTY);
    const found = await preview.user.command(SEED.papers, 'search', { query: 'robot grasping', sort: 'newest' });
    const ben = preview.addUser('ben');
    const foreseen = await ben.press(found, buttonOf(found, 'Follow'));
    expect([isPrivate(foreseen), embedOf(foreseen).title]).toEqual([true, 'Follow: robot grasping']);
    await ben.press(foreseen, buttonOf(foreseen, 'Save'));
    expect(await topicsOfReader(db, ben.user.id)).toMatchObject([{ query: 'robot grasping' }]);
  });

  it('is offered where nothing was found, and not for one chosen paper', async () => {
    const { preview } = await openFollowers(THIRTY);
    expect(buttonsOf(await preview.user.command(SEED.papers, 'search', { query: 'zebra' }))).toEqual(['Follow']);
    const chosen = await preview.user.command(SEED.papers, 'search', { query: 'paper:1' });
    expect(buttonsOf(chosen)).not.toContain('Follow');
  });
});
