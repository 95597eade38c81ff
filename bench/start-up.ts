import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectPath } from '../src/core/root.ts';
import { print, printTable } from './table.ts';

const ROUNDS = 5;

/** How long the built program takes to be useful, beside Node alone and Node with the Discord client. Medians. */
export async function measureStartUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const main = projectPath('dist', 'src', 'main.js');
  const client = projectPath('node_modules', 'discord.js', 'src', 'index.js');
  const cases: [string, string[]][] = [
    ['node alone', ['--eval', '0']],
    ['node with discord.js', ['--eval', `require(${JSON.stringify(client)})`]],
    ['paperboy papers', [main, 'papers']],
    ['paperboy start, to the preview', [main, 'start']],
  ];
  const rows: string[][] = [];
  for (const [name, args] of cases) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await untilUseful(args, folder));
    rows.push([name, `${times.sort((a, b) => a - b)[ROUNDS >> 1]?.toFixed(0)}`]);
  }
  rmSync(folder, { recursive: true });
  print('Start-up, in milliseconds');
  printTable(['', 'median'], rows);
}

/** Until the program ends, or says that the preview is ready. */
async function untilUseful(args: string[], folder: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, PAPERBOY_PREVIEW_PORT: '0', PAPERBOY_SOURCES: 'inbox' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  await Promise.race([ended, ready(child)]);
  const time = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return time;
}

async function ready({ stdout }: ChildProcess): Promise<void> {
  if (!stdout) return;
  for await (const line of createInterface({ input: stdout })) if (line.includes('The preview is ready')) return;
  await new Promise(() => {});
}
