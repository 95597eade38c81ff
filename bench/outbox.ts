import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../src/core/clock.ts';
import { silentLog } from '../src/core/log.ts';
import { projectPath } from '../src/core/root.ts';
import { createSender } from '../src/discord/send.ts';
import { startOutbox } from '../src/outbox/worker.ts';
import { openDatabase } from '../src/store/database.ts';
import { planDeliveries } from '../src/store/deliveries.ts';
import { print } from './table.ts';

/** How fast messages go to many destinations: `npm run bench:outbox [-- DESTINATIONS LATENCY]`; latency in milliseconds. */
const [destinations = 2000, latency = 80] = process.argv.slice(2).map(Number);
const LIMIT = 50;

interface Report {
  posted: number;
  doubled: number;
  tooMany: number;
  took: number;
}

const discord = fork(projectPath('bench', 'outbox-discord.ts'), [String(destinations), String(latency)], {
  execArgv: ['--import', 'tsx'],
});
const [{ apiUrl, token, ids }] = (await once(discord, 'message')) as [{ apiUrl: string; token: string; ids: string[] }];
const ask = async () => {
  discord.send('report');
  return ((await once(discord, 'message')) as [Report])[0];
};

const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
const db = await openDatabase(`sqlite:${join(folder, 'paperboy.db')}`);
const planned = ids.map((id) => ({
  destination: { kind: 'channel' as const, id },
  subject: 'bench',
  payload: { content: 'A message of the usual length. '.repeat(20) },
}));
const planning = performance.now();
await planDeliveries(db, planned, new Date());
print(`${destinations} messages planned in ${(performance.now() - planning).toFixed(0)} ms`);
const sender = createSender({ token, apiUrl });
const outbox = startOutbox({ db, sender, clock: systemClock, log: silentLog, renderNotice: () => ({}) });
let report = await ask();
while (report.posted + report.doubled < destinations) {
  await pause(500);
  report = await ask();
}
await outbox.stop();
await db.destroy();
discord.kill();
rmSync(folder, { recursive: true });
const rate = (destinations / report.took) * 1000;
print(
  `${report.posted} sent in ${(report.took / 1000).toFixed(1)} s, answers after ${latency} ms: ${rate.toFixed(1)} a second, ` +
    `${((rate / LIMIT) * 100).toFixed(1)} % of the limit; ${report.doubled} doubled, ${report.tooMany} refused as too many`,
);
