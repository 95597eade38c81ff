import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that remembers what it was told. */
export function recorder() {
  const lines: string[] = [];
  const notes: string[] = [];
  const progress: string[] = [];
  const terminal: Terminal = {
    out: (line) => void lines.push(line),
    note: (line) => void notes.push(line),
    bold: (text) => text,
    progress: () => ({
      at: (done, total, label) => void progress.push(`${done}/${total} ${label}`),
      end: () => void progress.push('end'),
    }),
  };
  return { terminal, lines, notes, progress };
}
