import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { autocomplete, confirm, isCancel, log, multiselect, password, select, text } from '@clack/prompts';
import { type Asker, EndedError } from './asker.ts';

/** Longer lists are searched by typing. */
const SHORT_LIST = 8;
/** Between two looks, in milliseconds. */
const LOOKING_INTERVAL = 2000;

/** Asks the person at a terminal; Ctrl+C and Escape end the questions. */
export function terminalAsker(input: Readable, output: Writable): Asker {
  const streams = { input, output };
  return {
    isPatient: true,
    say: (words) => log.message(words, { output }),
    async text({ message, initial = '', example = '', hidden, problem }) {
      const validate = (typed = '') => problem?.(typed.trim() || (hidden ? initial : '')) ?? undefined;
      const typed = hidden
        ? await password({ ...streams, message, mask: '•', validate })
        : await text({ ...streams, message, initialValue: initial, placeholder: example, validate });
      return answered(typed).trim() || (hidden ? initial : '');
    },
    async choose({ message, choices, initial }) {
      const options = choices.map((choice) => ({ ...choice }));
      const list = { ...streams, message, options, maxItems: SHORT_LIST, ...(initial && { initialValue: initial }) };
      return answered(await (choices.length > SHORT_LIST ? autocomplete(list) : select(list)));
    },
    async chooseSome({ message, choices, initial }) {
      const options = choices.map((choice) => ({ ...choice }));
      return answered(await multiselect({ ...streams, message, options, initialValues: [...initial], required: true }));
    },
    confirm: async (message) => answered(await confirm({ ...streams, message })),
    async wait({ message, skip, look }) {
      const done = new AbortController();
      const options = [{ value: 'skip', label: skip }];
      const asked = select({ ...streams, message, options, signal: done.signal });
      const skipped = asked.finally(() => done.abort());
      const found = await lookUntil(look, done.signal).finally(() => done.abort());
      const answer = await skipped;
      if (found === null) answered(answer);
      return found;
    },
  };
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new EndedError();
  return answer as Exclude<T, symbol>;
}

async function lookUntil<T>(look: () => Promise<T | null>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    const found = await look();
    if (found !== null) return found;
    await pause(LOOKING_INTERVAL, undefined, { signal }).catch(() => {});
  }
  return null;
}
