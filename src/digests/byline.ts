import type { Organization } from '../core/paper.ts';
import { COUNT, parseCount } from './count.ts';
import { type PageDate, parsePageDate } from './page-date.ts';
import { isSentenceLike } from './plausibility.ts';

const DOT = '·';
const LONGEST_PART = 160;
const LONGEST_ORGANIZATION = 100;
const MOST_WORDS_WITH_STOP = 5;
const BULLET = /^[•◦‣▪*–-]\s*/;
const AUTHORS = new RegExp(String.raw`^(${COUNT})\s*authors?$`, 'i');
// https://huggingface.co/docs/hub/api: names of users and organisations
const HANDLE = /^[A-Za-z0-9][\w.-]*$/;

/** What one line shows of a byline, in the order of the page: who, a dot, when. */
export interface BylinePart {
  /** The text left of the dot, or the number of authors. */
  who: string | number | null;
  dot: boolean;
  date: PageDate | 'no such day' | null;
}

/** The part of a byline that a line shows, or `null`. An organisation is one only in front of a dot. */
export function parseBylinePart(text: string): BylinePart | null {
  if (text.length > LONGEST_PART) return null;
  const dot = text.lastIndexOf(DOT);
  if (dot === -1) {
    const authors = parseAuthorCount(text);
    const date = authors === null ? parsePageDate(text) : null;
    return authors === null && date === null ? null : { who: authors, dot: false, date };
  }
  const left = text.slice(0, dot).trim();
  const right = text.slice(dot + 1).trim();
  const date = parsePageDate(right);
  if (right !== '' && date === null) return null;
  return { who: left === '' ? null : (parseAuthorCount(left) ?? left), dot: true, date };
}

/** Whether a line can name an organisation, which may end with a full stop (`Inc.`). */
export function isOrganizationLike(text: string): boolean {
  if (text.length > LONGEST_ORGANIZATION) return false;
  return !isSentenceLike(text) || text.split(/\s+/).length <= MOST_WORDS_WITH_STOP;
}

/** An organisation as the page names it: its handle, then its display name, which may be the same; or its name alone. */
export function parseOrganization(text: string): Organization {
  const plain = text.replace(BULLET, '');
  const [handle = '', ...rest] = plain.split(/\s+/, 2);
  const name = plain.slice(handle.length).trim();
  return rest.length > 0 && HANDLE.test(handle) ? { handle, name } : { handle: null, name: plain };
}

function parseAuthorCount(text: string): number | null {
  const count = AUTHORS.exec(text.replace(BULLET, ''))?.[1];
  return count === undefined ? null : parseCount(count);
}
