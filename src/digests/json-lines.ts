import { z } from 'zod';
import { isDay } from '../core/dates.ts';
import { errorText } from '../core/errors.ts';
import { arxivIdIn } from '../core/identity.ts';
import type { Digest, PaperFacts, Rejection } from '../core/paper.ts';
import { doubledKey } from './doubled-key.ts';
import { entryOf } from './entry.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Non-blank lines that decide whether a text is JSON Lines. */
const SAMPLE_LINES = 50;
/** Characters up to which a text is tried as one object over several lines. */
const LONGEST_SPREAD_OBJECT = 1_000_000;

const NOT_A_DAY = 'must be a day such as "2024-05-31"';
const NOT_AN_ADDRESS = 'must be an address that begins with http:// or https://';
const NOT_TEXTS = 'must be a list of texts';

const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') }).trim();
const texts = z.array(z.string(NOT_TEXTS).trim(), NOT_TEXTS);
const blank = z.string().regex(/^\s*$/);
const day = z
  .string()
  .transform((value) => /^(\d{4}-\d{2}-\d{2})(?:[T\s].*)?$/.exec(value.trim())?.[1] ?? '')
  .refine(isDay);

/** One line. Other fields are ignored; `null` and blank texts are unknown. */
const Line = z.object(
  {
    id: z.union([z.string().trim(), z.number()], 'must be text or a number').nullish(),
    title: text.min(1, 'is empty'),
    abstract: text.nullable(),
    date: z.union([blank, day], NOT_A_DAY).nullish(),
    authors: texts.nullish(),
    url: z.union([blank, z.url({ protocol: /^https?$/ })], NOT_AN_ADDRESS).nullish(),
    keywords: texts.nullish(),
  },
  'The line is not a JSON object.',
);
type Line = z.infer<typeof Line>;

/** Whether a text is meant as JSON Lines: half of its first lines begin like an object, or it is one object. */
export function isJsonLines(document: string): boolean {
  let lines = 0;
  let objects = 0;
  for (const { content } of contentLines(document)) {
    if (/^\{\s*["}]/.test(content)) objects += 1;
    lines += 1;
    if (lines === SAMPLE_LINES) break;
  }
  return objects * 2 >= lines || isSpreadObject(document);
}

/**
 * Reads one paper a line. Bad lines are rejected with the field that is wrong; `given` is the digest's day.
 *
 * @throws UnreadableDigestError when no line can be read.
 */
export function readJsonLines(document: string, given: string | null): Digest {
  const digest: Digest = { layout: 'json-lines', date: given, entries: [], rejected: [] };
  for (const { number, content } of isSpreadObject(document) ? [whole(document)] : contentLines(document)) {
    const line = readLine(number, content);
    if ('reason' in line) digest.rejected.push(line);
    else digest.entries.push({ position: digest.entries.length + 1, ...entryOf(number, line) });
  }
  const [fault] = digest.rejected;
  if (digest.entries.length === 0 && fault) {
    throw new UnreadableDigestError(fault.line, `No line can be read. ${fault.reason} Write one JSON object a line.`);
  }
  return digest;
}

function readLine(number: number, content: string): (Partial<PaperFacts> & { title: string }) | Rejection {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { line: number, reason: `The line is not valid JSON: ${errorText(error)}.` };
  }
  const doubled = doubledKey(content, ['title', 'abstract']);
  if (doubled) return { line: number, reason: `The field "${doubled}" is there twice.` };
  const line = Line.safeParse(value);
  if (line.success) return factsOf(line.data);
  const reasons = line.error.issues.map(({ path: [field], message }) =>
    field === undefined ? message : `The field "${String(field)}" ${message}.`,
  );
  return { line: number, reason: [...new Set(reasons)].join(' ') };
}

function factsOf({ id, title, abstract, date, authors, url, keywords }: Line): Partial<PaperFacts> & { title: string } {
  const names = listOrNull(authors);
  return {
    title,
    abstract: abstract || null,
    publishedOn: date?.trim() || null,
    authors: names,
    authorCount: names && names.length,
    url: url?.trim() || null,
    keywords: listOrNull(keywords),
    externalId: id === null || id === undefined ? null : String(id) || null,
    // A number has lost the zeros that an arXiv id ends with.
    arxivId: (typeof id === 'string' ? arxivIdIn(id) : null) ?? arxivIdIn(url ?? ''),
  };
}

function listOrNull(values: readonly string[] | null | undefined): string[] | null {
  const filled = values?.filter((value) => value !== '') ?? [];
  return filled.length > 0 ? filled : null;
}

interface ContentLine {
  number: number;
  content: string;
}

/** The lines that are not blank, one at a time, so that a large document is not held twice. */
function* contentLines(document: string): Generator<ContentLine> {
  let start = 0;
  for (let number = 1; start <= document.length; number += 1) {
    const feed = document.indexOf('\n', start);
    const end = feed === -1 ? document.length : feed;
    const content = document.slice(start, end).trim();
    if (content !== '') yield { number, content };
    start = end + 1;
  }
}

function isSpreadObject(document: string): boolean {
  if (document.length > LONGEST_SPREAD_OBJECT || !/^\s*\{\s*[\r\n]/.test(document)) return false;
  try {
    return typeof JSON.parse(document) === 'object';
  } catch {
    return false;
  }
}

function whole(document: string): ContentLine {
  return { number: document.slice(0, document.indexOf('{')).split('\n').length, content: document };
}
