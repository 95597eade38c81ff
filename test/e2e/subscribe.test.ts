import { describe, expect, it } from 'vitest';
import { SEED } from '../../src/preview/seed.ts';
import { topicsOfReader } from '../../src/store/topics.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, manyPapers } from './bot.ts';
import { lastIn, openFollowers, paperOn } from './followers.ts';

const fieldOf = (embed: ReturnType<typeof embedOf>, name: string) =>
  embed.fields?.find((field) => field.name === name)?.value;

describe('/subscribe', () => {
  it('shows privately what would have been caught, saves, and tells once, also after a restart', async () => {
    const world = await openFollowers({ digests: { '2025-06-10': manyPapers(30) } });
    const { preview, db } = world;
    const preview1 = await preview.user.command(SEED.papers, 'subscribe', { query: 'robot grasping' });
    expect(isPrivate(preview1)).toBe(true);
    expect(embedOf(preview1).title).toBe('Follow: robot grasping');
    expect(embedOf(preview1).description).toContain('this would have caught **6 papers**, about 1 a week.');
    expect(embedOf(preview1).description).toContain('of **robot grasping**');
    expect(embedOf(preview1).description).toContain('and 2 more papers');
    expect(fieldOf(embedOf(preview1), 'Told')).toBe('By direct message, at once.');
    expect(buttonsOf(preview1)).toEqual(['Save', 'Refine', 'Cancel']);
    const saved = await preview.user.press(preview1, buttonOf(preview1, 'Save'));
    expect(embedOf(saved).title).toBe('Saved');
    expect(await topicsOfReader(db, SEED.reader)).toHaveLength(1);

    expect(await world.ingest(paperOn('robot grasping'), paperOn('protein folding'))).toBe(1);
    expect(await world.deliver()).toBe(0);
    const alerts = preview.user.messages(preview.user.directMessages);
    expect(alerts).toHaveLength(1);
    const alert = lastIn(alerts);
    expect(embedOf(alert).title).toBe('New paper for robot grasping');
    expect(embedOf(alert).description).toContain('We study **robot grasping** at scale.');
    expect(embedOf(alert).description).not.toContain('protein');
    expect(buttonsOf(alert)).toEqual(['Why', 'Save', 'Less of this', 'Pause']);

    await world.discord.close();
    await world.start();
    const why = await preview.user.press(alert, buttonOf(alert, 'Why'));
    expect(embedOf(why).description).toMatch(/\*\*robot grasping\*\*: it was told .* It holds “robot”, “grasping”\./);
    const kept = await preview.user.press(alert, buttonOf(alert, 'Save'));
    expect(kept.content).toContain('Saved **New ways to robot grasping**.');
    const paused = await preview.user.press(alert, buttonOf(alert, 'Pause'));
    expect(embedOf(paused).description).toContain('is paused');
    expect(await world.ingest(paperOn('robot grasping', { title: 'Another robot grasping' }))).toBe(0);
  });
});
