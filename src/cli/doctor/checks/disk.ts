import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { snapshotFile } from '../../../search/archive.ts';
import { databaseFile } from '../../../store/health.ts';
import { type Finding, fault, ok, type Space, warning, type World } from '../finding.ts';
import { nearestExisting } from '../folders.ts';

/** Less cannot take a large digest and its index, in bytes. */
const TOO_LITTLE = 200e6;
/** Less is soon too little, in bytes. */
const LITTLE = 500e6;
/** So is a smaller part of the disk, unless that is more than enough in itself. */
const SMALL_PART = 0.05;
const ENOUGH = 10e9;

/** Whether the disks that the database, the index's snapshot and the inbox are on have room. */
export async function checkDisk({ config, space }: World): Promise<Finding[]> {
  const { databaseUrl, sources, inbox } = config;
  const files = [databaseFile(databaseUrl), snapshotFile(config)].filter((file) => file !== null);
  const folders = [...files.map((file) => dirname(file)), ...(sources.includes('inbox') ? [inbox] : [])];
  const disks = new Map<number, string>();
  for (const folder of folders.map(nearestExisting)) {
    const { dev } = await stat(folder);
    if (!disks.has(dev)) disks.set(dev, folder);
  }
  const findings = await Promise.all([...disks.values()].map(async (folder) => room(folder, await space(folder))));
  if (!databaseUrl.startsWith('postgres')) return findings;
  return [...findings, ok("PostgreSQL's disk cannot be seen from here: watch it where the server runs.")];
}

function room(folder: string, { free, total }: Space): Finding {
  const said = `${amount(free)} of ${amount(total)} free at ${folder}`;
  if (free < TOO_LITTLE) return fault(`Only ${said}. Make room: below ${amount(TOO_LITTLE)} writing may fail.`);
  if (free < LITTLE || (free < total * SMALL_PART && free < ENOUGH)) {
    return warning(`Only ${said}. Make room before it is full: then nothing is stored or sent any more.`);
  }
  return ok(`${said}.`);
}

function amount(bytes: number): string {
  return bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
