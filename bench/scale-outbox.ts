import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../src/store/database.ts';
import { planDeliveries } from '../src/store/deliveries.ts';
import { dueDeliveries, markSent, takeDelivery } from '../src/store/delivery-attempts.ts';
import { write } from '../src/store/write.ts';
import { sizeOf } from './engines.ts';
import { stopwatch } from './latency.ts';

/** What a long memory of sent messages costs the outbox; `scale.ts` runs this file in a process of its own. */
export interface Outbox {
  /** Bytes of the file that remembers the sent messages. */
  size: number;
  /** Messages planned a second, while none are sent. */
  plan: number;
  /** Milliseconds to find the next messages, with all of these waiting. */
  due: number;
  /** Messages a second that are marked as being sent and as sent. */
  settle: number;
}

/** Messages that fall due at the same minute: one for each server of a public bot. */
const WAITING = 100_000;
/** As many as a channel has had. */
const EARLIER = 50;
const PLANNED_TOGETHER = 1000;
const SETTLED = 2000;
const BATCH = 200;

const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
const file = join(folder, 'paperboy.db');
const db = await openDatabase(`sqlite:${file}`);
const now = new Date('2026-01-05T09:00:00Z');

await write(db, (trx) =>
  sql`
    with recursive rows(n) as (select 1 union all select n + 1 from rows where n < ${count})
    insert into deliveries (destination_kind, destination_id, subject, payload_json, state, nonce, attempts, next_attempt_at,
      planned_at, sent_at, message_id, form)
    select 'channel', cast(1000000000000000000 + n / ${EARLIER} as text), 'summary:' || (n / ${EARLIER}) || ':' || (n % ${EARLIER}), '{}',
      'sent', printf('nonce-%014d', n), 1, '2025-12-01T09:00:00.000Z', '2025-12-01T09:00:00.000Z', '2025-12-01T09:00:01.000Z',
      cast(1100000000000000000 + n as text), 'message'
    from rows`.execute(trx),
);
await sql`pragma wal_checkpoint(truncate)`.execute(db);
const size = sizeOf(file);

const waiting = Array.from({ length: WAITING }, (_, index) => ({
  destination: { kind: 'channel' as const, id: String(1_000_000_000_000_000_000n + BigInt(index)) },
  subject: 'summary:2026-01-05',
  payload: { content: 'A message of the usual length. '.repeat(60) },
}));
let watch = stopwatch();
for (let at = 0; at < WAITING; at += PLANNED_TOGETHER) {
  await planDeliveries(db, waiting.slice(at, at + PLANNED_TOGETHER), now);
}
const plan = WAITING / (watch() / 1000);

const looks: number[] = [];
let settling = 0;
for (let settled = 0; settled < SETTLED; settled += BATCH) {
  watch = stopwatch();
  const due = await dueDeliveries(db, now, BATCH);
  looks.push(watch());
  if (due.length !== BATCH) throw new Error(`${due.length} messages were due, and ${BATCH} were expected.`);
  watch = stopwatch();
  for (const { id } of due) {
    const lease = { owner: 'bench', until: new Date(now.getTime() + 45_000) };
    await takeDelivery(db, id, lease, now);
    await markSent(db, id, String(id), now);
  }
  settling += watch();
}
await db.destroy();
rmSync(folder, { recursive: true });
const result: Outbox = { size, plan, due: Math.max(...looks), settle: SETTLED / (settling / 1000) };
process.stdout.write(`${JSON.stringify(result)}\n`);
