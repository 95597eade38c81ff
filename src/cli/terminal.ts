import { styleText } from 'node:util';
import { progress as bar } from '@clack/prompts';

/** Where a command prints; a parameter, so that tests can read it. */
export interface Terminal {
  /** Prints one line of result. */
  out(line: string): void;
  /** Prints one line for the person at the terminal. */
  note(line: string): void;
  /** Emphasised, where the output is a terminal. */
  bold(text: string): string;
  /** Shows how far long work has come, where a person watches. `total` must be known at the first call. */
  progress(title: string): Progress;
}

export interface Progress {
  at(done: number, total: number, label?: string): void;
  end(): void;
}

/** The terminal of this process: results to standard output, everything else to standard error. */
export function processTerminal(): Terminal {
  // A reader like `head` may close the pipe early; that is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  /** Lines that wait for the end of the bar, which redraws itself where they would stand. */
  let held: string[] | null = null;
  const hold = () => {
    if (process.stdout.isTTY) held = [];
  };
  const release = () => {
    held?.forEach(write);
    held = null;
  };
  return {
    out: (line) => (held ? void held.push(line) : write(line)),
    note: (line) => void process.stderr.write(`${line}\n`),
    bold: (text) => (process.stdout.isTTY ? styleText('bold', text) : text),
    progress: (title) => (process.stderr.isTTY ? drawnProgress(title, hold, release) : NOT_DRAWN),
  };
}

const NOT_DRAWN: Progress = { at: () => {}, end: () => {} };

/** Work that ends sooner than this draws nothing, in milliseconds. */
const PATIENCE = 500;

function drawnProgress(title: string, onStart: () => void, onEnd: () => void): Progress {
  const startedAt = performance.now();
  let drawn: ReturnType<typeof bar> | null = null;
  let shown = 0;
  return {
    at(done, total, label = '') {
      if (!drawn) {
        if (performance.now() - startedAt < PATIENCE || done >= total) return;
        onStart();
        drawn = bar({ max: total, output: process.stderr });
        drawn.start(title);
      }
      drawn.advance(done - shown, `${title} ${done} of ${total}${label && ` · ${label}`}`);
      shown = done;
    },
    end() {
      drawn?.stop(title);
      onEnd();
    },
  };
}

/** `1 paper`, `2 papers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
