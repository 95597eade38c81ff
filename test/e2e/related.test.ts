import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { buttonOf, embedOf, isPrivate, LANTERN, manyPapers, openWorld } from './bot.ts';

const ARCHIVE = { '2025-06-10': manyPapers(30), '2025-06-11': [LANTERN] };

describe('/related', () => {
  it('lists papers like the one chosen, page by page, for everybody', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const list = await preview.user.command(SEED.papers, 'related', { paper: '2505.10000' });
    expect(isPrivate(list)).toBe(false);
    expect(embedOf(list).title).toBe('Like: Study 1 of robot grasping');
    const next = await preview.user.press(list, buttonOf(list, 'Next ›'));
    expect(next.id).toBe(list.id);
    expect(embedOf(next).footer?.text).toContain('Page 2 of');
  });

  it('puts the newest first when asked to, also by a button after a restart', async () => {
    const { preview, discord, start } = await openWorld({ digests: ARCHIVE });
    const byDate = await preview.user.command(SEED.papers, 'related', { paper: '2505.10000', sort: 'newest' });
    const byLikeness = await preview.user.command(SEED.papers, 'related', { paper: '2505.10000' });
    expect(embedOf(byLikeness).description).not.toBe(embedOf(byDate).description);
    await discord.close();
    await start();
    const pressed = await preview.user.press(byLikeness, buttonOf(byLikeness, 'Newest'));
    expect(embedOf(pressed).description).toBe(embedOf(byDate).description);
  });

  it('answers for the reader alone when asked to, and when there is no such paper', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const options = { paper: '2505.10000', private: true };
    expect(isPrivate(await preview.user.command(SEED.papers, 'related', options))).toBe(true);
    const unknown = await preview.user.command(SEED.papers, 'related', { paper: '2001.00001' });
    expect(isPrivate(unknown)).toBe(true);
    expect(embedOf(unknown).title).toBe('Not in the archive');
  });

  it('suggests titles while typing', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const choices = await preview.user.autocomplete(SEED.papers, 'related', { paper: 'lanter' }, 'paper');
    expect(choices).toEqual([{ name: LANTERN.title, value: 'paper:31' }]);
  });

  it('says that nothing is near, and that there are no papers yet', async () => {
    const lonely = await openWorld({ digests: { '2025-06-11': [LANTERN] } });
    const none = await lonely.preview.user.command(SEED.papers, 'related', { paper: '2506.01234' });
    expect(embedOf(none).description).toBe('No other paper in the archive comes near this one.');
    const empty = await openWorld();
    expect(isPrivate(await empty.preview.user.command(SEED.papers, 'related', { paper: 'x' }))).toBe(true);
  });
});
