import { expect, onTestFinished, vi } from 'vitest';
import type { APIMessage } from 'discord.js';
import { silentLog } from '../../src/core/log.ts';
import type { PaperFacts } from '../../src/core/paper.ts';
import { renderAlert } from '../../src/discord/render/alert.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { dueDeliveries } from '../../src/store/delivery-attempts.ts';
import { write } from '../../src/store/write.ts';
import { createAlertPlanner } from '../../src/topics/plan-alerts.ts';
import { createAlertWriter } from '../../src/topics/write-alert.ts';
import { facts } from '../search/archive.ts';
import { NOW, openWorld, store, type World, type WorldOptions } from './bot.ts';

export interface Followers extends World {
  /** Sets the clock of the bot. */
  setNow: (now: Date) => void;
  /** Reads a digest, has the papers matched, and waits until every message that is due is sent. Returns how many there were. */
  ingest: (...papers: PaperFacts[]) => Promise<number>;
  /** The same without new papers. */
  deliver: () => Promise<number>;
}

/** A bot in a local Discord that tells of new papers; the archive begins with `digests`. */
export async function openFollowers(given: WorldOptions = {}): Promise<Followers> {
  const options: WorldOptions = { digests: { '2025-06-10': [facts(ROBOT)] }, ...given };
  const world = await openWorld(options);
  const { db, preview } = world;
  const clock = () => options.now ?? NOW;
  const plan = createAlertPlanner({ db, clock, log: silentLog, timezone: 'UTC', search: world.search() });
  await plan();
  const sender = createSender({ token: preview.token, apiUrl: preview.apiUrl });
  const words = () => Promise.resolve(world.search());
  const writeDraft = createAlertWriter({ db, search: words, clock, log: silentLog, render: renderAlert });
  const outbox = startOutbox({ db, sender, clock, log: silentLog, renderNotice: ownerNotice, writeDraft });
  onTestFinished(() => outbox.stop());
  let digests = 0;
  const deliver = async () => {
    const { messages } = await plan();
    await settled(db, clock());
    return messages;
  };
  return {
    ...world,
    deliver,
    setNow: (now) => (options.now = now),
    async ingest(...papers) {
      digests += 1;
      await store(db, clock().toISOString().slice(0, 10), papers, `digest-${digests}.txt`);
      await world.search().catchUp();
      return deliver();
    },
  };
}

/** Resolves when nothing that can be sent by now is still to be sent. */
export async function settled(db: World['db'], now: Date): Promise<void> {
  await vi.waitFor(async () => expect(await open(db, now)).toEqual([]), { timeout: 20_000, interval: 20 });
}

/** At one moment: between two, a message may pass from the one state to the other. */
function open(db: World['db'], now: Date) {
  return write(db, async (trx) => {
    const sending = trx.selectFrom('deliveries').select('id').where('state', '=', 'sending');
    return [...(await dueDeliveries(trx, now, 10)), ...(await sending.execute())];
  });
}

const ROBOT = {
  title: 'Grasping with two fingers',
  abstract: 'A robot learns to grasp cups. It drops few of them.',
  publishedOn: '2025-06-09',
  arxivId: '2506.00001',
};

/** A paper about a subject, with a sentence that names it. */
export function paperOn(subject: string, more: Partial<PaperFacts> = {}): PaperFacts {
  return facts({
    title: `New ways to ${subject}`,
    abstract: `Much was tried before. We study ${subject} at scale. It works.`,
    publishedOn: '2025-06-11',
    ...more,
  });
}

/** The last message in a channel or in direct messages. */
export function lastIn(messages: APIMessage[]): APIMessage {
  const message = messages.at(-1);
  if (!message) throw new Error('There is no message.');
  return message;
}

/** The value of a field of an embed. */
export function fieldOf(
  { fields = [] }: { fields?: { name: string; value: string }[] },
  name: string,
): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** The text of a message's only file. */
export async function attachmentText({ attachments }: APIMessage): Promise<string> {
  expect(attachments).toHaveLength(1);
  return (await fetch(attachments[0]?.url ?? '')).text();
}
