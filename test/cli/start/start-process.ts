/**
 * A process of `paperboy start --only ROLES` as it was built, in which one that dies is followed sooner than after 15 seconds:
 * `FOLDER ROLES MILLISECONDS`, where the folder has the built program; the environment says the rest.
 */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [folder = '', only = '', takenOverAfter] = process.argv.slice(2);
const built = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, 'src', path)).href);
const { start } = (await built('cli/start/start.js')) as typeof import('../../../src/cli/start/start.ts');
const { readConfig } = (await built('config.js')) as typeof import('../../../src/config.ts');
const { processTerminal } = (await built('cli/terminal.js')) as typeof import('../../../src/cli/terminal.ts');
await start(readConfig(process.env), { only, takenOverAfter: Number(takenOverAfter) }, processTerminal());
process.exit();
