import { Worker } from 'node:worker_threads';

/**
 * Runs the module at `url` (its `import.meta.url`) in a thread of its own, with `data` as its `workerData`. In development
 * the module is TypeScript, which a thread understands only after tsx is registered in it.
 */
export function startThread(url: string, data: unknown): Worker {
  if (url.endsWith('.js')) return new Worker(new URL(url), { workerData: data });
  const start = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(url)}); })`;
  return new Worker(start, { eval: true, workerData: data });
}
