import { tokens } from '../text/tokens.ts';
import { isStopword } from '../text/stopwords.ts';

/** A piece of a query that means something to the grammar. `at` is its offset in the query. */
export type Lexeme = { at: number } & (
  | { kind: 'open' | 'close' | 'or' | 'not' }
  | { kind: 'text'; text: string }
  | { kind: 'phrase'; text: string; field: string | null }
  | { kind: 'field'; field: string; value: string; valueAt: number }
);

export interface Fault {
  at: number;
  expected: string;
}

const FIELDS = ['title', 'abstract', 'author', 'org', 'keyword', 'since', 'until', 'comments', 'votes', 'has'] as const;

const FIELD = new RegExp(`(${FIELDS.join('|')}):(?=\\S)`, 'iy');
const QUOTES = /["“”„]/;
const SPACE = /\s/;

/**
 * Splits a query at spaces and at operators. An operator counts only where it cannot be part of ordinary text: a minus, a
 * quote or a bracket where a word begins, a field's name directly followed by its value.
 */
export function lexemes(query: string, faults: Fault[]): Lexeme[] {
  const result: Lexeme[] = [];
  const shouted = isShouted(query);
  let at = 0;
  while (at < query.length) {
    if (SPACE.test(query[at] ?? '')) at += 1;
    else at = readLexeme(query, at, result, faults, shouted);
  }
  return result;
}

/** Text all in capitals with ordinary words in it: its OR is a word like the others. */
function isShouted(query: string): boolean {
  if (/\p{Ll}/u.test(query)) return false;
  return tokens(query).some(({ word }) => word !== 'or' && isStopword(word));
}

function readLexeme(query: string, at: number, result: Lexeme[], faults: Fault[], shouted: boolean): number {
  const character = query[at] ?? '';
  const fresh = at === 0 || /[\s(]/.test(query[at - 1] ?? '') || result.at(-1)?.kind === 'not';
  if (character === ')') {
    result.push({ kind: 'close', at });
    return at + 1;
  }
  if (!fresh) return readText(query, at, result, shouted);
  if (character === '(') {
    result.push({ kind: 'open', at });
    return at + 1;
  }
  if (isMinus(query, at)) {
    result.push({ kind: 'not', at });
    return at + 1;
  }
  if (QUOTES.test(character)) {
    const end = readPhrase(query, at, null, at, result);
    if (end) return end;
    faults.push({ at, expected: 'a closing quote after the words' });
    return at + 1;
  }
  return readField(query, at, result, faults) ?? readText(query, at, result, shouted);
}

/** `-5` and `--` are text. */
function isMinus(query: string, at: number): boolean {
  return query[at] === '-' && /[\p{L}("“]|\d+[\p{L}-]/uy.test(query.slice(at + 1, at + 12));
}

/** Reads a phrase whose quote opens at `open`; returns where it ends, or `null` when no quote closes it. */
function readPhrase(query: string, open: number, field: string | null, at: number, result: Lexeme[]): number | null {
  for (let close = open + 1; close < query.length; close++) {
    if (!QUOTES.test(query[close] ?? '')) continue;
    result.push({ kind: 'phrase', text: query.slice(open + 1, close), field, at });
    return close + 1;
  }
  return null;
}

function readField(query: string, at: number, result: Lexeme[], faults: Fault[]): number | null {
  FIELD.lastIndex = at;
  const name = FIELD.exec(query)?.[1];
  if (!name) return null;
  const field = name.toLowerCase();
  const valueAt = at + name.length + 1;
  if (QUOTES.test(query[valueAt] ?? '')) {
    const end = readPhrase(query, valueAt, field, at, result);
    if (end) return end;
    faults.push({ at: valueAt, expected: 'a closing quote after the words' });
  }
  const end = endOfText(query, valueAt);
  result.push({ kind: 'field', field, value: query.slice(valueAt, end), valueAt, at });
  return end;
}

function readText(query: string, at: number, result: Lexeme[], shouted: boolean): number {
  const end = Math.max(at + 1, endOfText(query, at));
  const text = query.slice(at, end);
  result.push(text === 'OR' && !shouted ? { kind: 'or', at } : { kind: 'text', text, at });
  return end;
}

/** Text ends at a space, or at a bracket that closes one outside it. */
function endOfText(query: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < query.length && !SPACE.test(query[at] ?? ''); at++) {
    if (query[at] === '(') depth += 1;
    else if (query[at] === ')' && depth-- === 0) break;
  }
  return at;
}
