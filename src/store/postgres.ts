import {
  type ColumnDataType,
  ColumnDefinitionNode,
  type CreateTableNode,
  DataTypeNode,
  HandleEmptyInListsPlugin,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  PostgresDialect,
  RawNode,
  replaceWithNoncontingentExpression,
} from 'kysely';
import pg from 'pg';
import { errorText, UserError } from '../core/errors.ts';
import type { Schema } from './schema.ts';

/** Connections of one process. Its writers wait for each other anyway; the others read. */
const CONNECTIONS = 10;
/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 10_000;

const { INT8 } = pg.types.builtins;

/**
 * Opens a PostgreSQL database at a `postgres://…` address, or one that speaks its protocol.
 * @throws UserError when it does not let us in.
 */
export async function openPostgres(url: string): Promise<Kysely<Schema>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // Counts come as 64 bits, which JavaScript's numbers hold up to 2^53.
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // A connection that waits in the pool and breaks is no fault of anybody; the next query gets another.
  pool.on('error', () => {});
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw new UserError(
      `The PostgreSQL database of DATABASE_URL cannot be opened: ${errorText(error)}. Check the address, the user and password, and that the server runs.`,
    );
  }
  const plugins = [
    new SchemaInPostgres(),
    // SQLite takes `in ()`.
    new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
  ];
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), plugins });
}

/** Writes in PostgreSQL's words what the migrations say in SQLite's. */
class SchemaInPostgres implements KyselyPlugin {
  private readonly transformer = new SchemaTransformer();

  transformQuery: KyselyPlugin['transformQuery'] = ({ node }) => this.transformer.transformNode(node);

  transformResult: KyselyPlugin['transformResult'] = async ({ result }) => result;
}

const TYPES: Partial<Record<string, ColumnDataType | 'text collate "C"'>> = {
  blob: 'bytea',
  // Texts compare byte by byte, as in SQLite.
  text: 'text collate "C"',
};

class SchemaTransformer extends OperationNodeTransformer {
  /** What follows a table's columns is about how SQLite's file is laid out. */
  protected override transformCreateTable(node: CreateTableNode): CreateTableNode {
    const { endModifiers: _, ...table } = super.transformCreateTable(node);
    return table;
  }

  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node);
    const type = DataTypeNode.is(column.dataType) ? column.dataType.dataType : null;
    if (type === null) return column;
    if (column.autoIncrement) {
      return { ...column, autoIncrement: false, dataType: DataTypeNode.create('serial') };
    }
    const ours = TYPES[type];
    return ours ? { ...column, dataType: RawNode.createWithSql(ours) } : column;
  }
}
