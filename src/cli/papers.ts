import type { Paper } from '../core/paper.ts';
import type { Db } from '../store/database.ts';
import { papersAddedAfter } from '../store/papers.ts';
import type { Terminal } from './terminal.ts';

/** Papers read from the store at a time. */
const BATCH = 500;

/** Prints every paper first stored after sequence number `since`, in that order. */
export async function printPapers(
  db: Db,
  options: { json?: boolean; since: number },
  terminal: Terminal,
): Promise<void> {
  let after = options.since;
  let batch = await papersAddedAfter(db, after, BATCH);
  if (batch.length === 0) terminal.note('No papers. Read digests with: paperboy ingest FILE');
  while (batch.length > 0) {
    for (const { paper, sequence } of batch) {
      terminal.out(options.json ? JSON.stringify(paperRecord(paper, sequence)) : paperLine(paper));
      after = sequence;
    }
    batch = await papersAddedAfter(db, after, BATCH);
  }
}

function paperLine(paper: Paper): string {
  return `${paper.id}  ${paper.publishedOn ?? 'undated   '}  ${paper.title}`;
}

/** The shape that `papers --json` promises; other programs read it. */
function paperRecord(paper: Paper, sequence: number) {
  const { appearances, ...facts } = paper;
  const digests = appearances.map(({ source, date, position }) => ({ source, date, position }));
  return { ...facts, sequence, digests };
}
