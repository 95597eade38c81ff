import { expect, it, vi } from 'vitest';
import { planDeliveries } from '../../../src/store/deliveries.ts';
import { engine } from '../../helpers/databases.ts';
import { openHost } from './processes.ts';

const CHANNELS = 40;
const TEXTS = Array.from({ length: 8 }, (_, index) => `delivery ${index}`);

// On SQLite one that is suspended while it writes keeps everybody from writing.
it.skipIf(engine === 'sqlite')(
  'a sender that was suspended sends nothing again that another sent meanwhile',
  { timeout: 180_000 },
  async () => {
    const host = await openHost(3000);
    const { preview, db } = host;
    const first = await host.launch('sender');
    await first.logged('this process delivers');
    const second = await host.launch('sender');
    const channels = Array.from({ length: CHANNELS }, (_, index) => host.channel(`text-${index}`));
    const planned = channels.flatMap((id) =>
      TEXTS.map((content) => ({
        destination: { kind: 'channel', id } as const,
        subject: content,
        payload: { content },
      })),
    );
    await planDeliveries(db, planned, new Date());
    preview.faults.add({ method: 'POST', delay: 25, applied: true, times: Infinity });
    const posts = () => preview.requests.filter(({ method }) => method === 'POST').length;
    await vi.waitUntil(() => posts() > planned.length / 4, { timeout: 60_000, interval: 5 });
    first.child.kill('SIGSTOP');
    await second.logged('this process delivers');
    await vi.waitUntil(() => posts() > planned.length / 2, { timeout: 60_000, interval: 5 });
    first.child.kill('SIGCONT');
    await first.logged('this process no longer delivers');
    await vi.waitUntil(async () => (await host.states()).every((state) => state === 'sent'), 60_000);
    expect(channels.map(host.posted)).toEqual(channels.map(() => TEXTS));
  },
);
