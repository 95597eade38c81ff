import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { buttonOf, buttonsOf, embedOf, LANTERN, manyPapers, openWorld } from './bot.ts';

const ARCHIVE = { '2025-06-10': manyPapers(20), '2025-06-12': [LANTERN] };

describe('/today', () => {
  it('shows the newest digest and leads to the days before', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const newest = await preview.user.command(SEED.papers, 'today');
    expect(embedOf(newest).title).toBe('Thursday, 12 June 2025');
    expect(embedOf(newest).description).toContain('**1 paper**, today.');
    const before = await preview.user.press(newest, buttonOf(newest, '‹ 10 June'));
    expect(before.id).toBe(newest.id);
    expect(embedOf(before)).toMatchObject({ title: 'Tuesday, 10 June 2025', footer: { text: 'Page 1 of 3' } });
    expect(embedOf(before).description).toContain('**20 papers**, 2 days ago.');
    const last = await preview.user.press(before, buttonOf(before, 'Last »'));
    expect(embedOf(last).description).toContain('**17.**');
    expect(buttonsOf(last)).toContain('12 June ›');
  });

  it('says below each title what was done, and when these are not the words of its authors', async () => {
    const abstract = 'Storms are dark. In this paper, we propose a lantern that learns. It burns.';
    const brought = { ...LANTERN, title: 'Another', arxivId: '2506.01235', summary: 'Letters are answered.' };
    const { preview } = await openWorld({ digests: { '2025-06-12': [{ ...LANTERN, abstract }, brought] } });
    const { description } = embedOf(await preview.user.command(SEED.papers, 'today'));
    expect(description).toMatch(/\n-# [^\n]+Lab[^\n]*\nWe propose a lantern that learns\.\n/);
    expect(description).toMatch(/ · summary by its source\nLetters are answered\.$/);
  });

  it('takes a day, and suggests those there are', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const { user } = preview;
    expect(await user.autocomplete(SEED.papers, 'today', { date: 'tues' }, 'date')).toEqual([
      { name: 'Tuesday, 10 June 2025', value: '2025-06-10' },
    ]);
    expect(embedOf(await user.command(SEED.papers, 'today', { date: '2025-06-10' })).title).toBe(
      'Tuesday, 10 June 2025',
    );
    const wrong = await user.command(SEED.papers, 'today', { date: 'doomsday' });
    expect(wrong.content).toContain('"doomsday" is no day that I understand');
  });

  it.each([
    ['2025-06-11', 'The nearest days with papers are below.', ['‹ 10 June', '12 June ›']],
    ['2025-06-08', 'The archive begins on Tuesday, 10 June 2025.', ['10 June ›']],
    ['2025-06-13', 'It is still to come.', ['‹ 12 June']],
    ['yesterday', 'The nearest days with papers are below.', ['‹ 10 June', '12 June ›']],
  ])('explains why %s has none', async (date, reason, labels) => {
    const { preview } = await openWorld({ digests: ARCHIVE });
    const answer = await preview.user.command(SEED.papers, 'today', { date });
    expect(embedOf(answer).description).toBe(`No digest of that day is here. ${reason}`);
    expect(buttonsOf(answer)).toEqual(labels);
  });

  it('knows weekends, so that nobody takes them for a fault', async () => {
    const { preview } = await openWorld({ digests: ARCHIVE, now: new Date('2025-06-15T10:00:00Z') });
    expect(embedOf(await preview.user.command(SEED.papers, 'today')).description).toContain(
      '3 days ago. The daily list rests at weekends; this is the newest.',
    );
    const saturday = await preview.user.command(SEED.papers, 'today', { date: '2025-06-14' });
    expect(embedOf(saturday).description).toContain('The daily list rests at weekends.');
  });

  it('explains an empty archive', async () => {
    const { preview } = await openWorld();
    expect(embedOf(await preview.user.command(SEED.papers, 'today')).title).toBe('No papers yet');
  });
});
