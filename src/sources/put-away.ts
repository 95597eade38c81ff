import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import type { Fault } from './source.ts';

/**
 * Moves a file into a folder of the same disk under its name, or with a number where the name is taken: nothing is ever
 * overwritten. Returns its new path; `null` when the file is there no more, because another process moved it.
 */
export async function moveInto(folder: string, path: string): Promise<string | null> {
  const target = await reserve(folder, basename(path));
  try {
    await rename(path, target);
    return target;
  } catch (error) {
    await rm(target);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes an empty file of a free name, so that no other process takes it. */
async function reserve(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const target = join(folder, number === 1 ? name : `${stem}-${number}${ext}`);
    try {
      await (await open(target, 'wx')).close();
      return target;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** What the name of the note beside an unreadable file adds to the file's own. */
export const REASON_SUFFIX = '.reason.txt';

/** Writes beside an unreadable file why it is there. */
export async function writeReason(path: string, { line, reason }: Fault): Promise<void> {
  const lines = [
    `Paperboy could not read ${basename(path)}.`,
    '',
    `Where: ${line === null ? 'the file as a whole' : `line ${line}`}`,
    `Why: ${reason}`,
    'What to do: mend the file and put it back into the inbox, or delete it. This note can be deleted.',
    '',
  ];
  await writeFile(`${path}${REASON_SUFFIX}`, lines.join('\n'));
}
