import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { write } from '../../../src/store/write.ts';
import { engine } from '../../helpers/databases.ts';
import { openHost } from './processes.ts';

/** Long enough that nothing is taken over, in milliseconds. */
const TAKEN_OVER_AFTER = 60_000;
/** In seconds. */
const [AT_ONCE, AT_MOST] = [4, 10];
const POSTS = { method: 'POST', path: /\/messages$/ };

/** A host that takes requests and never answers. */
async function silentHost(): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server: Server = createServer(() => void (asked += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

// What ends here is a process; on which engine does not matter, and of SQLite alone a test can keep the whole database.
describe.skipIf(engine === 'postgres')('a process that is asked to end', () => {
  it('finishes what is being sent, begins nothing more, and is followed at once', { timeout: 90_000 }, async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const [first, second] = [await host.launch('sender'), await host.launch('sender')];
    await second.logged('another process delivers');
    const channel = host.channel('a');
    const undo = host.preview.faults.add({ ...POSTS, delay: 1500, applied: true, times: Infinity });
    await host.plan(channel, '1', '2');
    await vi.waitUntil(() => host.posted(channel).length === 1);
    const { code, seconds } = await first.end();
    undo();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(AT_MOST);
    expect((await host.states())[0]).toBe('sent');
    const begun = performance.now();
    await vi.waitUntil(async () => (await host.states()).every((state) => state === 'sent'), 30_000);
    expect(host.posted(channel)).toEqual(['1', '2']);
    process.stdout.write(
      `SIGTERM with a request of 1.5 s under way: ended after ${seconds.toFixed(1)} s, followed within ` +
        `${((performance.now() - begun) / 1000).toFixed(1)} s\n`,
    );
  });

  it('ends within ten seconds when a request hangs, and lets others take over', { timeout: 90_000 }, async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const sender = await host.launch('sender');
    host.preview.faults.add({ ...POSTS, delay: 60_000, applied: true });
    const channel = host.channel('a');
    await host.plan(channel, '1');
    await vi.waitUntil(() => host.posted(channel).length === 1);
    const { code, seconds } = await sender.end();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(AT_MOST);
    expect(await host.holder('sender')).toBeNull();
    process.stdout.write(`SIGTERM with a request that hangs: ended after ${seconds.toFixed(1)} s\n`);
  });

  it('ends within ten seconds while a source does not answer', { timeout: 90_000 }, async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const { url, asked } = await silentHost();
    const ingest = await host.launch('ingest', { PAPERBOY_SOURCES: 'hugging-face', PAPERBOY_HUGGING_FACE_URL: url });
    await vi.waitUntil(() => asked() > 0, 30_000);
    const { code, seconds } = await ingest.end();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(AT_MOST);
    expect(await host.holder('schedules')).toBeNull();
  });

  it('ends within ten seconds with a complaint when the database does not answer', { timeout: 90_000 }, async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const sender = await host.launch('sender');
    const writer = await openDatabase(host.url);
    const ended = await write(writer, async (trx) => {
      // Nobody else can write until this is over.
      await trx.deleteFrom('processes').execute();
      return sender.end();
    });
    await writer.destroy();
    expect(ended.code).toBe(1);
    expect(ended.seconds).toBeLessThan(AT_MOST + 1);
    expect(sender.lines.at(-1)).toMatchObject({ level: 60, msg: expect.stringContaining('ends at once') as string });
  });

  it('ends at once when it is asked twice', { timeout: 90_000 }, async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const sender = await host.launch('sender');
    host.preview.faults.add({ ...POSTS, delay: 60_000, applied: true });
    const channel = host.channel('a');
    await host.plan(channel, '1');
    await vi.waitUntil(() => host.posted(channel).length === 1);
    const ended = sender.end();
    await sender.logged('SIGTERM: stopping');
    sender.child.kill('SIGINT');
    const { code, seconds } = await ended;
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(AT_ONCE);
  });
});
