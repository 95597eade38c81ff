import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, LANTERN, manyPapers, openWorld } from './bot.ts';

const ARCHIVE = { '2025-06-10': manyPapers(30), '2025-06-11': [LANTERN] };

describe('/search', () => {
  it('shows linked titles, bylines and the sentence that matches, with the words marked', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const answer = await preview.user.command(SEED.papers, 'search', { query: 'lantern letters' });
    const { title, description = '' } = embedOf(answer);
    expect(title).toBe('Search: lantern letters');
    expect(description).toContain('**1 paper** matches');
    expect(description).toMatch(/\*\*1\.\*\* \[.*Lantern.*\]\(https:\/\/arxiv\.org\/abs\/2506\.01234\)/);
    expect(description).toContain('-# 10 Jun 2025 · Lantern Lab · 12 comments · 80 upvotes');
    expect(description).toContain('**letters**');
    expect(description).toContain('\\<@123\\>');
    expect(isPrivate(answer)).toBe(false);
  });

  it('pages through many results, forth and back, also after a restart', async () => {
    const { preview, discord, start } = await openWorld({ digests: ARCHIVE });
    const first = await preview.user.command(SEED.papers, 'search', { query: 'small transformer' });
    expect(embedOf(first).footer?.text).toBe('Page 1 of 6');
    expect(buttonsOf(first)).toEqual(['« First', '‹ Back', 'Next ›', 'Last »', 'Follow']);
    const second = await preview.user.press(first, buttonOf(first, 'Next ›'));
    expect(second.id).toBe(first.id);
    expect(embedOf(second).footer?.text).toBe('Page 2 of 6');
    expect(embedOf(second).description).toContain('**6.**');
    await discord.close();
    await start();
    const last = await preview.user.press(second, buttonOf(second, 'Last »'));
    expect(embedOf(last).footer?.text).toBe('Page 6 of 6');
    expect(embedOf(await preview.user.press(last, buttonOf(last, '« First'))).description).toBe(
      embedOf(first).description,
    );
  });

  it('gives another reader a private page and leaves the first reader’s alone', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const other = preview.addUser('ben');
    const first = await preview.user.command(SEED.papers, 'search', { query: 'small transformer' });
    const theirs = await other.press(first, buttonOf(first, 'Next ›'));
    expect(theirs.id).not.toBe(first.id);
    expect(isPrivate(theirs)).toBe(true);
    expect(embedOf(theirs).footer?.text).toBe('Page 2 of 6');
    expect(embedOf(preview.user.messages(SEED.papers)[0] ?? first).footer?.text).toBe('Page 1 of 6');
    const next = await other.press(theirs, buttonOf(theirs, 'Next ›'));
    expect([next.id, embedOf(next).footer?.text]).toEqual([theirs.id, 'Page 3 of 6']);
  });

  it('opens a paper from its select, for the one who chose', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const list = await preview.user.command(SEED.papers, 'search', { query: 'lantern' });
    const card = await preview.user.press(list, 'paper:open', ['31']);
    expect(isPrivate(card)).toBe(true);
    expect(embedOf(card).title).toContain('Lantern');
  });

  it('is private when asked to be, and needs no hiding in direct messages', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const options = { query: 'lantern', private: true };
    expect(isPrivate(await preview.user.command(SEED.papers, 'search', options))).toBe(true);
    expect(isPrivate(await preview.user.command(preview.user.directMessages, 'search', options))).toBe(false);
  });

  it('suggests titles while typing; the chosen one comes first', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const { user } = preview;
    const choices = await user.autocomplete(SEED.papers, 'search', { query: 'lant' }, 'query');
    expect(choices[0]).toEqual({ name: 'lant', value: 'lant' });
    const title = choices.find(({ name }) => name.startsWith('Lantern'));
    expect(title?.value).toBe('paper:31');
    const answer = await user.command(SEED.papers, 'search', { query: String(title?.value) });
    expect(embedOf(answer).title).toContain('Search: Lantern');
    expect(embedOf(answer).description).toMatch(/\*\*1\.\*\* \[Lantern/);
    const newest = await user.autocomplete(SEED.papers, 'search', { query: '' }, 'query');
    expect(newest).toEqual([{ name: LANTERN.title, value: 'paper:31' }]);
  });

  it('keeps to a date and says so; suggests dates too', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const { user } = preview;
    const dated = await user.command(SEED.papers, 'search', {
      query: 'transformer',
      since: '2025-05-20',
      sort: 'newest',
    });
    expect(embedOf(dated).description).toContain('Newest first. Since 20 May 2025.');
    expect(embedOf(dated).description).toContain('28 May 2025');
    expect(await user.autocomplete(SEED.papers, 'search', { query: 'x', since: '7d' }, 'since')).toEqual([
      { name: '7d (since 2025-06-05)', value: '2025-06-05' },
    ]);
    const wrong = await user.command(SEED.papers, 'search', { query: 'x', since: 'soonish' });
    expect([wrong.content, isPrivate(wrong)]).toEqual([
      expect.stringContaining('"soonish" is no date that I understand'),
      true,
    ]);
  });

  it('offers to leave the date out when nothing is that new', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const nothing = await preview.user.command(SEED.papers, 'search', { query: 'lantern', since: 'today' });
    expect(embedOf(nothing).description).toContain('Nothing found. Since 12 Jun 2025.');
    const found = await preview.user.press(nothing, buttonOf(nothing, 'Search all years'));
    expect(embedOf(found).description).toContain('**1 paper** matches');
  });

  it('says what it could not understand, and what may have been meant', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const typo = await preview.user.command(SEED.papers, 'search', { query: 'lantarn' });
    const [label = ''] = buttonsOf(typo).filter((each) => each.includes('lantern'));
    const meant = await preview.user.press(typo, buttonOf(typo, label));
    expect(embedOf(meant).description).toContain('Lantern');
  });

  it('explains an empty archive', async () => {
    const { preview } = await openWorld({ nextIngestion: new Date('2025-06-12T10:10:00Z') });
    const answer = await preview.user.command(SEED.papers, 'search', { query: 'anything' });
    expect(embedOf(answer)).toMatchObject({
      title: 'No papers yet',
      description:
        'The archive is empty: no digest has been read so far. The next look for papers is <t:1749723000:R>.',
    });
  });

  it('answers a button whose search was forgotten', async () => {
    const { preview, db } = await openWorld({ digests: ARCHIVE });
    const first = await preview.user.command(SEED.papers, 'search', { query: 'small transformer' });
    await db.deleteFrom('button_states').execute();
    const answer = await preview.user.press(first, buttonOf(first, 'Next ›'));
    expect(answer.content).toContain('too old to go on with');
  });

  it.each(['"', '((((', 'a:b:c', '-', '@everyone <@1> **x**', 'x'.repeat(1000), '[link](https://evil.example)'])(
    'answers %s without a fault',
    async (query) => {
      const { preview } = await openWorld({ digests: ARCHIVE });
      const answer = await preview.user.command(SEED.papers, 'search', { query });
      expect(embedOf(answer).title).toContain('Search: ');
      expect(JSON.stringify(answer)).not.toContain('Something went wrong');
    },
  );
});
