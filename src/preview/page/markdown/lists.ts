import { parseInline } from './inline.ts';
import type { ListBlock } from './tree.ts';

const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)$/;

interface Line {
  indent: number;
  /** `null` for bullets. */
  number: number | null;
  text: string;
}

/** The lists that these lines make, one for each run of bullets or of numbers; deeper indentation nests. */
export function readLists(source: string): ListBlock[] {
  return lists(readLines(source));
}

function readLines(source: string): Line[] {
  const lines: Line[] = [];
  for (const line of source.split('\n')) {
    const match = ITEM.exec(line);
    const last = lines.at(-1);
    if (match !== null) {
      const number = match[2] === undefined ? null : Number(match[2]);
      lines.push({ indent: (match[1] ?? '').length, number, text: match[3] ?? '' });
    } else if (last !== undefined && line.trim() !== '') {
      last.text += `\n${line.trim()}`;
    }
  }
  return lines;
}

function lists(lines: Line[]): ListBlock[] {
  const result: ListBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as Line;
    const nested = linesBelow(lines, at);
    const item = { content: parseInline(line.text), nested: lists(nested) };
    const last = result.at(-1);
    if (last !== undefined && (last.start === null) === (line.number === null)) last.items.push(item);
    else result.push({ type: 'list', start: line.number, items: [item] });
    at += 1 + nested.length;
  }
  return result;
}

function linesBelow(lines: Line[], at: number): Line[] {
  const indent = (lines[at]?.indent ?? 0) + 1;
  const end = lines.findIndex((line, index) => index > at && line.indent <= indent);
  return lines.slice(at + 1, end < 0 ? undefined : end);
}
