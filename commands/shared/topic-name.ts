import { UserError } from '../../src/core/errors.ts';
import { parseQuery } from '../../src/search/query/parse.ts';
import { label } from '../../src/discord/text.ts';
import { LONGEST_QUERY } from '../topics/declaration.ts';
import { LONGEST_NAME } from '../../src/topics/transfer-line.ts';

/**
 * A query as it is stored: on one line.
 * @throws UserError when nothing, or too much, is asked.
 */
export function queryIn(text: string): string {
  const query = text.trim().replace(/\s+/g, ' ');
  if (!query || parseQuery(query).node === null) {
    throw new UserError('That asks for nothing. Say what to look for, for example: diffusion "image editing" -video');
  }
  if (query.length <= LONGEST_QUERY) return query;
  throw new UserError(
    `A topic takes at most ${LONGEST_QUERY} characters; this has ${query.length.toLocaleString('en')}.`,
  );
}

/** The name a reader gave, or one made of the query. */
export function nameFor(given: string | undefined, query: string): string {
  return label(given ?? '', LONGEST_NAME) || label(query, LONGEST_NAME) || 'Topic';
}
