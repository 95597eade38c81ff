import { describe, expect, it, vi } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { facts } from '../search/archive.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, LANTERN, manyPapers, openWorld } from './bot.ts';

const ARCHIVE = { '2025-06-10': manyPapers(30), '2025-06-11': [LANTERN] };

describe('/paper', () => {
  it('shows title, byline, whole abstract, links and appearances, to the reader alone', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const card = await preview.user.command(SEED.papers, 'paper', { title: LANTERN.title });
    expect(isPrivate(card)).toBe(true);
    expect(embedOf(card)).toMatchObject({
      title: 'Lantern: Retrieval with \\*Stars\\* and \\<@123\\>',
      url: 'https://arxiv.org/abs/2506.01234',
      description:
        '-# 10 Jun 2025 · Lantern Lab · 12 comments · 80 upvotes\n\nLantern answers questions over letters. Our code is at <https://github.com/lantern-lab/lantern> and is free.',
    });
    expect(embedOf(card).fields?.at(-1)).toMatchObject({ name: 'In the digests' });
    expect(buttonsOf(card)).toEqual([
      'arXiv',
      'PDF',
      'Hugging Face',
      'Discussion (12)',
      'Code',
      'Similar papers',
      'Save',
      'Share in this channel',
    ]);
  });

  it.each([
    '2506.01234',
    'arXiv:2506.01234v2',
    'https://arxiv.org/pdf/2506.01234',
    'https://huggingface.co/papers/2506.01234',
    'https://www.alphaxiv.org/abs/2506.01234v1',
    '<https://arxiv.org/abs/2506.01234>',
    'lantern RETRIEVAL with stars and 123',
    'answers letters',
    'lantern: retrieval with',
  ])('finds a paper by %s', async (title) => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    expect(embedOf(await preview.user.command(SEED.papers, 'paper', { title })).title).toContain('Lantern');
  });

  it('suggests titles and finds the one chosen', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const { user } = preview;
    expect(await user.autocomplete(SEED.papers, 'paper', { title: 'lanter' }, 'title')).toEqual([
      { name: LANTERN.title, value: 'paper:31' },
    ]);
    expect(await user.autocomplete(SEED.papers, 'paper', { title: '2506.01234' }, 'title')).toEqual([
      { name: LANTERN.title, value: 'paper:31' },
    ]);
    expect(embedOf(await user.command(SEED.papers, 'paper', { title: 'paper:31' })).title).toContain('Lantern');
  });

  it('shows the nearest when no paper has that title, and opens one of them', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const list = await preview.user.command(SEED.papers, 'paper', { title: 'study of robot grasping' });
    expect(embedOf(list).description).toContain('No paper has that title. The nearest:');
    const card = await preview.user.press(list, 'paper:open', ['1']);
    expect(embedOf(card).title).toBe('Study 1 of robot grasping');
  });

  it('says when an id is not in the archive, and where it leads', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const answer = await preview.user.command(SEED.papers, 'paper', { title: '1706.03762' });
    expect(embedOf(answer).description).toContain('[arXiv 1706.03762](https://arxiv.org/abs/1706.03762)');
    expect(buttonsOf(answer)).toEqual(['arXiv', 'Hugging Face']);
  });

  it('lets two papers with one title be told apart', async () => {
    const twins = ['2506.00001', '2506.00002'].map((arxivId) => facts({ title: 'Twins', arxivId }));
    const { preview } = await openWorld({ digests: { '2025-06-10': twins } });
    const list = await preview.user.command(SEED.papers, 'paper', { title: 'twins' });
    expect(embedOf(list).description).toContain('Several papers have this title:');
    expect(embedOf(list).description).toContain('2506.00002');
  });

  it('shares a paper once, naming who did, and mentions nobody', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const other = preview.addUser('ben');
    const card = await preview.user.command(SEED.papers, 'paper', { title: '2506.01234' });
    const shared = await preview.user.press(card, buttonOf(card, 'Share in this channel'));
    expect(buttonsOf(shared)).toContain('Shared');
    const post = await vi.waitUntil(() => other.messages(SEED.papers)[0]);
    expect(post.content).toBe(`<@${preview.user.user.id}> shares a paper:`);
    expect(post.mentions).toEqual([]);
    expect(buttonsOf(post)).not.toContain('Share in this channel');
  });

  it('is not shared by somebody who may not write there, nor offered with the bot alone', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const { user } = preview;
    const card = await user.command(SEED.papers, 'paper', { title: '2506.01234' });
    user.setPermissions(1n << 10n);
    const refused = await user.press(card, buttonOf(card, 'Share in this channel'));
    expect(refused.content).toContain('You cannot write in this channel');
    const alone = await user.command(user.directMessages, 'paper', { title: '2506.01234' });
    expect(buttonsOf(alone)).not.toContain('Share in this channel');
    expect(isPrivate(alone)).toBe(false);
  });

  it('leads to similar papers, page by page', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const card = await preview.user.command(SEED.papers, 'paper', { title: '2505.10000' });
    const similar = await preview.user.press(card, buttonOf(card, 'Similar papers'));
    expect(similar.id).not.toBe(card.id);
    expect(isPrivate(similar)).toBe(true);
    expect(embedOf(similar).title).toBe('Like: Study 1 of robot grasping');
    expect(embedOf(similar).description).toContain('robot grasping');
    const next = await preview.user.press(similar, buttonOf(similar, 'Next ›'));
    expect(next.id).toBe(similar.id);
    expect(embedOf(next).footer?.text).toContain('Page 2 of');
  });

  it('says when a paper is gone', async () => {
    const { preview, db } = await openWorld({ digests: ARCHIVE });
    const card = await preview.user.command(SEED.papers, 'paper', { title: '2506.01234' });
    await db.deleteFrom('papers').where('id', '=', 31).execute();
    const answer = await preview.user.press(card, buttonOf(card, 'Similar papers'));
    expect(answer.content).toBe('This paper is not in the archive any more.');
  });
});
