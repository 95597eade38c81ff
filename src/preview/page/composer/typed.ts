import { callText, type Call } from '../commands.ts';
import { OPTION } from '../api.ts';
import { choicesOf, createFill, optionOf, setChosen, setTyped, type Fill } from './fill.ts';

/**
 * A call typed or pasted as one line, once its name is complete and followed by a space: `/search query: transformers
 * since: 2024`, or the words alone, which go to the first option. `null` while no name is complete.
 */
export function readTyped(calls: Call[], line: string): Fill | null {
  const longestFirst = [...calls].sort((a, b) => b.path.length - a.path.length);
  const call = longestFirst.find((call) => line.toLowerCase().startsWith(`${callText(call)} `));
  return call === undefined ? null : readEntries(createFill(call), line.slice(callText(call).length + 1));
}

function readEntries(fill: Fill, text: string): Fill {
  const names = fill.call.options.map((option) => option.name);
  if (names.length === 0) return fill;
  const pattern = new RegExp(`(?:^|\\s)(${names.join('|')}):`, 'gu');
  const starts = [...text.matchAll(pattern)];
  const lead = text.slice(0, starts[0]?.index ?? text.length).trimStart();
  const first = names[0] ?? '';
  const begun = lead.trim() === '' ? fill : setText(fill, first, lead);
  return starts.reduce((result, start, index) => {
    const value = text.slice(start.index + start[0].length, starts[index + 1]?.index);
    return setText(result, start[1] ?? '', value.trim());
  }, begun);
}

/** Types a value; where it names a choice, that choice is taken. */
export function setText(fill: Fill, name: string, text: string): Fill {
  const option = optionOf(fill, name);
  const wanted = text.trim().toLowerCase();
  const truths = [
    { name: 'True', value: true },
    { name: 'False', value: false },
  ];
  const choices = option?.type === OPTION.boolean ? truths : ((option && choicesOf(option)) ?? []);
  const choice = choices.find((choice) => choice.name.toLowerCase() === wanted || String(choice.value) === wanted);
  return choice === undefined ? setTyped(fill, name, text) : setChosen(fill, name, choice);
}
