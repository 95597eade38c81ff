import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { finishIngestion, startIngestion } from '../../src/store/ingestions.ts';
import { recordLook } from '../../src/store/source-states.ts';
import { createSummary } from '../../src/store/summaries.ts';
import { recordPost } from '../../src/store/summary-posts.ts';
import { write } from '../../src/store/write.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, LANTERN, manyPapers, NOW, openWorld } from './bot.ts';

const ARCHIVE = { '2025-06-10': manyPapers(30), '2025-06-11': [LANTERN] };

describe('/status', () => {
  it('says in words what is there, what came last and what comes next', async () => {
    const { preview, db } = await openWorld({
      digests: ARCHIVE,
      nextIngestion: new Date('2025-06-12T10:10:00Z'),
      unreadableFiles: 2,
    });
    const counts = { digests: 2, unreadable: 1, newPapers: 31 };
    await finishIngestion(db, await startIngestion(db, NOW), counts, NOW);
    const answer = await preview.user.command(SEED.papers, 'status');
    expect(isPrivate(answer)).toBe(true);
    expect(embedOf(answer).fields?.map(({ value }) => value)).toEqual([
      '**31 papers** from **2 digests**.',
      'Wednesday, 11 June 2025, yesterday: **1 paper**.',
      'Last: <t:1749722400:R>, 2 digests, 31 new papers, 1 unreadable.\nNext: <t:1749723000:R>.',
      '**2 files** could not be read and wait for whoever runs this bot; a text beside each says why.',
      'None waits. Delivered by this process.',
    ]);
  });

  it('tells a look under way from one that was cut off', async () => {
    const { preview, db } = await openWorld({ digests: ARCHIVE });
    await startIngestion(db, new Date('2025-06-12T09:59:00Z'));
    expect(JSON.stringify(await preview.user.command(SEED.papers, 'status'))).toContain('Looking right now');
    await startIngestion(db, new Date('2025-06-12T08:00:00Z'));
    expect(JSON.stringify(await preview.user.command(SEED.papers, 'status'))).toContain('was cut off');
  });

  it('says how each source does', async () => {
    const { preview, db } = await openWorld({ digests: ARCHIVE });
    const quiet = { problem: null, nextTryAt: null, isFresh: false, rest: null, staleAfter: () => null };
    await recordLook(db, 'hugging-face', { ...quiet, outcome: 'read', isFresh: true }, NOW);
    await recordLook(db, 'arxiv', { ...quiet, outcome: 'failed', problem: 'rss.arxiv.org had a fault (500).' }, NOW);
    const answer = await preview.user.command(SEED.papers, 'status');
    expect(embedOf(answer).fields?.find(({ name }) => name === 'Sources')?.value).toBe(
      '**arXiv**: failed, since <t:1749722400:R>. rss.arxiv.org had a fault (500). Next try: at the next look.\n' +
        '**Hugging Face Daily Papers**: fresh, new papers <t:1749722400:R>.',
    );
  });

  it('says when the summaries of the server come, and what was skipped', async () => {
    const { preview, db } = await openWorld({ digests: ARCHIVE });
    const schedule = { minute: 540, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'Europe/Berlin' };
    const place = { guildId: SEED.guild, channelId: SEED.papers, readerId: '1' };
    const { id } = await createSummary(db, { ...place, period: 'daily', schedule }, NOW);
    const reason = 'Paperboy was away when it was due, Wed 11 Jun 09:00 Europe/Berlin.';
    const post = { summaryId: id, localDate: '2025-06-11', outcome: 'skipped', reason } as const;
    await write(db, (trx) => recordPost(trx, { ...post, plannedAt: NOW, editionJson: null }));
    const answer = await preview.user.command(SEED.papers, 'status');
    expect(embedOf(answer).fields?.find(({ name }) => name === 'Summaries here')?.value).toBe(
      `<#${SEED.papers}>, daily: next <t:1749798000:R>. 11 Jun 2025 was skipped: ${reason}`,
    );
    const alone = await preview.user.command(preview.user.directMessages, 'status');
    expect(JSON.stringify(alone)).not.toContain('Summaries here');
  });

  it('works before anything was read', async () => {
    const { preview } = await openWorld();
    expect(embedOf(await preview.user.command(SEED.papers, 'status')).fields?.map(({ value }) => value)).toEqual([
      '**0 papers** from **0 digests**.',
      'None so far.',
      'Nobody has looked yet.\n**No process looks for papers right now.**',
      'None waits. Delivered by this process.',
    ]);
  });
});

describe('/help', () => {
  it('names the commands so that they can be pressed, and gives examples', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const answer = await preview.user.command(SEED.papers, 'help');
    expect(isPrivate(answer)).toBe(true);
    expect(embedOf(answer).description).toContain('answers in this server. 31 papers can be searched now.');
    for (const name of ['search', 'paper', 'today', 'status', 'trends', 'topics list', 'daily show']) {
      const id = preview.user.commands(SEED.papers).find((command) => command.name === name.split(' ')[0])?.id;
      expect(JSON.stringify(embedOf(answer).fields)).toContain(`</${name}:${id}>`);
    }
    expect(
      embedOf(answer)
        .fields?.map(({ value }) => value)
        .join(),
    ).not.toContain('…');
    const [example = ''] = buttonsOf(answer);
    const found = await preview.user.press(answer, buttonOf(answer, example));
    expect(found.id).not.toBe(answer.id);
    expect(isPrivate(found)).toBe(true);
    expect(embedOf(found).title).toBe(`Search: ${example}`);
  });

  it('speaks of our messages where the reader is alone with the bot', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const answer = await preview.user.command(preview.user.directMessages, 'help');
    expect(embedOf(answer).description).toContain('answers in our messages');
    expect(JSON.stringify(answer)).not.toContain('share');
  });

  it('works where only the reader installed the bot', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const elsewhere = preview.world.addServer('Elsewhere', { hasBot: false, members: [preview.user] });
    preview.user.installed = true;
    expect(isPrivate(await preview.user.command(elsewhere.channelId, 'help'))).toBe(true);
    const group = preview.world.addPrivateChannel([preview.user]);
    expect(embedOf(await preview.user.command(group, 'help')).description).toContain('answers in this chat');
  });
});
