import { dirname } from 'node:path';
import { errorText, UserError } from '../../../core/errors.ts';
import { type Db, isPostgres } from '../../../store/database.ts';
import { databaseFile, integrityProblems, tryWriting } from '../../../store/health.ts';
import { countPapers } from '../../../store/papers.ts';
import { type Finding, fault, ok, OutdatedError, warning, type World } from '../finding.ts';
import { folderProblem } from '../folders.ts';

/** Whether the database can be opened, is whole, and can be written. */
export async function checkDatabase(world: World): Promise<Finding[]> {
  const url = world.config.databaseUrl;
  const database = await world.database;
  if (database instanceof OutdatedError) return [warning(database.message)];
  if (database instanceof UserError) return [fault(database.message)];
  if (database instanceof Error) return [fault(`It cannot be opened (${database.message}). ${RESTORE}`)];
  if (database) return [await opened(database, url)];
  const file = databaseFile(url);
  if (file !== null) return [await toBeCreated(file)];
  return [url === 'sqlite::memory:' ? warning(IN_MEMORY) : ok('It is empty; the first start creates its tables.')];
}

const IN_MEMORY = 'It is in memory and ends with the bot. Set DATABASE_URL to sqlite:PATH to keep what is read.';
const RESTORE = 'Stop Paperboy, move the file aside, and put a backup in its place (`paperboy restore`).';

async function opened(db: Db, url: string): Promise<Finding> {
  const problems = await integrityProblems(db).catch((error: unknown) => [errorText(error)]);
  if (problems.length > 0) return fault(`It is damaged: ${problems.slice(0, 3).join('; ')}. ${RESTORE}`);
  const name = isPostgres(db) ? 'PostgreSQL' : databaseFile(url);
  try {
    await tryWriting(db);
  } catch (error) {
    if (error instanceof UserError) return warning(error.message);
    return fault(`It cannot be written (${errorText(error)}). Check free space and who may write ${name}.`);
  }
  return ok(`${name}. It is whole and can be written; papers in it: ${await countPapers(db)}.`);
}

async function toBeCreated(file: string): Promise<Finding> {
  const problem = await folderProblem(dirname(file));
  return problem
    ? fault(`${file} cannot be created. ${problem} Mend that, or set DATABASE_URL to a path in another folder.`)
    : ok(`${file} is not there yet; the first start creates it.`);
}
