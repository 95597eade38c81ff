import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  PostgresQueryCompiler,
  replaceWithNoncontingentExpression,
} from 'kysely';
import pg from 'pg';
import { errorText, UserError } from '../core/errors.ts';
import { redact } from '../core/log.ts';
import { addressForPeople } from './database-address.ts';
import { SchemaInPostgres } from './postgres-schema.ts';
import type { Schema } from './schema.ts';
import { storable } from './storable.ts';

/** Connections of one process. Its writers wait for each other anyway; the others read. */
const CONNECTIONS = 10;
/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 10_000;

/** How long a transaction of ours may rest between two statements, in milliseconds. */
const LONGEST_REST = 15_000;

const { INT8 } = pg.types.builtins;

/**
 * Opens a PostgreSQL database at a `postgres://…` address, or one that speaks its protocol.
 * @throws UserError when it does not let us in.
 */
export async function openPostgres(url: string): Promise<Kysely<Schema>> {
  let pool: pg.Pool | undefined;
  try {
    pool = makePool(url);
    const { rows } = await pool.query<{ version: string }>('select version()');
    const plugins = [
      new SchemaInPostgres(rows[0]?.version ?? ''),
      // SQLite takes `in ()`.
      new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
    ];
    return new Kysely<Schema>({ dialect: new Dialect({ pool }), plugins });
  } catch (error) {
    await pool?.end();
    throw new UserError(
      `The database ${addressForPeople(url)} cannot be opened: ${redact(reasonOf(error))}. Check its address, the user and password, and that the server runs.`,
    );
  }
}

function makePool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withStandardModes(url),
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // One that went silently is found out.
    keepAlive: true,
    application_name: 'paperboy',
    // What a host that died or sleeps had taken amidst a transaction is free again. A pooler in between would refuse it as a
    // parameter of the connection, and not every relative knows it.
    verify: (client, done) => client.query(`set idle_in_transaction_session_timeout = ${LONGEST_REST}`, () => done()),
    // Counts come as 64 bits, which JavaScript's numbers hold up to 2^53.
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // A connection may break while nothing is asked of it, in the pool or within a transaction: the next question says so.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** `sslmode` means what it means to every other client: https://www.npmjs.com/package/pg-connection-string#tcp-connections */
function withStandardModes(text: string): string {
  const url = new URL(text);
  if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true');
  return url.href;
}

class Dialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new Compiler();
  }
}

/** PostgreSQL refuses NUL in texts, which SQLite keeps. */
class Compiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    super.appendValue(typeof value === 'string' ? storable(value) : value);
  }
}

/** Where a name leads to several addresses, Node puts what each of them said into an error without words. */
function reasonOf(error: unknown): string {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  return reasons.map(errorText).join(', ');
}
