import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { errorText, UserError } from '../core/errors.ts';
import { decode } from '../digests/decode.ts';
import { readJsonLines } from '../digests/json-lines.ts';
import { gistOfAbstract } from '../summaries/gist/gist.ts';
import { counted, type Terminal } from './terminal.ts';

/**
 * Prints the gist of each abstract of a JSON Lines document (`{"id","title","abstract"}`), in their order; lines that cannot
 * be read are named. The exit code is 1 where there were any.
 *
 * @throws UserError when no line can be read.
 */
export function printGists(document: Uint8Array, options: { json?: boolean }, terminal: Terminal): number {
  const { entries, rejected } = readJsonLines(decode(document).text, null);
  for (const { externalId, title, abstract } of entries) {
    const gist = gistOfAbstract(title, abstract ?? '') || null;
    if (options.json) terminal.out(JSON.stringify({ id: externalId, gist }));
    else terminal.out(`${terminal.bold(title)}\n    ${gist ?? '(no abstract)'}`);
  }
  for (const { line, reason } of rejected) terminal.note(`Line ${line}: ${reason}`);
  if (!options.json) terminal.note(`${counted(entries.length, 'paper')}.`);
  return rejected.length > 0 ? 1 : 0;
}

/**
 * The bytes of a file, or of standard input for none or `-`.
 *
 * @throws UserError when the file cannot be read.
 */
export async function readInput(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined || file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${errorText(error)}. Name a file of JSON Lines.`);
  }
}
