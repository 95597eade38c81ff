import { type Entry, type PaperFacts, unknownFacts } from '../core/paper.ts';

/** An entry of which only these facts are known. */
export function entryOf(line: number, facts: Partial<PaperFacts> & { title: string }): Omit<Entry, 'position'> {
  return {
    ...unknownFacts,
    ...facts,
    line,
  };
}
