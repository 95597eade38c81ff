import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { errorText, UserError } from '../core/errors.ts';
import { decode } from '../digests/decode.ts';
import { gistOfAbstract } from '../summaries/gist/gist.ts';
import { counted, type Terminal } from './terminal.ts';

/** What is asked for is a gist, so that a title may be missing; an id is given back as it came. */
const asked = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  title: z.string().nullish(),
  abstract: z.string().nullish(),
});

/**
 * Prints the gist of each abstract of a JSON Lines document (`{"id","title","abstract"}`), in their order; lines that cannot
 * be read are named. The exit code is 1 where there were any.
 *
 * @throws UserError when the document is no text.
 */
export function printGists(document: Uint8Array, options: { json?: boolean }, terminal: Terminal): number {
  const lines = decode(document).text.split('\n');
  let papers = 0;
  let rejected = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') {
      terminal.note(`Line ${index + 1}: ${read}`);
      rejected += 1;
      continue;
    }
    papers += 1;
    const { id = null, title, abstract } = read;
    const gist = gistOfAbstract(title ?? '', abstract ?? '') || null;
    if (options.json) terminal.out(JSON.stringify({ id, gist }));
    else terminal.out(`${terminal.bold(title || 'Untitled')}\n    ${gist ?? '(no abstract)'}`);
  }
  if (!options.json) terminal.note(`${counted(papers, 'paper')}.`);
  return rejected > 0 ? 1 : 0;
}

/** What was wrong with a line, where something was. */
function readLine(line: string): z.infer<typeof asked> | string {
  try {
    const { data, error } = asked.safeParse(JSON.parse(line));
    return (
      data ?? `Expected an object like {"id","title","abstract"}: ${error?.issues[0]?.message ?? 'it is another one'}.`
    );
  } catch {
    return 'Expected one JSON object on the line.';
  }
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
