import type { Call, Option } from './commands.ts';
import { callText } from './commands.ts';
import { createFill, setTyped, type Fill } from './composer/fill.ts';

/** What to give an option of this name in an example. */
const SAMPLES: Record<string, string> = { query: 'diffusion models', topic: 'diffusion models' };

/** Commands that need nothing and say most about the bot, best first. */
const FAVOURITES = ['today', 'help', 'status'];

/** Up to three commands to begin with, ready to send: one that takes words, then some that need nothing. */
export function examples(calls: Call[]): { text: string; fill: Fill }[] {
  const ready = calls.flatMap((call) => {
    const required = call.options.filter((option) => option.required);
    const known = required.every((option) => SAMPLES[option.name] !== undefined);
    return known && required.length <= 1 ? [{ call, required: required[0] ?? null }] : [];
  });
  const withWords = ready.filter(({ required }) => required !== null).slice(0, 1);
  const without = ready.filter(({ required }) => required === null).sort((a, b) => favour(a.call) - favour(b.call));
  return [...withWords, ...without].slice(0, 3).map(({ call, required }) => example(call, required));
}

function favour(call: Call): number {
  const index = FAVOURITES.indexOf(call.path.join(' '));
  return index < 0 ? FAVOURITES.length : index;
}

function example(call: Call, option: Option | null): { text: string; fill: Fill } {
  if (option === null) return { text: callText(call), fill: createFill(call) };
  const sample = SAMPLES[option.name] ?? '';
  return { text: `${callText(call)} ${sample}`, fill: setTyped(createFill(call), option.name, sample) };
}
