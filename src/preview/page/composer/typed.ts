import { callText, type Call } from '../commands.ts';
import { createFill, setTyped, type Fill } from './fill.ts';

/**
 * A call typed or pasted as one line, once its name is complete and followed by a space. `/search query: transformers
 * since: 2024` fills each option; a line that does not begin so goes to the first option as it is, for its words may have
 * colons of their own. `null` while no name is complete.
 */
export function readTyped(calls: Call[], line: string): Fill | null {
  const longestFirst = [...calls].sort((a, b) => b.path.length - a.path.length);
  const call = longestFirst.find((call) => line.toLowerCase().startsWith(`${callText(call)} `));
  return call === undefined ? null : readEntries(createFill(call), line.slice(callText(call).length + 1));
}

function readEntries(fill: Fill, text: string): Fill {
  const names = fill.call.options.map((option) => option.name);
  const first = names[0];
  if (first === undefined || text.trim() === '') return fill;
  if (!text.startsWith(`${first}:`)) return setTyped(fill, first, text);
  const starts = [...text.matchAll(new RegExp(`(?:^|\\s)(${names.join('|')}):`, 'gu'))];
  return starts.reduce((result, start, index) => {
    const value = text.slice(start.index + start[0].length, starts[index + 1]?.index);
    return setTyped(result, start[1] ?? '', value.trim());
  }, fill);
}

/** What was typed into an option, without its own name and colon before it. */
export function withoutName(name: string, text: string): string {
  return text.startsWith(`${name}:`) ? text.slice(name.length + 1).trimStart() : text;
}
