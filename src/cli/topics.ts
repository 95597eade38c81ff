import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Clock } from '../core/clock.ts';
import { errorText, UserError } from '../core/errors.ts';
import type { Db } from '../store/database.ts';
import { topicsAfter } from '../store/topics.ts';
import { planTransfer, transfer } from '../topics/transfer.ts';
import { topicLine } from '../topics/transfer-line.ts';
import { counted, type Terminal } from './terminal.ts';

/** Topics read from the store at a time. */
const BATCH = 500;

/** Prints every topic as a line of JSON, the oldest first. */
export async function exportTopics(db: Db, terminal: Terminal): Promise<void> {
  let after = 0;
  let total = 0;
  for (;;) {
    const batch = await topicsAfter(db, after, BATCH);
    for (const topic of batch) terminal.out(topicLine(topic));
    total += batch.length;
    after = batch.at(-1)?.id ?? after;
    if (batch.length < BATCH) break;
  }
  terminal.note(`${counted(total, 'topic')}.`);
}

/**
 * Imports a file of topics (`-`: standard input): topics of a new name are added, others changed in what their line names. Lines
 * that are no topics are named, and the rest is imported. Returns the exit code: 1 when a line was no topic.
 * @throws UserError when the file cannot be read.
 */
export async function importTopics(db: Db, file: string, clock: Clock, terminal: Terminal): Promise<number> {
  const plan = await planTransfer(db, await linesOf(file), null);
  for (const { line, reason } of plan.faults) terminal.note(`Line ${line}: ${reason}`);
  await transfer(db, plan, null, clock());
  const { added, changed, unchanged, faults } = plan;
  const counts = [`${added.length} added`, `${changed.length} changed`, `${unchanged.length} unchanged`];
  if (faults.length > 0) counts.push(`${counted(faults.length, 'line')} passed over`);
  terminal.note(`${counts.join(', ')}.`);
  return faults.length > 0 ? 1 : 0;
}

async function linesOf(file: string): Promise<string[]> {
  try {
    const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
    return content.replace(/^\uFEFF/, '').split(/\r?\n/);
  } catch (error) {
    throw new UserError(`The file ${file} cannot be read: ${errorText(error)}`);
  }
}
