import { isDay } from '../core/dates.ts';
import type { Digest } from '../core/paper.ts';
import { decode } from './decode.ts';
import { refuseForeign } from './foreign.ts';
import { isJsonLines, readJsonLines } from './json-lines.ts';
import { readPage } from './page.ts';
import { UnreadableDigestError } from './unreadable.ts';

export { UnreadableDigestError } from './unreadable.ts';

/** Size of the largest document, in bytes: what JSON Lines may have. */
export const MAX_BYTES = 256_000_000;

/** Size of the largest page, in bytes. A page of 92 papers has about 0.15 MB. */
export const MAX_PAGE_BYTES = 20_000_000;

export interface ReadOptions {
  /** The day of reading, `YYYY-MM-DD`. Dates without a year are the latest such day not after it. */
  readOn: string;
  /** The digest's day where the caller knows it, `YYYY-MM-DD`. Takes the place of `readOn`. */
  date?: string | undefined;
}

/**
 * Reads a digest, whose layout is recognised by its content: the Daily Papers page copied as text (spaced, compact, with
 * bylines), or JSON Lines. A damaged document gives the entries that are certain, and reports the rest as rejected.
 *
 * @throws UnreadableDigestError when nothing certain can be read, with the line and what to do.
 * @throws RangeError when a day in `options` is not of the form `YYYY-MM-DD`.
 */
export function readDigest(document: Uint8Array | string, { readOn, date }: ReadOptions): Digest {
  const limit = date ?? readOn;
  if (!isDay(limit)) throw new RangeError(`"${limit}" is not a day of the form YYYY-MM-DD.`);
  const size = typeof document === 'string' ? Buffer.byteLength(document) : document.byteLength;
  refuseAbove(MAX_BYTES, size, 'document');
  const decoded = decode(document);
  if (isJsonLines(decoded.text)) return readJsonLines(decoded.text, date ?? null);
  refuseAbove(MAX_PAGE_BYTES, size, 'page');
  refuseForeign(decoded.text);
  return readPage(decoded, date ?? null, limit);
}

function refuseAbove(limit: number, size: number, what: string): void {
  if (size <= limit) return;
  throw new UnreadableDigestError(
    1,
    `The file has ${megabytes(size)}, and the limit for one ${what} is ${megabytes(limit)}. Split it into smaller files.`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
