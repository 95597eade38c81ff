import type { QueryFault } from '../../search/result.ts';
import { plain } from '../markdown.ts';

const SHOWN = 3;

/** What of a query could not be understood as written, kindly, a line each in Markdown. */
export function faultLines(query: string, faults: readonly QueryFault[]): string[] {
  return faults.slice(0, SHOWN).map(({ at, expected }) => {
    const rest = plain(query.slice(at), 30);
    const place = rest ? `at “${rest}”` : 'at the end';
    return `-# Taken as plain words: ${place} I expected ${plain(expected, 150)}.`;
  });
}
