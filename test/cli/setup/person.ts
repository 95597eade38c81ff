import { EventEmitter, once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const CTRL_C = '\u0003';
/** Empties a line that is filled in. */
export const CLEAR = '\u0015';

/** A terminal with a person who reads and types. */
export interface Person {
  input: PassThrough;
  output: Writable;
  /** Everything that was shown, without colours. */
  seen: () => string;
  /** Waits for these words after what was read last, then types. */
  on: (words: string | RegExp, keys: string) => Promise<void>;
}

export function createPerson(): Person {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const shown = new EventEmitter();
  let text = '';
  let read = 0;
  const output = Object.assign(
    new Writable({
      write(chunk, _, done) {
        text += stripVTControlCharacters(String(chunk));
        shown.emit('more');
        done();
      },
    }),
    { isTTY: true, columns: 200, rows: 50 },
  );
  onTestFinished(() => void input.destroy());
  return {
    input,
    output,
    seen: () => text,
    async on(words, keys) {
      const pattern = typeof words === 'string' ? new RegExp(escaped(words)) : words;
      for (;;) {
        const found = pattern.exec(text.slice(read));
        if (found) {
          read = text.length;
          break;
        }
        await once(shown, 'more');
      }
      input.write(keys);
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
