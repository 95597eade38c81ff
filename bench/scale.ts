import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../src/core/root.ts';
import type { Built, Restarted } from './cost.ts';
import { sizeOf } from './engines.ts';
import { ms } from './latency.ts';
import type { Guilds } from './scale-guilds.ts';
import type { Outbox } from './scale-outbox.ts';
import type { Topics } from './scale-topics.ts';
import { readAbstracts } from './sets.ts';
import { print, printTable } from './table.ts';

/**
 * What a public bot would need: `npm run bench:scale [-- PAPERS TOPICS DELIVERIES]`. Each part runs in a process of its own, so
 * that its memory is its own. Takes about a quarter of an hour and 8 GB at the default sizes.
 */
const [papers = 1_000_000, topics = 1_000_000, deliveries = 5_000_000] = process.argv.slice(2).map(Number);

print(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model} × ${cpus().length}, Node ${process.version}\n`);
if (readAbstracts()) {
  measureIndex();
  measureTopics();
} else print('Skipped: ../shared/ir/ml, the abstracts to measure with, is absent.');
measureOutbox();
measureGuilds();

function measureIndex(): void {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const file = join(folder, 'index');
  const { build } = run('cost', 'build', 'Paperboy', papers, file) as Built;
  const restarted = run('cost', 'restart', 'Paperboy', papers, file) as Restarted;
  const { ready, memory, keywords, sentences, longest } = restarted;
  const latencies = [keywords.p50, keywords.p99, sentences.p50, sentences.p99, longest].map(ms);
  print(`The index of ${papers} papers: seconds, megabytes, and milliseconds a query`);
  printTable(
    ['build', 'ready again', 'memory', 'on disk', 'keyword p50', 'p99', 'sentence p50', 'p99', 'longest step'],
    [[build.toFixed(0), ready.toFixed(2), memory.toFixed(0), (sizeOf(file) / 1e6).toFixed(0), ...latencies]],
  );
  rmSync(folder, { recursive: true });
}

function measureTopics(): void {
  const kinds = ['as readers have them', 'all different'];
  const rows = kinds.map((kind) => {
    const { load, memory, p50, p99, found } = run('scale-topics', kind, topics) as Topics;
    return [kind, load.toFixed(1), memory.toFixed(0), ms(p50), ms(p99), found.toFixed(0)];
  });
  print(`${topics} stored queries: seconds to load, megabytes, and milliseconds to match a paper`);
  printTable(['', 'load', 'memory', 'match p50', 'p99', 'matches a paper'], rows);
}

function measureOutbox(): void {
  const { size, due, plan, settle } = run('scale-outbox', deliveries) as Outbox;
  print(`An outbox that remembers ${deliveries} sent messages (SQLite)`);
  printTable(
    ['on disk (MB)', 'find what is due (ms)', 'messages planned a second', 'messages begun and settled a second'],
    [[(size / 1e6).toFixed(0), ms(due), plan.toFixed(0), settle.toFixed(0)]],
  );
}

function measureGuilds(): void {
  const { guilds, channels, memory } = run('scale-guilds') as Guilds;
  print(`A shard of ${guilds} servers with ${channels} channels each takes ${memory.toFixed(0)} MB in discord.js.\n`);
}

function run(file: string, ...options: (string | number)[]): unknown {
  const flags = ['--expose-gc', '--max-old-space-size=12288'];
  const path = projectPath('dist', 'bench', `${file}.js`);
  return JSON.parse(execFileSync(process.execPath, [...flags, path, ...options.map(String)]).toString());
}
