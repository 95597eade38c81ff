import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { digestNames, readWhole } from './files.ts';
import type { Source, SourceDocument } from './source.ts';

/**
 * Files and folders that somebody named: of a folder every file in it, none of its folders. They stay where they are.
 * `limit` is the size of the largest file, in bytes.
 */
export function pathsSource(paths: readonly string[], limit: number): Source {
  return {
    name: 'file',
    documents: async () => {
      const files = await Promise.all(paths.map((path) => filesOf(path)));
      return files.flat().map((path) => documentAt(path, limit));
    },
  };
}

/** The path itself unless it is a folder; what is wrong with it shows when it is read. */
async function filesOf(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const files = (await digestNames(path)).map((name) => join(path, name));
  const areFolders = await Promise.all(files.map(isFolder));
  return files.filter((_, index) => !areFolders[index]);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function documentAt(path: string, limit: number): SourceDocument {
  return {
    file: path,
    origin: basename(path),
    read: () => readWhole(path, limit),
    done: async () => null,
    refuse: async () => null,
  };
}
