import { expect, it, vi } from 'vitest';
import { startPulse } from '../../../src/cli/start/pulse.ts';
import type { Role } from '../../../src/cli/start/roles.ts';
import type { Close } from '../../../src/cli/start/running.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/core/log.ts';
import { createDatabaseClock } from '../../../src/store/clock.ts';
import { runningProcesses, showProcess } from '../../../src/store/processes.ts';
import { emptyDatabase } from '../../helpers/databases.ts';

it(
  'a process is seen while it runs, and says which others answer for the same servers, once each',
  { timeout: 60_000 },
  async () => {
    const db = await emptyDatabase();
    const foundations: Close[] = [];
    const lines: { msg: string; process?: string }[] = [];
    const log = createLog('info', (line) => lines.push(JSON.parse(line) as (typeof lines)[number]));
    const other = { host: 'owl', pid: 7, version: '1.2.3', roles: ['gateway'] };
    // This one died a moment ago.
    await showProcess(db, { ...other, id: 'dead', shards: 'all' });
    const roles = new Set<Role>(['gateway', 'sender']);
    const config = readConfig({ DISCORD_SHARDS: '0-3/8' });
    await startPulse({ id: 'own', config, db, roles, log, foundations }, createDatabaseClock(db), '1.2.3');
    expect(await runningProcesses(db)).toContainEqual(
      expect.objectContaining({ id: 'own', roles: ['gateway', 'sender'], shards: '0,1,2,3/8', pid: process.pid }),
    );
    await showProcess(db, { ...other, id: 'elsewhere', shards: '4-7/8' });
    await showProcess(db, { ...other, id: 'sender', roles: ['sender'], shards: null });
    await showProcess(db, { ...other, id: 'twin', shards: '3/8' });
    await vi.waitUntil(() => lines.length > 0, { timeout: 30_000 });
    for (const close of foundations) await close();
    expect(lines).toMatchObject([{ process: 'twin', msg: expect.stringContaining('stop one of them') as string }]);
    expect((await runningProcesses(db)).map(({ id }) => id)).not.toContain('own');
    await db.destroy();
  },
);
