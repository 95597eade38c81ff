import { dirname } from 'node:path';
import { databaseFile } from '../../../store/health.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';
import { nearestExisting } from '../folders.ts';

/** Less cannot take a large digest and its index, in bytes. */
const TOO_LITTLE = 200e6;
/** Less is soon too little, in bytes. */
const LITTLE = 1e9;

/** Whether the disk that the database is on has room. */
export async function checkDisk({ config, freeSpace }: World): Promise<Finding[]> {
  const file = databaseFile(config.databaseUrl);
  if (!file) return [];
  const folder = nearestExisting(dirname(file));
  const free = await freeSpace(folder);
  const said = `${amount(free)} free at ${folder}`;
  if (free < TOO_LITTLE) return [fault(`Only ${said}. Make room: below ${amount(TOO_LITTLE)} writing may fail.`)];
  if (free < LITTLE) return [warning(`Only ${said}. Make room: ${amount(LITTLE)} or more keeps you out of trouble.`)];
  return [ok(`${said}.`)];
}

function amount(bytes: number): string {
  return bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
