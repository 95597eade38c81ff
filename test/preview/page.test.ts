import { execFileSync } from 'node:child_process';
import axe from 'axe-core';
import { ChannelType, type ForumChannel, type NewsChannel } from 'discord.js';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../src/core/root.ts';
import { startPreview, type Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { CHROMIUM_HINT, findChromium, launchChromium } from '../helpers/chromium.ts';
import { startPageBot, type PageBot } from './page-bot.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark', locale: 'en-GB' };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

interface Chat {
  preview: Preview;
  bot: PageBot;
  page: Page;
  /** What the browser complained about, and every address outside the preview that it asked for. */
  complaints: string[];
}

let browser: Browser;
const closers: (() => Promise<unknown>)[] = [];

async function openChat(options: BrowserContextOptions = DESKTOP): Promise<Chat> {
  const preview = await startPreview({ port: 0, answerWithin: 1500 });
  closers.push(() => preview.close());
  const bot = await startPageBot(preview);
  closers.push(() => bot.close());
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', ...options });
  closers.push(() => context.close());
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('request', (request) => request.url().startsWith(preview.url) || complaints.push(request.url()));
  await page.goto(preview.url);
  await page.locator('[data-ready]').waitFor();
  return { preview, bot, page, complaints };
}

/** Types into whatever has the keyboard, and sends. */
async function say(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

function composer(page: Page): Locator {
  return page.getByRole('combobox', { name: /^Message / });
}

/** Text in the chat, leaving out what is only read aloud. */
function inChat(page: Page, text: string): Locator {
  return page.getByRole('main').getByText(text);
}

function lastMessage(page: Page): Locator {
  return page.locator('.message').last();
}

/** What of the page breaks the rules of WCAG that a program can check. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate('axe.run()');
  return (result as axe.AxeResults).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** Whether the element holds the keyboard. */
async function hasFocus(locator: Locator): Promise<boolean> {
  return (await locator.and(locator.page().locator(':focus')).count()) === 1;
}

describe.skipIf(findChromium() === null)(`the preview’s page${CHROMIUM_HINT}`, () => {
  beforeAll(async () => {
    execFileSync('npm', ['run', '--silent', 'build:page'], { cwd: projectPath(), stdio: 'ignore' });
    browser = await launchChromium();
  });
  afterAll(async () => browser.close());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  it('shows the channels, and answers an example that one presses', async () => {
    const { page, bot, complaints } = await openChat();
    const channels = page.getByRole('navigation', { name: 'Channels' });
    await expect(channels.getByRole('button').allInnerTexts()).resolves.toHaveLength(7);
    await page.getByRole('button', { name: '/search diffusion models' }).click();
    const embed = lastMessage(page).locator('.embed');
    await embed.getByRole('link', { name: '23 papers for “diffusion models”' }).waitFor();
    expect(await lastMessage(page).innerText()).toMatch(/You\s+used\s+\/search/);
    expect(await embed.locator('.field').allInnerTexts()).toEqual([
      'Page\n1 of 3',
      'Sorted by\nBest match',
      'Took\n12 ms',
    ]);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".embed")).borderLeftColor')).toBe(
      'rgb(47, 111, 94)',
    );
    expect(await embed.locator('footer').innerText()).toBe('Newest digest • 07/05/2026 10:00');
    expect(bot.searched).toEqual([{ query: 'diffusion models', sort: null, count: null, private: false }]);
    expect(complaints).toEqual([]);
  });

  it('takes a command with suggestions and options by keyboard alone', async () => {
    const { page, bot } = await openChat();
    await page.keyboard.type('/se');
    await page.getByRole('option', { name: /search/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('atten');
    await page.getByRole('option', { name: 'Attention Is All You Need' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('new');
    await page.keyboard.press('Enter');
    await page.keyboard.type('count:');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await lastMessage(page).locator('.embed').waitFor();
    expect(bot.searched).toEqual([{ query: 'Attention Is All You Need', sort: 'newest', count: 3, private: false }]);
    expect(bot.suggested.at(-1)).toBe('atten');
    expect(await hasFocus(composer(page))).toBe(true);
  });

  it('sends words as they were typed when no suggestion was chosen', async () => {
    const { page, bot } = await openChat();
    await page.keyboard.type('/search diff');
    await page.getByRole('option', { name: /Diffusion/ }).waitFor();
    await page.keyboard.press('Enter');
    await lastMessage(page).locator('.embed').waitFor();
    expect(bot.searched[0]).toMatchObject({ query: 'diff' });
  });

  it('says what is missing or wrong, and sends nothing', async () => {
    const { page } = await openChat();
    await say(page, '/search ');
    await inChat(page, 'This option is required').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await say(page, '/topics add words that are far too many');
    await inChat(page, 'At most 20 characters (now 27)').waitFor();
    expect(await page.locator('.message').count()).toBe(0);
  });

  it('offers only channels that an option allows, and sends them by id', async () => {
    const { page } = await openChat();
    await page.keyboard.type('/topics add graphs');
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: /where/ }).click();
    await page.getByRole('option', { name: /#papers/ }).waitFor();
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      '#papers\ntext channel',
      '#reading-group\ntext channel',
    ]);
    await page.getByRole('option', { name: /reading-group/ }).click();
    await page.keyboard.press('Enter');
    await lastMessage(page).getByRole('button', { name: '#reading-group' }).click();
    await page.getByRole('heading', { name: 'Welcome to #reading-group' }).waitFor();
  });

  it('takes a subcommand with suggestions, a role and a number by keyboard alone', async () => {
    const { page } = await openChat();
    await page.keyboard.type('/topics ');
    await expect
      .poll(async () => page.getByRole('option').allInnerTexts())
      .toMatchObject([/^\/topics add/, /^\/topics list/, /^\/topics edit/].map((name) => expect.stringMatching(name)));
    await page.keyboard.type('ed');
    await page.keyboard.press('Tab');
    await page.keyboard.type('sca');
    await page.getByRole('option', { name: 'Scaling Laws' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('men');
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: '@readers yours' }).waitFor();
    await page.keyboard.type('read');
    await page.keyboard.press('Enter');
    await page.keyboard.type('weeks:');
    await page.getByRole('option', { name: '2 weeks of Scaling Laws' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await inChat(page, 'Scaling Laws tells @readers for 2').waitFor();
    expect(await lastMessage(page).locator('.cause').innerText()).toMatch(/used\s+\/topics edit/);
  });

  it('goes through required options one after the other', async () => {
    const { page } = await openChat();
    const [channel, time] = ['channel', 'time'].map((name) =>
      page.getByRole('combobox', { name: `${name}, required` }),
    );
    if (!channel || !time) throw new Error('no fields');
    await page.keyboard.type('/daily ');
    await channel.waitFor();
    expect(await hasFocus(channel)).toBe(true);
    await page.keyboard.type('forum');
    await page.keyboard.press('Enter');
    await expect.poll(async () => hasFocus(time)).toBe(true);
    expect(await channel.inputValue()).toBe('#paper-forum');
  });

  it('explains what to do with plain words', async () => {
    const { page } = await openChat();
    await say(page, 'hello there');
    await page.locator('.hint', { hasText: 'reads slash commands: type /' }).waitFor();
    expect(await composer(page).inputValue()).toBe('hello there');
  });

  it('keeps a draft over channels and reloads, and brings the last command back', async () => {
    const { page } = await openChat();
    await page.keyboard.type('/search graphs');
    await page.getByRole('button', { name: /reading-group/ }).click();
    expect(await composer(page).inputValue()).toBe('');
    await page.getByRole('button', { name: /^papers/ }).click();
    await page.reload();
    const field = page.getByRole('combobox', { name: /^query/ });
    expect(await field.inputValue()).toBe('graphs');
    await field.press('Enter');
    await lastMessage(page).locator('.embed').waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await field.inputValue()).toBe('graphs');
  });

  it('turns pages, shows a press on its way, and says that an interaction failed', async () => {
    const { page } = await openChat();
    await say(page, '/search diff');
    const message = lastMessage(page);
    await message.getByRole('button', { name: 'Next' }).click();
    await message.getByText('2 of 3').waitFor();
    await message.getByText('(edited)').waitFor();
    await message.getByRole('button', { name: 'Remove' }).click();
    expect(await message.getByRole('button', { name: 'Remove' }).getAttribute('aria-busy')).toBe('true');
    await message.getByText('This interaction failed').waitFor();
    await message.getByRole('button', { name: 'Dismiss' }).click();
    await message.getByText('This interaction failed').waitFor({ state: 'detached' });
    expect(await message.getByRole('link', { name: 'Open' }).getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('lets one choose in selects by keyboard, one or several', async () => {
    const { page } = await openChat();
    await say(page, '/today ');
    const many = page.getByRole('combobox', { name: 'Choose topics' });
    await many.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('r');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await inChat(page, 'Chosen: vision, robots').waitFor();

    await composer(page).focus();
    await say(page, '/search diff');
    await page.getByRole('combobox', { name: 'Open one paper' }).click();
    await page.getByRole('option', { name: /Denoising/ }).click();
    await inChat(page, 'Opened two').waitFor();
  });

  it('opens a form, minds what is required, and shows the private answer', async () => {
    const { page, bot } = await openChat();
    await say(page, '/note ');
    const form = page.getByRole('dialog', { name: 'A note for later' });
    const title = form.getByRole('textbox', { name: /Title/ });
    await title.waitFor();
    expect(await hasFocus(title)).toBe(true);
    await form.getByRole('button', { name: 'Submit' }).click();
    expect(bot.notes).toEqual([]);
    await title.fill('Graphs');
    await form.getByRole('combobox', { name: 'Colour' }).click();
    await form.getByRole('option', { name: 'Green' }).click();
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
    expect(bot.notes).toEqual(['Graphs /  / green']);
    const answer = lastMessage(page);
    await answer.getByText('Only you can see this').waitFor();
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await inChat(page, 'Only you can see this').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[data-ready]').waitFor();
    expect(await page.locator('.message').count()).toBe(0);
  });

  it('shows that the bot is thinking, then the answer in the same place', async () => {
    const { page } = await openChat();
    await say(page, '/slow ');
    await inChat(page, 'is thinking…').waitFor();
    await inChat(page, 'Here I am').waitFor();
    expect(await page.locator('.message').count()).toBe(1);
    expect(await page.getByRole('status').innerText()).toContain('Here I am');
  });

  it('tells the developer what Discord would refuse, field by field', async () => {
    const { page } = await openChat();
    await say(page, '/long ');
    const banner = page.getByRole('region', { name: 'Refused requests' });
    await banner.getByText('data.embeds[0].title: Must be 256 or fewer in length.').waitFor();
    await banner.getByText('code 50035').waitFor();
    await page.locator('.message').getByText('The application did not respond').waitFor();
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await banner.waitFor({ state: 'detached' });
    await composer(page).focus();
    await say(page, '/help ');
    await lastMessage(page).getByText('I find papers.').waitFor();
  });

  it('draws Discord’s Markdown, and hostile text as text', async () => {
    const { page, complaints } = await openChat();
    await say(page, '/today ');
    const content = lastMessage(page).locator('.content');
    await content.getByRole('heading', { name: 'Today' }).waitFor();
    expect(await content.innerText()).toContain('<img src=x onerror=alert(1)> <script>alert(2)</script>');
    expect(await content.locator('img, script').count()).toBe(0);
    expect(await content.locator('ul ul li').innerText()).toBe('deeper');
    expect(await content.locator('time').innerText()).toBe('2 hours ago');
    const secret = content.getByText('a secret');
    expect(await secret.isVisible()).toBe(false);
    await content.getByRole('button', { name: /Spoiler/ }).press('Enter');
    expect(await secret.isVisible()).toBe(true);
    await content.getByRole('button', { name: '/search' }).click();
    expect(await hasFocus(page.getByRole('combobox', { name: /^query/ }))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('draws messages made of components alone, and loads nothing from elsewhere', async () => {
    const { page, complaints } = await openChat();
    await say(page, '/layout ');
    const container = lastMessage(page).locator('.container');
    await container.getByRole('heading', { name: 'Scaling laws' }).waitFor();
    await container.getByText('on example.org, not loaded here').waitFor();
    await container.getByRole('button', { name: 'Read' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows the posts of a forum, and takes commands inside them', async () => {
    const { page, bot } = await openChat();
    const forum = bot.client.channels.cache.find((channel) => channel.type === ChannelType.GuildForum);
    await (forum as ForumChannel).threads.create({
      name: 'On scaling',
      message: { content: 'What do you **think**?' },
    });
    await page.getByRole('button', { name: /forum$/ }).click();
    await inChat(page, 'Open a post of this forum').waitFor();
    await page.getByRole('button', { name: 'On scaling What do you think? 1 message' }).click();
    await say(page, '/slow ');
    await inChat(page, 'Here I am').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'paper-forum' }).click();
    await page.getByRole('button', { name: /On scaling .* 2 messages/ }).waitFor();
  });

  it('shows the tags of posts, and the newest post at the top', async () => {
    const { page, bot, preview } = await openChat();
    const forum = bot.client.channels.cache.get(SEED.forum) as ForumChannel;
    const message = { content: 'Papers' };
    for (let day = 1; day <= 9; day += 1) {
      await forum.threads.create({ name: `Day ${day}`, message, appliedTags: [SEED.tags.summary] });
    }
    await page.getByRole('button', { name: /forum$/ }).click();
    const first = page.locator('.post').first();
    expect(await first.innerText()).toMatch(/^summary\nDay 9\nPapers\n1 message · Today at .* · 1 new$/);
    expect(await first.evaluate((post) => post.getBoundingClientRect().top >= 0)).toBe(true);
    const listed = page.getByRole('list', { name: 'Threads of paper-forum' });
    expect((await listed.getByRole('button').allInnerTexts())[1]).toContain('Day 8');
    preview.world.archiveThread(forum.threads.cache.find(({ name }) => name === 'Day 8')?.id ?? '');
    await page.locator('.post', { hasText: 'Day 8' }).getByText('archived').waitFor();
    expect(await listed.getByText('Day 8').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it('marks what mentions the reader, and what was published', async () => {
    const { page, bot } = await openChat();
    const news = bot.client.channels.cache.get(SEED.announcements) as NewsChannel;
    const allowedMentions = { roles: [SEED.readers] };
    const message = await news.send({ content: `<@&${SEED.readers}> new papers`, allowedMentions });
    await news.send({ content: `<@&${SEED.readers}> nobody is called`, allowedMentions: { parse: [] } });
    await page.getByRole('button', { name: /announcements 2 new/ }).click();
    const [called, quiet] = await page.locator('.message').all();
    await called?.getByText('@readers').waitFor();
    expect(await called?.getAttribute('class')).toContain('called');
    expect(await quiet?.getAttribute('class')).not.toContain('called');
    await message.crosspost();
    await called?.getByText('Published').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('offers in direct messages what is for them, and leaves a draft alone when an example is pressed', async () => {
    const { page } = await openChat();
    await page.getByRole('button', { name: /direct messages/ }).click();
    await page.keyboard.type('/s');
    await page.getByRole('option', { name: /slow/ }).waitFor();
    expect(await page.getByRole('option', { name: /setup/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '/help' }).click();
    await lastMessage(page).getByText('I find papers.').waitFor();
    expect(await composer(page).inputValue()).toBe('/s');
  });

  it('shows pictures with their description, and files to download', async () => {
    const { page } = await openChat();
    await say(page, '/help ');
    const picture = page.getByRole('img', { name: 'A green chart' });
    await picture.waitFor();
    await page.waitForFunction('document.querySelector(".attachment img").naturalWidth === 1');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /topics.jsonl/ }).click();
    expect((await download).suggestedFilename()).toBe('topics.jsonl');
  });

  it('comes back by itself when the preview was restarted', async () => {
    const { page, preview, bot } = await openChat();
    await page.keyboard.type('/search graphs');
    await bot.close();
    await preview.close();
    await inChat(page, 'The connection to the preview is lost').waitFor();
    await page.keyboard.press('Enter');
    await inChat(page, 'Your command is kept here').waitFor();
    const again = await startPreview({ port: Number(new URL(preview.url).port) });
    closers.push(() => again.close());
    const botAgain = await startPageBot(again);
    closers.push(() => botAgain.close());
    await inChat(page, 'The connection to the preview is lost').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: /^query/ }).press('Enter');
    await lastMessage(page).locator('.embed').waitFor();
    expect(botAgain.searched).toHaveLength(1);
  });

  it('keeps the reader’s place, and leads down to new messages', async () => {
    const { page, preview } = await openChat();
    for (let count = 0; count < 3; count += 1) {
      await say(page, '/search diff');
      await page.locator('.embed').nth(count).waitFor();
    }
    const scroller = page.locator('#scroller');
    const top = (): Promise<number> => page.evaluate('document.querySelector("#scroller").scrollTop');
    await scroller.hover();
    await page.mouse.wheel(0, -700);
    await page.waitForFunction('document.querySelector("#scroller").scrollTop < 900');
    await page.waitForTimeout(200);
    const before = await top();
    await preview.user.command(await channelId(page), 'slow');
    await page.getByRole('button', { name: /new message/ }).waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await page.getByRole('button', { name: /new message/ }).click();
    await inChat(page, 'Here I am').waitFor();
    expect(await inChat(page, 'Here I am').isVisible()).toBe(true);
    await page.getByRole('button', { name: /new message/ }).waitFor({ state: 'detached' });
  });

  it('marks channels with new messages', async () => {
    const { page, preview } = await openChat();
    await preview.user.command(preview.user.directMessages, 'help');
    const direct = page.getByRole('button', { name: /direct messages 1 new/ });
    await page.locator('.channel .count').waitFor();
    await direct.click();
    await lastMessage(page).getByText('I find papers.').waitFor();
    expect(await page.locator('.channel .count').count()).toBe(0);
  });

  it('knows after a reload what was read, and what came meanwhile', async () => {
    const { page, bot } = await openChat();
    const reader = await bot.client.users.fetch(SEED.reader);
    const direct = page.getByRole('button', { name: /direct messages/ });
    await reader.send('First alert');
    await direct.getByText('1 new').waitFor();
    expect(await page.title()).toMatch(/^\(1\) papers/);
    await page.reload();
    await direct.getByText('1 new').waitFor();
    await direct.click();
    await inChat(page, 'First alert').waitFor();
    await page.getByRole('button', { name: /^papers/ }).click();
    await page.goto('about:blank');
    await reader.send('Second alert');
    await page.goBack();
    await page.locator('[data-ready]').waitFor();
    await direct.getByText('1 new').waitFor();
  });

  it('remembers light or dark, and begins with what the system says', async () => {
    const { page } = await openChat({ ...DESKTOP, colorScheme: 'light' });
    const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    await page.reload();
    await page.locator('[data-ready]').waitFor();
    expect(await theme()).toBe('dark');
  });

  it('fits a narrow phone, with the channels in a drawer', async () => {
    const { page } = await openChat(PHONE);
    await page.getByRole('button', { name: '/search diffusion models' }).tap();
    await lastMessage(page).locator('.embed').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const drawer = page.getByRole('navigation', { name: 'Channels' });
    expect(await drawer.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Channels' }).tap();
    expect(await hasFocus(drawer.getByRole('button', { name: /^papers/ }))).toBe(true);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(await hasFocus(page.getByRole('button', { name: 'Channels' }))).toBe(true);
    await page.getByRole('button', { name: 'Channels' }).tap();
    await drawer.getByRole('button', { name: /forum/ }).tap();
    await inChat(page, 'Open a post of this forum').waitFor();
    await drawer.waitFor({ state: 'hidden' });
  });

  it.each([
    ['dark', DESKTOP],
    ['light', { ...DESKTOP, colorScheme: 'light' as const }],
    ['on a phone', PHONE],
  ])('follows the rules of accessibility, %s', async (_name, options) => {
    const { page } = await openChat(options);
    await composer(page).focus();
    for (const command of ['/search diff', '/today ', '/long ', '/help ']) await say(page, command);
    await inChat(page, 'topics.jsonl').waitFor();
    await page.getByRole('combobox', { name: 'Choose topics' }).click();
    expect(await violations(page)).toEqual([]);
    await composer(page).focus();
    await page.keyboard.type('/');
    await page.getByRole('listbox').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('search ');
    await page.getByRole('option').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await say(page, '/note ');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

/** The id of the open channel, from the address. */
async function channelId(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^papers/ }).click();
  return new URL(page.url()).hash.slice(1);
}
