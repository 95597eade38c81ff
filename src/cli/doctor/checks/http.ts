import { createServer } from 'node:http';
import { once } from 'node:events';
import { errorText } from '../../../core/errors.ts';
import { runningProcesses } from '../../../store/processes.ts';
import { type Finding, fault, ok, type World } from '../finding.ts';

/** Whether health, metrics and commands over HTTP can be served where they should be. */
export async function checkHttp(world: World): Promise<Finding[]> {
  const { httpPort, httpHost } = world.config;
  if (httpPort === null) return [ok('PAPERBOY_HTTP_PORT is not set: nothing is served.')];
  const server = createServer();
  try {
    server.listen(httpPort, httpHost);
    await once(server, 'listening');
    return [ok(`Port ${httpPort} of ${httpHost} is free.`)];
  } catch (error) {
    return [await taken(error, world)];
  } finally {
    server.close();
  }
}

async function taken(error: unknown, world: World): Promise<Finding> {
  const { httpPort, httpHost } = world.config;
  const where = `Port ${httpPort} of ${httpHost}`;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code !== 'EADDRINUSE') {
    return fault(`${where} cannot be used: ${errorText(error)}. Check PAPERBOY_HTTP_PORT and PAPERBOY_HTTP_HOST.`);
  }
  const db = await world.database;
  const running = db && !(db instanceof Error) ? await runningProcesses(db) : [];
  if (running.length > 0) return ok(`${where} is in use; Paperboy runs.`);
  return fault(`${where} is in use by another program. End that, or set PAPERBOY_HTTP_PORT to another one.`);
}
