import type { Transaction } from 'kysely';
import type { Db } from './database.ts';
import type { Schema } from './schema.ts';

/** The sequence number up to which papers were matched with topics. */
export async function matchedSequence(db: Db): Promise<number> {
  const query = db.selectFrom('counters').select('value').where('name', '=', 'matched');
  return (await query.executeTakeFirstOrThrow()).value;
}

/**
 * Takes the right to catch papers and to plan alerts for this transaction: of two processes one waits. Returns what nobody can
 * change until it ends: up to which sequence number papers were matched, and the version of the latest change to any topic.
 */
export async function takePlanning(trx: Transaction<Schema>): Promise<{ matched: number; version: number }> {
  const rows = await trx
    .updateTable('counters')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', 'in', ['matched', 'topics'])
    .returning(['name', 'value'])
    .execute();
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? 0;
  return { matched: value('matched'), version: value('topics') };
}

/** Papers up to this sequence number were matched. In the transaction that stores what they were matched with. */
export async function moveMatched(trx: Transaction<Schema>, sequence: number): Promise<void> {
  await trx.updateTable('counters').set({ value: sequence }).where('name', '=', 'matched').execute();
}

/** The sequence number when a paper was first stored; `null` for one that is not there. */
export async function addedSequence(db: Db, paperId: number): Promise<number | null> {
  const row = await db.selectFrom('papers').select('added_sequence').where('id', '=', paperId).executeTakeFirst();
  return row?.added_sequence ?? null;
}
