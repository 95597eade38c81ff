import { commands } from '../../../commands/index.ts';
import { ownVersion } from '../../core/version.ts';
import { type Check, databaseAnswers, lives, readiness } from '../../http/health.ts';
import { createMetrics, type Metrics } from '../../http/metrics.ts';
import { createReadings } from '../../http/readings.ts';
import { type Handler, startServer } from '../../http/server.ts';
import type { Search } from '../../search/result.ts';
import type { Running } from './running.ts';

/** What a process serves over HTTP where PAPERBOY_HTTP_PORT is set: how it does, and interactions if that is its role. */
export interface Monitor {
  metrics: Metrics;
  /** What its parts have against taking work now. */
  checks: Check[];
  /** Told of the index as soon as there is one. */
  sees(search: Search): void;
  /** Everything has been opened. */
  started(): void;
  /** Answers interactions from now on. Returns the address. */
  serve(interactions: Handler): string;
}

type World = Pick<Running, 'id' | 'config' | 'roles' | 'db' | 'clock' | 'log' | 'closers'>;

/**
 * Serves health and metrics from now on; `null` where no port is set.
 * @throws UserError when the port cannot be used.
 */
export async function openMonitor(world: World): Promise<Monitor | null> {
  const { id, config, roles, db, clock, log, closers } = world;
  const { httpPort: port, httpHost: host } = config;
  if (port === null) return null;
  let search: Search | null = null;
  let phase: 'starts' | 'runs' | 'ends' = 'starts';
  const metrics = createMetrics({
    version: ownVersion(),
    commands: commands.map(({ declaration }) => declaration.name),
    clock,
    read: createReadings(db, id, clock),
    index: () => search?.state() ?? null,
  });
  const needsIndex = roles.size > 1 || !roles.has('sender');
  const checks: Check[] = [
    () => (phase === 'runs' ? null : `It ${phase}.`),
    () => (search || !needsIndex ? null : 'The search index is not loaded yet.'),
    databaseAnswers(db),
  ];
  const routes: Record<string, { GET?: Handler; POST?: Handler }> = {
    '/healthz': { GET: lives },
    '/readyz': { GET: readiness(checks) },
    '/metrics': { GET: metrics.handle },
  };
  const server = await startServer({ host, port, routes, log });
  closers.push(() => {
    phase = 'ends';
    return server.close();
  });
  log.info({ host, port: server.port }, 'health and metrics are served over HTTP');
  return {
    metrics,
    checks,
    sees: (opened) => (search = opened),
    started: () => (phase = phase === 'starts' ? 'runs' : phase),
    serve(interactions) {
      routes['/interactions'] = { POST: interactions };
      return `http://${host}:${server.port}/interactions`;
    },
  };
}
