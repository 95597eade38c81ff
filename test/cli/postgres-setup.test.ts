import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { optionAsker } from '../../src/cli/setup/option-asker.ts';
import { setup } from '../../src/cli/setup/setup.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openDatabase } from '../../src/store/database.ts';
import { dailySummaries } from '../../src/store/summaries.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { openPreview } from '../preview/bot.ts';
import { temporaryFolder } from '../sources/folder.ts';

it('sets the first summary up in a PostgreSQL database, and finds it there the next time', async () => {
  const preview = await openPreview();
  const database = await newDatabaseUrl();
  const envFile = join(temporaryFolder(), '.env');
  const said: string[] = [];
  const run = (given: Record<string, string>) => {
    const written = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
    const environment = { given: { DISCORD_API_URL: preview.apiUrl }, written };
    const asker = optionAsker(given, (words) => void said.push(words));
    return setup({ asker, environment, envFile, fetch, clock: () => new Date(), timezone: 'UTC' });
  };
  const first = { token: preview.token, 'kept-in': 'postgres', database, channel: SEED.papers, time: '08:30' };
  expect(await run(first)).toBe(0);
  expect(await run({ timezone: 'Asia/Tokyo' })).toBe(0);
  const db = await openDatabase(database);
  const schedule = { minute: 510, timezone: 'Asia/Tokyo' };
  expect(await dailySummaries(db, 10)).toMatchObject([{ channelId: SEED.papers, schedule }]);
  await db.destroy();
  const password = new URL(database).password;
  expect(password).not.toBe('');
  expect(said.join('\n')).not.toContain(`:${password}@`);
});
