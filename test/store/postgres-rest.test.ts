import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { emptyDatabase } from '../helpers/databases.ts';

it('what a host that died had taken amidst a transaction is free again after 15 seconds', async () => {
  const db = await emptyDatabase();
  const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(db);
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '15s' }]);
});
