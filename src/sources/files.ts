import { readdir, readFile, stat } from 'node:fs/promises';
import { errorText, UserError } from '../core/errors.ts';
import { UnreadableDigestError } from '../digests/unreadable.ts';

/** Names that programs give to files that are hidden or not finished, or that Paperboy gives to its own. */
const NOT_A_DIGEST = /^\.|~$|\.(?:part|partial|tmp|temp|crdownload|download|swp)$|\.reason\.txt$/i;

/** The names in a folder that may be digests, sorted. Folders in it are among them. */
export async function digestNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !NOT_A_DIGEST.test(name)).sort();
}

/**
 * The whole content of a file of at most `limit` bytes.
 * @throws UserError when it is no regular file, larger, not there or not readable.
 */
export async function readWhole(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new UserError('This is not a file. Expected a text file that lists papers.');
    if (stats.size > limit) {
      throw new UnreadableDigestError(
        1,
        `The file has ${megabytes(stats.size)}, and the limit is ${megabytes(limit)}. Split it into smaller files.`,
      );
    }
    return await readFile(path);
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(fileProblem(error));
  }
}

/** What a failed file operation means, in words. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'There is no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'Permission denied. Let the account that runs Paperboy read and move it.';
  return `${errorText(error)}.`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
