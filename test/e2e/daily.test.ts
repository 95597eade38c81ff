import { MessageFlags, PermissionFlagsBits, type APIMessage } from 'discord.js';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { PaperFacts } from '../../src/core/paper.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { summaryRendering } from '../../src/discord/render/summary.ts';
import { createSender } from '../../src/discord/send.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { SEED } from '../../src/preview/seed.ts';
import { summariesOfGuild } from '../../src/store/summaries.ts';
import { createTopic, topicsOfReader } from '../../src/store/topics.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import { planSummaries } from '../../src/summaries/plan-summaries.ts';
import { hostile } from '../discord/hostile.ts';
import { facts } from '../search/archive.ts';
import {
  buttonOf,
  buttonsOf,
  embedOf,
  isPrivate,
  manyPapers,
  NOW,
  openWorld,
  store,
  type WorldOptions,
} from './bot.ts';
import { fieldOf, settled } from './followers.ts';

const at = (moment: string) => new Date(`${moment}Z`);
const DAY = '2025-06-12';
const TOMORROW = '2025-06-13';

/** A bot that posts summaries; it is Thursday, 12 June 2025, 10:00 in UTC, and the archive has the list of that day. */
async function openSummaries(given: WorldOptions = {}) {
  const options: WorldOptions = { digests: { [DAY]: manyPapers(30) }, ...given };
  const world = await openWorld(options);
  const { db, preview } = world;
  const clock = () => options.now ?? NOW;
  const sender = createSender({ token: preview.token, apiUrl: preview.apiUrl });
  const outbox = startOutbox({ db, sender, clock, log: silentLog, renderNotice: ownerNotice });
  onTestFinished(() => outbox.stop());
  const sent = () => settled(db, clock());
  /** Plans what is due at a moment, and waits until it is sent. Returns how many posts there were. */
  const tick = async (moment: string) => {
    options.now = at(moment);
    const search = world.search();
    const posts = await planSummaries({ db, search, clock, log: silentLog, render: summaryRendering, gistOf });
    await sent();
    return posts;
  };
  let digests = 0;
  const read = async (day: string, ...papers: PaperFacts[]) => {
    await store(db, day, papers, `digest-${(digests += 1)}.txt`);
    await world.search().catchUp();
  };
  const set = (values: Record<string, string | number | boolean> = {}, command = 'daily') =>
    preview.user.command(SEED.papers, `${command} set`, {
      channel: SEED.papers,
      time: '9:00',
      timezone: 'Berlin',
      ...values,
    });
  return {
    ...world,
    tick,
    read,
    sent,
    set,
    posts: (channelId: string = SEED.papers) =>
      preview.world.messages(channelId).filter((message) => !isPrivate(message)),
  };
}

const textOf = ({ embeds }: APIMessage) =>
  embeds.map(({ title, description }) => `${title}\n${description}`).join('\n');

describe('/daily', () => {
  it('promises a moment, posts then and once, also after a restart, and the next day again', async () => {
    const { set, tick, read, posts, start, discord } = await openSummaries();
    const answer = await set();
    expect(isPrivate(answer)).toBe(true);
    expect(embedOf(answer).description).toContain('Next: **Fri 13 Jun 09:00 Europe/Berlin (in 21 h)**.');
    expect(fieldOf(embedOf(answer), 'Posted')).toBe(`In <#${SEED.papers}>, daily at 09:00 Europe/Berlin.`);
    expect(await tick('2025-06-13T06:59')).toBe(0);
    expect(await tick('2025-06-13T07:00')).toBe(1);
    expect(posts()).toHaveLength(1);
    const [post] = posts();
    expect(post?.embeds[0]).toMatchObject({ title: 'Friday, 13 June 2025' });
    expect(post?.embeds[0]?.description).toContain('**30 new papers**');
    await discord.close();
    await start();
    expect(await tick('2025-06-13T07:01')).toBe(0);
    await read(TOMORROW, facts({ title: 'Owls see at night', abstract: 'We show that owls see.' }));
    expect(await tick('2025-06-14T07:00')).toBe(1);
    expect(posts()).toHaveLength(2);
    expect(textOf(posts()[1] as APIMessage)).toContain('Owls see at night');
  });

  it('opens all papers and follows a theme from a post, for whoever presses', async () => {
    const { set, tick, posts, preview, db } = await openSummaries();
    await set({ size: 'short' });
    await tick('2025-06-13T07:00');
    const [post] = posts();
    if (!post) throw new Error('Nothing was posted.');
    const reader = preview.addUser('grace');
    const all = await reader.press(post, buttonOf(post, 'All 30 papers'));
    expect(isPrivate(all)).toBe(true);
    expect(embedOf(all).title).toBe('Friday, 13 June 2025: 30 papers');
    expect(embedOf(all).footer?.text).toBe('Page 1 of 4');
    const next = await reader.press(all, buttonOf(all, 'Next ›'));
    expect(embedOf(next).footer?.text).toBe('Page 2 of 4');
    const themes = await reader.press(post, buttonOf(post, 'Follow a theme'));
    const select = themes.components?.[0];
    const options =
      select && 'components' in select ? (select.components[0] as { custom_id: string; options: unknown[] }) : null;
    expect(options?.options.length).toBeGreaterThan(1);
    const foreseen = await reader.press(themes, options?.custom_id ?? '', ['0']);
    expect(embedOf(foreseen).title).toMatch(/^Follow: /);
    await reader.press(foreseen, buttonOf(foreseen, 'Save'));
    expect(await topicsOfReader(db, reader.user.id)).toHaveLength(1);
  });

  it('shows a preview that posts nothing, and posts at once what stands for the day', async () => {
    const { set, tick, posts, preview, sent } = await openSummaries();
    const { user } = preview;
    const card = await set();
    const foreseen = await user.press(card, buttonOf(card, 'Preview'));
    expect(isPrivate(foreseen)).toBe(true);
    expect(foreseen.content).toContain('Nothing is posted.');
    expect(textOf(foreseen)).toContain('**30 new papers**');
    expect(buttonsOf(foreseen)).toEqual([]);
    expect(textOf(foreseen)).toMatch(/-# 20 more papers below the post\.$/);
    await sent();
    expect(posts()).toEqual([]);
    const now = await user.command(SEED.papers, 'daily now');
    expect(now.content).toContain('It is on its way');
    await sent();
    expect(posts()).toHaveLength(1);
    const again = await user.command(SEED.papers, 'daily now');
    expect(again.content).toContain('Thursday, 12 June 2025 has its post');
    expect(await tick('2025-06-13T07:00')).toBe(0);
    expect(posts()).toHaveLength(2);
    expect(posts()[1]?.content).toContain('No new papers today');
    const shown = await user.command(SEED.papers, 'daily show');
    expect(fieldOf(embedOf(shown), 'Last posts')).toMatch(
      /^13 Jun 2025: nothing to post\. No new papers.*\n12 Jun 2025: posted$/s,
    );
  });

  it('changes only what it names, pauses, goes on, and stops after a question', async () => {
    const { set, tick, posts, preview, db } = await openSummaries();
    const { user } = preview;
    await set({ size: 'full', days: 'mondays and fridays', minimum: 3, mention: SEED.readers });
    const changed = await set({ time: '10:30' });
    expect(embedOf(changed).description).toMatch(/^Changed\./);
    const expected = { size: 'full', minimum: 3, mentionRoleId: SEED.readers };
    expect(await summariesOfGuild(db, SEED.guild)).toMatchObject([
      { ...expected, schedule: { minute: 630, days: [1, 5], timezone: 'Europe/Berlin' } },
    ]);
    const paused = await user.command(SEED.papers, 'daily pause');
    expect(embedOf(paused).description).toContain('Paused');
    expect(await tick('2025-06-13T09:00')).toBe(0);
    await user.press(paused, buttonOf(paused, 'Resume'));
    expect(await tick('2025-06-16T08:30')).toBe(1);
    expect(posts()[0]).toMatchObject({ content: `<@&${SEED.readers}>`, mention_roles: [SEED.readers] });
    const question = await user.command(SEED.papers, 'daily stop');
    expect(await summariesOfGuild(db, SEED.guild)).toHaveLength(1);
    await user.press(question, buttonOf(question, 'Stop'));
    expect(await summariesOfGuild(db, SEED.guild)).toEqual([]);
    const none = await user.command(SEED.papers, 'daily show');
    expect(embedOf(none).title).toBe('No daily summary here');
  });

  it('posts in a forum with its tag, and publishes in an announcement channel', async () => {
    const { set, tick, posts, preview } = await openSummaries();
    await set({ channel: SEED.forum, tag: 'summary' });
    await set({ channel: SEED.announcements });
    expect(await tick('2025-06-13T07:00')).toBe(2);
    const [announced] = posts(SEED.announcements);
    expect((announced?.flags ?? 0) & MessageFlags.Crossposted).toBe(MessageFlags.Crossposted);
    const created = preview.requests.find(
      ({ method, path }) => method === 'POST' && path.endsWith(`/${SEED.forum}/threads`),
    );
    expect(created?.body).toMatchObject({ name: 'Papers: Friday, 13 June 2025', applied_tags: [SEED.tags.summary] });
    const shown = await preview.user.command(SEED.papers, 'daily show');
    expect(embedOf(shown).title).toBe('2 daily summaries');
    const which = await preview.user.command(SEED.papers, 'daily now');
    expect(which.content).toContain('Say which one');
  });

  it('puts the papers of the channel’s topics first', async () => {
    const { set, tick, posts, db } = await openSummaries();
    const destination = { kind: 'channel', id: SEED.readingGroup } as const;
    const topic = { name: 'Proofs', query: 'theorem proving', readerId: SEED.reader, guildId: SEED.guild, destination };
    await createTopic(db, topic, NOW);
    const wrong = await set({ topics: 'Cats' });
    expect(wrong.content).toContain('There are: Proofs.');
    const answer = await set({ topics: 'proofs' });
    expect(fieldOf(embedOf(answer), 'Shows')).toContain('those for Proofs come first');
    await tick('2025-06-13T07:00');
    expect(posts()[0]?.embeds[1]).toMatchObject({ title: 'For the topics of this channel' });
    expect(posts()[0]?.embeds[1]?.description).toContain('theorem proving');
  });

  it('is for those who may manage the server or its channels; everybody may look', async () => {
    const { set, preview, db } = await openSummaries();
    const reader = preview.addUser('grace');
    const refused = await reader.command(SEED.papers, 'daily set', { channel: SEED.papers, time: '9' });
    expect(refused.content).toContain('Manage Server or Manage Channels');
    const card = await set();
    const looked = await reader.command(SEED.papers, 'daily show');
    expect(embedOf(looked).description).toContain('Next:');
    expect(buttonsOf(looked)).toEqual([]);
    expect(buttonsOf(card)).toEqual(['Preview', 'Post now', 'Pause', 'Stop']);
    expect((await reader.command(SEED.papers, 'daily stop')).content).toContain('Manage Server');
    // Whoever manages one channel manages no other, wherever the command is typed.
    preview.world.allow(SEED.readingGroup, reader.user.id, PermissionFlagsBits.ManageChannels);
    expect((await reader.command(SEED.readingGroup, 'daily stop')).content).toContain('Manage Server');
    const elsewhere = await reader.command(SEED.papers, 'daily set', { channel: SEED.readingGroup, time: '9' });
    expect(embedOf(elsewhere).description).toMatch(/^Set up\./);
    expect(await summariesOfGuild(db, SEED.guild)).toHaveLength(2);
  });

  it.each([
    ['a time', { time: 'soon' }, 'is no time of day'],
    ['a zone', { timezone: 'Atlantis' }, 'is no time zone'],
    ['days', { days: 'someday' }, 'is no time that I understand'],
    ['a tag outside of a forum', { tag: 'summary' }, 'is no forum'],
  ])('says what is wrong with %s', async (_name, values, words) => {
    const { set, db } = await openSummaries();
    expect((await set(values)).content).toContain(words);
    expect(await summariesOfGuild(db, SEED.guild)).toEqual([]);
  });

  it('tells whoever set it up that the channel was deleted, and posts the others', async () => {
    const { set, tick, posts, preview } = await openSummaries();
    await set();
    await set({ channel: SEED.readingGroup });
    preview.world.deleteChannel(SEED.papers);
    await tick('2025-06-13T07:00');
    expect(posts(SEED.readingGroup)).toHaveLength(1);
    const { user } = preview;
    const notices = user.messages(user.directMessages);
    expect(notices.map(({ content }) => content)).toEqual([expect.stringContaining('The channel is gone.')]);
    await tick('2025-06-14T07:00');
    expect(posts(SEED.readingGroup)).toHaveLength(2);
    expect(user.messages(user.directMessages)).toHaveLength(1);
  });

  it('posts a day of hostile titles within all limits, and without mentions', async () => {
    const titles = fc.sample(hostile, { numRuns: 40, seed: 3 });
    const papers = titles.map((title, index) =>
      facts({
        title: `${title} ${index}`.slice(0, 900),
        abstract: `${title} @everyone [x](https://evil.example) ${'We show <@123> that it works. '.repeat(20)}`,
        comments: 40 - index,
        arxivId: `2506.${String(10_000 + index)}`,
      }),
    );
    const { set, tick, posts } = await openSummaries({ digests: { [DAY]: papers } });
    await set({ size: 'full' });
    expect(await tick('2025-06-13T07:00')).toBe(1);
    const [post] = posts();
    expect(post).toMatchObject({ mention_everyone: false, mentions: [], mention_roles: [] });
    expect(textOf(post as APIMessage)).not.toMatch(/(?<!\\)<@|\]\(https:\/\/evil/);
    expect(buttonsOf(post as APIMessage)).toContain('All 40 papers');
  });

  it('says which permission is missing, and tells whoever set it up when the channel closes later', async () => {
    const { set, tick, posts, preview } = await openSummaries();
    const { user } = preview;
    preview.world.denyBot(SEED.papers, PermissionFlagsBits.SendMessages);
    expect((await set()).content).toContain('What is missing there: Send Messages');
    preview.world.denyBot(SEED.papers, 0n);
    await set();
    preview.world.denyBot(SEED.papers, PermissionFlagsBits.SendMessages);
    await tick('2025-06-13T07:00');
    const notices = user.messages(user.directMessages);
    expect(notices.at(-1)?.content).toContain(`<#${SEED.papers}>`);
    expect(posts()).toEqual([]);
    const shown = await user.command(SEED.readingGroup, 'daily show');
    expect(embedOf(shown).description).toContain('Nothing can be posted there now');
    preview.world.denyBot(SEED.papers, 0n);
    const notice = notices.at(-1) as APIMessage;
    await user.press(notice, buttonOf(notice, 'Post there again'));
    await tick('2025-06-13T07:05');
    expect(posts()).toHaveLength(1);
  });
});

it('/weekly comes on one day of the week, with what it promised', async () => {
  const { set, tick, posts } = await openSummaries();
  const several = await set({ day: 'mondays and tuesdays' }, 'weekly');
  expect(several.content).toContain('one day of the week');
  const answer = await set({}, 'weekly');
  expect(embedOf(answer)).toMatchObject({ title: 'Weekly summary' });
  expect(embedOf(answer).description).toContain('Next: **Mon 16 Jun 09:00 Europe/Berlin (in 4 days)**');
  expect(await tick('2025-06-16T07:00')).toBe(1);
  expect(posts()[0]?.embeds[0]?.title).toBe('The week to Monday, 16 June 2025');
});

it('suggests times, zones, days, topics, tags and summaries while one types', async () => {
  const { preview, set } = await openSummaries();
  const { user } = preview;
  const offered = async (command: string, values: Record<string, string>, name: string) =>
    (await user.autocomplete(SEED.papers, command, values, name)).map((choice) => choice.name);
  const place = { channel: SEED.forum, time: '9' };
  expect((await offered('daily set', place, 'time'))[0]).toBe('09:00');
  expect((await offered('daily set', { ...place, timezone: 'berl' }, 'timezone'))[0]).toContain('Europe/Berlin');
  expect(await offered('daily set', { ...place, days: 'week' }, 'days')).toEqual(['weekdays', 'weekends']);
  expect(await offered('daily set', { ...place, tag: 'su' }, 'tag')).toEqual(['summary']);
  expect(await offered('weekly set', { ...place, day: 'fr' }, 'day')).toEqual(['Friday']);
  await set();
  expect(await offered('daily pause', { summary: '' }, 'summary')).toEqual(['#papers, daily at 09:00 Europe/Berlin']);
});
