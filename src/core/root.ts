import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of a file that ships with Paperboy, the same from `src` and from `dist`. */
export function projectPath(...parts: string[]): string {
  return join(root, ...parts);
}
