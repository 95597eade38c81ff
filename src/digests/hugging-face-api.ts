import { errorText } from '../core/errors.ts';
import type { Digest, Layout, Rejection } from '../core/paper.ts';
import { type Item, readItems } from './hugging-face.ts';
import { lineCounter } from './line-counter.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** How an element of a list begins. */
const ITEM_START = /\{\s*"paper"\s*:\s*\{/g;
const EMPTY_LIST = /^\s*\[\s*\]\s*$/;
const LIST_OF_OBJECTS = /^\s*\[\s*\{/;
const WRAPPED_LIST = /^\s*\{\s*"dailyPapers"\s*:\s*\[/;
const ONE_PAPER = /^\s*\{\s*"(?:_?id|paper)"\s*:/;
const HEAD_LENGTH = 2_000_000;

/** Whether a text is a Daily Papers list, or one paper of it, in the JSON of the site's API. */
export function isHuggingFaceApi(document: string): boolean {
  const head = document.slice(0, HEAD_LENGTH);
  if (EMPTY_LIST.test(head) || WRAPPED_LIST.test(head)) return true;
  if (LIST_OF_OBJECTS.test(head)) return /"paper"\s*:\s*\{/.test(head);
  return ONE_PAPER.test(head) && /^\s*\{\s*"paper"\s*:\s*\{|"discussionId"\s*:/.test(head);
}

/**
 * Reads the JSON that `GET https://huggingface.co/api/daily_papers` answers. Of a list that is cut or damaged, the elements
 * that are whole. The digest's day is the day that most of the papers joined the list, else `given`.
 *
 * @throws UnreadableDigestError when no paper can be read.
 */
export function readHuggingFaceApi(document: string, given: string | null): Digest {
  const { items, rejected } = parseItems(document);
  return listDigest('hugging-face-api', items, rejected, given);
}

/**
 * The digest of a list's elements.
 *
 * @throws UnreadableDigestError when there are any, and none can be read.
 */
export function listDigest(layout: Layout, items: readonly Item[], damaged: Rejection[], given: string | null): Digest {
  const { entries, rejected, date } = readItems(items);
  const all = [...damaged, ...rejected].sort((a, b) => a.line - b.line);
  const [fault] = all;
  if (entries.length === 0 && fault) {
    throw new UnreadableDigestError(fault.line, `No paper of this list can be read. ${fault.reason}`);
  }
  return {
    layout,
    date: date ?? given,
    entries: entries.map((entry, index) => ({ position: index + 1, ...entry })),
    rejected: all,
  };
}

/** The elements of `value`, which is a list, has one in `dailyPapers`, or is an element itself. */
export function elementsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const list = typeof value === 'object' && value !== null && 'dailyPapers' in value ? value.dailyPapers : null;
  return Array.isArray(list) ? list : [value];
}

interface Parsed {
  items: Item[];
  rejected: Rejection[];
}

function parseItems(document: string): Parsed {
  const lineAt = lineCounter(document);
  const starts = Array.from(document.matchAll(ITEM_START), ({ index }) => index);
  let values: unknown[];
  try {
    values = elementsOf(JSON.parse(document));
  } catch (error) {
    if (starts.length > 0) return parsePieces(document, starts);
    throw new UnreadableDigestError(1, `This is not valid JSON: ${errorText(error)}. Fetch the list again.`);
  }
  const haveLines = starts.length === values.length;
  return {
    items: values.map((value, index) => ({ value, line: haveLines ? lineAt(starts[index] ?? 0) : 1 })),
    rejected: [],
  };
}

/** Each element on its own, from its start to the next element's. */
function parsePieces(document: string, starts: readonly number[]): Parsed {
  const lineAt = lineCounter(document);
  const parsed: Parsed = { items: [], rejected: [] };
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? document.length;
    const line = lineAt(start);
    try {
      parsed.items.push({ value: JSON.parse(withoutListEnd(document.slice(start, end))), line });
    } catch (error) {
      const what = index + 1 === starts.length ? 'is cut or damaged' : 'is damaged';
      parsed.rejected.push({ line, reason: `Paper ${index + 1} of the list ${what}: ${errorText(error)}.` });
    }
  }
  return parsed;
}

/** An element without the comma or the bracket after it. */
function withoutListEnd(piece: string): string {
  return piece.slice(0, piece.lastIndexOf('}') + 1);
}
