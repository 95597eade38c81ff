import {
  chownSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { parseEnv } from 'node:util';
import { errorText, UserError } from '../../core/errors.ts';

/** Values by the names of variables; an empty one counts as absent. */
export type Values = Record<string, string>;

/** A line `NAME=value`, or several where the value is in quotes: what stands before the value, and the value. */
const ASSIGNMENT = /^([ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)("[^"]*"|'[^']*'|`[^`]*`|[^\r\n#]*)/gm;

/**
 * The text of an env file in which `changes` hold. Everything else stays as it is: lines, comments, and other variables. What
 * is not there yet follows at the end.
 * @throws UserError when a value cannot be written, or the text is none that can be changed safely.
 */
export function changedEnv(text: string, changes: Values): string {
  // Node's reader takes a comment for a variable where the last line does not end.
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  let changed = before;
  for (const [name, value] of Object.entries(changes)) changed = withValue(changed, name, writtenValue(name, value));
  checkChange(before, changed, changes);
  return changed;
}

function withValue(text: string, name: string, written: string): string {
  // Of several lines the last one counts.
  const last = [...text.matchAll(ASSIGNMENT)].findLast((found) => found[2] === name);
  if (!last) return `${text}${name}=${written}\n`;
  const [whole, before = '', , value = ''] = last;
  const after = value.slice(value.trimEnd().length);
  return `${text.slice(0, last.index)}${before}${written}${after}${text.slice(last.index + whole.length)}`;
}

/** What may follow a value, and must not become part of it. */
const QUOTES = `A1="1"\nA2='2'\nA3=\`3\`\n`;

/** As it stands where that can be, else in quotes that the value does not hold. */
function writtenValue(name: string, value: string): string {
  const forms = [value, `"${value}"`, `'${value}'`, `\`${value}\``];
  const form = forms.find((written) => parseEnv(`${name}=${written}\n${QUOTES}`)[name] === value);
  if (form !== undefined && !/[\r\n]/.test(value)) return form;
  throw new UserError(`The value of ${name} has quotes or line breaks that an env file cannot hold.`);
}

/** However odd a file is, nobody's other settings are changed. */
function checkChange(before: string, after: string, changes: Values): void {
  const [expected, found] = [{ ...parseEnv(before), ...changes }, parseEnv(after)];
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const wrong = [...names].find((name) => expected[name] !== found[name]);
  if (wrong === undefined) return;
  throw new UserError(
    `The .env that is there cannot be changed safely: look at its lines with ${wrong}, for example for a quote without its end.`,
  );
}

/** The text of the file; `null` when there is none. */
export function readEnvFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UserError(`${path} cannot be read: ${errorText(error)}.`);
  }
}

/**
 * Writes the file whole or not at all; nobody but its owner, who stays the same, may read it.
 * @throws UserError when it cannot be written.
 */
export function writeEnvFile(path: string, text: string): void {
  // A link stays a link.
  const file = existsSync(path) ? realpathSync(path) : path;
  const temporary = `${file}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    if (existsSync(file)) keepOwner(statSync(file), temporary);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`${path} cannot be written: ${errorText(error)}. Nothing was changed.`);
  }
}

/** Whoever runs this as root is seldom the one who reads the file. */
function keepOwner({ uid, gid }: { uid: number; gid: number }, file: string): void {
  const made = statSync(file);
  if (made.uid !== uid || made.gid !== gid) chownSync(file, uid, gid);
}
