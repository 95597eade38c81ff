import type { Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Hands out the growing numbers by which search, topics and summaries catch up. */
export interface Sequence {
  next(): number;
  /** Must be called before the transaction ends. */
  keep(): Promise<void>;
}

/**
 * Takes the sequence of paper changes for this transaction. It must be the transaction's first statement: it is a write, so
 * that of two writers one waits, and numbers become visible in their order.
 */
export async function takeSequence(trx: Transaction<Schema>): Promise<Sequence> {
  let { value } = await trx
    .updateTable('counters')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', '=', 'papers')
    .returning('value')
    .executeTakeFirstOrThrow();
  return {
    next: () => ++value,
    keep: async () => {
      await trx.updateTable('counters').set({ value }).where('name', '=', 'papers').execute();
    },
  };
}
