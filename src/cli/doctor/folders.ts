import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileProblem } from '../../sources/files.ts';

/** The path itself or, where it is not there yet, the nearest folder above it that is. */
export function nearestExisting(path: string): string {
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Why a folder can be neither used nor created, in words; `null` when it can. */
export async function folderProblem(folder: string): Promise<string | null> {
  const at = nearestExisting(folder);
  try {
    if (!(await stat(at)).isDirectory()) return `${at} is a file.`;
    await access(at, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `${at}: ${fileProblem(error)}`;
  }
}
