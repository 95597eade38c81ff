import { linesOf } from './lines.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Where senders break the lines of a text, in characters (RFC 5322, section 2.1.1: 78 at most). */
const NARROWEST = 55;
const WIDEST = 80;
/** A page with blank lines between its texts has five lines in three blocks for each paper, or fewer in more. */
const LINES_A_BLOCK = 2.5;

/**
 * A text whose lines a sender broke to a width, with its lines whole again: a line goes on below where the next word found
 * no place in it. Any other text stays as it is.
 *
 * @throws UnreadableDigestError when lines are broken and no blank lines say where each text ends.
 */
export function unwrap(text: string): string {
  const lines = text.split('\n');
  const width = lines.reduce((longest, line) => Math.max(longest, line.length), 0);
  if (width < NARROWEST || width > WIDEST) return text;
  const whole: string[] = [];
  let previous = '';
  for (const line of lines) {
    if (previous !== '' && line !== '' && previous.length + 1 + firstWord(line).length > width) {
      whole.push(`${whole.pop()} ${line}`);
    } else whole.push(line);
    previous = line;
  }
  const unwrapped = whole.join('\n');
  if (whole.length < lines.length) refuseDense(unwrapped);
  return unwrapped;
}

function refuseDense(unwrapped: string): void {
  const lines = linesOf(unwrapped);
  const blocks = (lines.at(-1)?.block ?? 0) + 1;
  if (lines.length <= LINES_A_BLOCK * blocks) return;
  const reason = 'The lines of this text are broken, and no blank lines say where each title and abstract ends.';
  throw new UnreadableDigestError(lines[0]?.number ?? 1, reason);
}

function firstWord(line: string): string {
  return /^\S*/.exec(line)?.[0] ?? '';
}
