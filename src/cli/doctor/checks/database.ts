import { dirname } from 'node:path';
import { errorText, UserError } from '../../../core/errors.ts';
import { databaseFile, integrityProblems, tryWriting } from '../../../store/health.ts';
import { countPapers } from '../../../store/papers.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';
import { folderProblem } from '../folders.ts';

/** Whether the database can be opened, is whole, and can be written. */
export async function checkDatabase({ config, database }: World): Promise<Finding[]> {
  const file = databaseFile(config.databaseUrl);
  if (database instanceof UserError) return [fault(database.message)];
  if (database instanceof Error) return [fault(`It cannot be opened (${database.message}). ${RESTORE}`)];
  if (!database) return [await toBeCreated(file ?? '')];
  const problems = await integrityProblems(database).catch((error: unknown) => [errorText(error)]);
  if (problems.length > 0) return [fault(`It is damaged: ${problems.slice(0, 3).join('; ')}. ${RESTORE}`)];
  try {
    await tryWriting(database);
  } catch (error) {
    if (error instanceof UserError) return [warning(error.message)];
    return [fault(`It cannot be written (${errorText(error)}). Check free space and who may write ${file}.`)];
  }
  const papers = `It is whole and can be written; papers in it: ${await countPapers(database)}.`;
  return [file ? ok(`${file}. ${papers}`) : warning(`It is in memory and ends with the bot. ${KEEP}`)];
}

const KEEP = 'Set DATABASE_URL to sqlite:PATH to keep what is read.';
const RESTORE = 'Stop Paperboy, move the file aside, and put a backup in its place.';

async function toBeCreated(file: string): Promise<Finding> {
  const problem = await folderProblem(dirname(file));
  return problem
    ? fault(`${file} cannot be created. ${problem} Mend that, or set DATABASE_URL to a path in another folder.`)
    : ok(`${file} is not there yet; the first start creates it.`);
}
