import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../src/core/root.ts';
import { measureAnswers } from './answers.ts';
import type { Built, Restarted } from './cost.ts';
import { MAKERS, sizeOf } from './engines.ts';
import { measureIngest } from './ingest.ts';
import { ms } from './latency.ts';
import { measureMatcher } from './matcher.ts';
import { readAbstracts } from './sets.ts';
import { measureStartUp } from './start-up.ts';
import { measureSummaries } from './summaries.ts';
import { print, printTable } from './table.ts';
import { measureTopics } from './topics.ts';

/**
 * What start-up, ingestion and search cost, beside named peers in the same run: `npm run bench [-- SIZE…]`, where the sizes
 * are those of the searched archives. Each search engine runs in a process of its own.
 */
const LARGE = 200_000;

const documents = readAbstracts();
print(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model} × ${cpus().length}, Node ${process.version}\n`);
await measureStartUp();
if (documents) {
  await measureIngest(documents);
  const sizes = process.argv.slice(2).map(Number);
  for (const size of sizes.length > 0 ? sizes : [documents.length, LARGE]) compareEngines(size);
  await measureAnswers(documents);
  await measureMatcher(documents);
  await measureTopics(documents);
  await measureSummaries(documents);
} else print('Skipped: ../shared/ir/ml, the abstracts to measure with, is absent.');

function compareEngines(size: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const rows = MAKERS.map(({ name }, index) => {
    const file = join(folder, `index-${index}`);
    const { build } = run('build', name, size, file) as Built;
    const { ready, memory, resident, keywords, sentences, longest } = run('restart', name, size, file) as Restarted;
    const megabytes = [memory, resident, sizeOf(file) / 1e6].map((value) => value.toFixed(0));
    const latencies = [keywords.p50, keywords.p99, sentences.p50, sentences.p99, longest].map(ms);
    return [name, build.toFixed(1), ...megabytes, ...latencies, ready.toFixed(3)];
  });
  rmSync(folder, { recursive: true });
  print(
    `${size} papers: build and restart in seconds, sizes in megabytes, queries for 10 papers in milliseconds,\neach at its best of three times; the longest step of the hardest query. Processor time where the machine was busy`,
  );
  const queries = ['keyword p50', 'p99', 'sentence p50', 'p99', 'longest step'];
  printTable(['', 'build', 'heap and buffers', 'resident', 'on disk', ...queries, 'ready again'], rows);
}

function run(step: 'build' | 'restart', name: string, size: number, file: string): unknown {
  const flags = ['--expose-gc', '--max-old-space-size=8192'];
  const output = execFileSync(process.execPath, [
    ...flags,
    projectPath('dist', 'bench', 'cost.js'),
    step,
    name,
    String(size),
    file,
  ]);
  return JSON.parse(output.toString());
}
