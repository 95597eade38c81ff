import { expect, it, vi } from 'vitest';
import { tellOperator } from '../../src/cli/operator.ts';
import { type Look, recordLook } from '../../src/store/source-states.ts';
import { openWorld } from '../outbox/world.ts';
import { NOTHING_NEW } from '../store/fixtures.ts';

const HOUR = 3_600_000;

it('tells the operator of a source that is out and of its end, once each, with hostile text made harmless', async () => {
  const world = await openWorld();
  const channel = world.channel('operators');
  const start = Date.now();
  const look = async (hours: number, given: Partial<Look>) => {
    const now = new Date(start + hours * HOUR);
    await recordLook(world.db, 'feed https://evil.example/*x*', { ...NOTHING_NEW, ...given }, now);
    for (let time = 0; time < 3; time += 1) await tellOperator(world.db, channel, now);
  };
  const failed = { outcome: 'failed', problem: '@everyone **look** <@123>\n[here](https://evil.example)' } as const;
  await look(0, failed);
  await look(5, failed);
  await look(6, failed);
  await look(7, failed);
  await look(8, { isFresh: true });
  await world.start({ clock: () => new Date(start + 8 * HOUR) });
  await vi.waitFor(() => expect(world.posted(channel)).toHaveLength(2), { timeout: 5000 });
  const [trouble, end] = world.preview.world.messages(channel);
  expect(trouble?.content).toContain(`cannot be reached since <t:${Math.floor(start / 1000)}:f>`);
  expect(trouble?.content).not.toMatch(/@everyone|(?<!\\)\*\*look|(?<!\\)<@|(?<!\\)\[here/);
  expect(end?.content).toContain('does well again');
  expect([trouble?.mention_everyone, trouble?.mentions]).toEqual([false, []]);
});
