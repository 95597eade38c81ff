import { existsSync } from 'node:fs';
import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileProblem } from '../../sources/files.ts';

/** The path itself or, where it is not there yet, the nearest folder above it that is. */
export function nearestExisting(path: string): string {
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Why a folder can be neither used nor created, in words; `null` when it can. Makes an empty folder in it for a moment. */
export async function folderProblem(folder: string): Promise<string | null> {
  const at = nearestExisting(folder);
  try {
    if (!(await stat(at)).isDirectory()) return `${at} is a file.`;
    // To be asked is one thing: full disks, quotas and read-only ones show only when something is made.
    await rmdir(await mkdtemp(join(at, '.paperboy-')));
    return null;
  } catch (error) {
    return `${at}: ${fileProblem(error)}`;
  }
}
