import { type Environment, environmentNames } from '../../../config.ts';
import { EditTable } from '../../../search/index/edit-table.ts';
import { type Finding, ok, warning } from '../finding.ts';

/** A name that differs from a known one in this many letters is meant to be that. */
const TYPING_ERRORS = 3;

/** Whether variables are set that look like ours and are not. */
export async function checkNames({ given, written }: Environment): Promise<Finding[]> {
  const names = new Set([...Object.keys(written), ...Object.keys(given).filter(isOurs)]);
  const findings = [...names].filter((name) => !environmentNames.includes(name)).flatMap(unknown);
  return findings.length > 0 ? findings : [ok('It can be read.')];
}

const isOurs = (name: string) => /^PAPERBOY_|^DISCORD_/.test(name);

function edits(from: string, to: string): number {
  const letters = Buffer.from(to);
  const table = new EditTable(Buffer.from(from), Infinity);
  letters.forEach((letter, depth) => table.add(depth, letter));
  return table.distance(letters.length);
}

function unknown(name: string): Finding[] {
  const [nearest = '', distance = Infinity] =
    environmentNames
      .map((known): [string, number] => [known, edits(name.toUpperCase(), known)])
      .sort(([, a], [, b]) => a - b)[0] ?? [];
  if (distance <= TYPING_ERRORS && distance < nearest.length / 3) {
    return [warning(`${name} is no variable that Paperboy reads. Did you mean ${nearest}?`)];
  }
  if (!isOurs(name)) return [];
  return [warning(`${name} is no variable that Paperboy reads. .env.example names them all; remove it.`)];
}
