import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that goes when the test ends, after all that the test closes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, with the folders above it, as it was last changed `age` milliseconds before now. */
export function put(path: string, content: string | Uint8Array, age = 60_000): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const changed = new Date(Date.now() - age);
  utimesSync(path, changed, changed);
}

/** The files under a folder, sorted, as paths from it. */
export function tree(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
