import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../test/helpers/postgres-server.ts';
import { grown } from './grown.ts';
import { type Load, runLoad } from './load-run.ts';
import { readAbstracts } from './sets.ts';
import { print, printTable } from './table.ts';

/**
 * How long readers wait while papers come in: `npm run bench:load [-- PAPERS [DATABASE_URL]]`. On SQLite, and on PostgreSQL: a
 * server that is started for this, or a new database at the address.
 */
const [papers = '50000', given] = process.argv.slice(2);
const AT_ONCE = 100;
const BEGIN = 5000;

const abstracts = readAbstracts();
if (!abstracts) throw new Error('The abstracts that are asked about are not there.');
const documents = [...grown(abstracts, BEGIN + Number(papers))].map((document, index) => ({
  ...document,
  title: index < abstracts.length ? document.title : `${document.title} (${index})`,
}));
const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
const rows: string[][] = [];
const server = given === undefined ? await startServer() : { url: given, stop: async () => {} };
for (const databaseUrl of [`sqlite:${join(folder, 'paperboy.db')}`, server.url]) {
  const load = await runLoad({ databaseUrl, documents, begin: BEGIN, atOnce: AT_ONCE, digest: 1000 });
  rows.push([databaseUrl.split(':')[0] ?? '', ...figures(load)]);
  for (const line of new Set([...load.errors, ...load.complaints].slice(0, 10))) print(line.trim());
}
await server.stop();
rmSync(folder, { recursive: true });
print(`First answers to ${AT_ONCE} interactions at once, in milliseconds, while ${papers} papers come in`);
printTable(
  [
    '',
    'answers',
    'p50',
    'p99',
    'longest',
    'announced',
    'answered p99',
    'longest',
    'errors',
    'longest block',
    'of it computing',
    'computing each',
    'starved %',
    'stored in s',
    'found in s',
  ],
  rows,
);

function figures(load: Load): string[] {
  const { first, announced, errors, unanswered, longestBlock, longestStep, cost, starved, ingested, indexed } = load;
  const waits = [first.length, at(first, 0.5), at(first, 0.99), at(first, 1)];
  const late = [announced.length, at(announced, 0.99), at(announced, 1)];
  const rest = [errors.length + unanswered, longestBlock, longestStep, cost, starved * 100, ingested, indexed];
  return [...waits, ...late, ...rest].map((number) => number.toFixed(0));
}

function at(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}
