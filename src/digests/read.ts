import { isDay } from '../core/dates.ts';
import type { Digest } from '../core/paper.ts';
import { isArxivMail, readArxivMail } from './arxiv-mail.ts';
import { inDeclaredEncoding } from './declared-encoding.ts';
import { decode } from './decode.ts';
import { isFeed, readFeed } from './feed.ts';
import { refuseForeign } from './foreign.ts';
import { isHuggingFaceApi, readHuggingFaceApi } from './hugging-face-api.ts';
import { isHuggingFaceHtml, readHuggingFaceHtml } from './hugging-face-html.ts';
import { isJsonLines, readJsonLines } from './json-lines.ts';
import { isMarkdown, readMarkdown } from './markdown.ts';
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

/** Layouts that something certain tells, and how each is read. `limit`: the day that no date without a year is after. */
const LAYOUTS: readonly {
  recognise: (text: string) => boolean;
  read: (text: string, given: string | null, limit: string) => Digest;
}[] = [
  { recognise: isHuggingFaceApi, read: readHuggingFaceApi },
  { recognise: isHuggingFaceHtml, read: readHuggingFaceHtml },
  { recognise: isFeed, read: readFeed },
  { recognise: isArxivMail, read: readArxivMail },
  { recognise: isMarkdown, read: readMarkdown },
];

/**
 * Reads a digest, whose layout is recognised by its content: the Daily Papers page copied as text (spaced, compact, with
 * bylines) or as Markdown, saved as HTML or in the JSON of its API; a feed; arXiv's e-mail; JSON Lines. A damaged document
 * gives the entries that are certain, and reports the rest as rejected.
 *
 * @throws UnreadableDigestError when nothing certain can be read, with the line and what to do.
 * @throws RangeError when a day in `options` is not of the form `YYYY-MM-DD`.
 */
export function readDigest(document: Uint8Array | string, { readOn, date }: ReadOptions): Digest {
  const limit = date ?? readOn;
  if (!isDay(limit)) throw new RangeError(`"${limit}" is not a day of the form YYYY-MM-DD.`);
  refuseAbove(MAX_BYTES, document, 'document');
  const decoded = decode(inDeclaredEncoding(document));
  const { text } = decoded;
  const layout = LAYOUTS.find(({ recognise }) => recognise(text));
  if (!layout && isJsonLines(text)) return readJsonLines(text, date ?? null);
  refuseAbove(MAX_PAGE_BYTES, document, 'page');
  if (layout) return layout.read(text, date ?? null, limit);
  refuseForeign(text);
  return readPage(decoded, date ?? null, limit);
}

/** Whether a text is of a layout that something certain tells, and no page copied as plain text. */
export function hasCertainLayout(text: string): boolean {
  return LAYOUTS.some(({ recognise }) => recognise(text)) || isJsonLines(text);
}

/** @throws UnreadableDigestError when a document is larger than `limit` bytes. */
export function refuseAbove(limit: number, document: Uint8Array | string, what: string): void {
  const size = typeof document === 'string' ? Buffer.byteLength(document) : document.byteLength;
  if (size <= limit) return;
  throw new UnreadableDigestError(
    1,
    `The file has ${megabytes(size)}, and the limit for one ${what} is ${megabytes(limit)}. Split it into smaller files.`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
