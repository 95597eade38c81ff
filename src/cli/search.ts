import type { Hit, Search, SearchOptions, SearchResult, Sort, Span } from '../search/result.ts';
import type { Terminal } from './terminal.ts';

export interface SearchCommandOptions {
  limit: number;
  plain?: boolean;
  json?: boolean;
}

/** Answers each query of `queries`, in their order. */
export async function printSearches(
  search: Search,
  queries: AsyncIterable<string> | Iterable<string>,
  options: SearchCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const searchOptions: SearchOptions = { limit: options.limit, plain: options.plain ?? false, explain: false };
  for await (const query of queries) printResult(await search.search(query, searchOptions), options, terminal);
}

/** What `related --sort` takes. */
export const RELATED_ORDERS = {
  similarity: 'relevance',
  date: 'newest',
  discussion: 'discussed',
} as const satisfies Record<string, Sort>;

/** Prints the papers most like the one with this id. */
export async function printRelated(
  search: Search,
  id: number,
  options: SearchCommandOptions & { sort: keyof typeof RELATED_ORDERS },
  terminal: Terminal,
): Promise<void> {
  const sort = RELATED_ORDERS[options.sort];
  printResult(await search.related(id, { limit: options.limit, sort }), options, terminal);
}

function printResult(result: SearchResult, options: SearchCommandOptions, terminal: Terminal): void {
  if (options.json) return terminal.out(JSON.stringify(resultRecord(result)));
  terminal.note(heading(result));
  for (const fault of result.faults) terminal.note(`  at character ${fault.at + 1}: expected ${fault.expected}`);
  for (const other of result.didYouMean) terminal.note(`  Did you mean: ${other}`);
  for (const hit of result.hits) printHit(hit, terminal);
}

function heading({ query, total, matches }: SearchResult): string {
  if (total === 0) return `Nothing found for: ${query}`;
  return `${matches} ${matches === 1 ? 'match' : 'matches'} and ${total - matches} close for: ${query}`;
}

function printHit(hit: Hit, terminal: Terminal): void {
  const marked = (spans: Span[]) => spans.map(({ text, marked }) => (marked ? terminal.bold(text) : text)).join('');
  terminal.out(`${hit.id}  ${marked(hit.titleSpans)}${hit.close ? '  (close)' : ''}`);
  if (hit.snippet.length > 0) terminal.out(`    ${marked(hit.snippet)}`);
}

/** The shape that `search --json` and `related --json` promise; other programs read it. */
function resultRecord({ query, total, hits }: SearchResult) {
  const plain = (spans: Span[]) => spans.map(({ text }) => text).join('');
  return {
    query,
    total,
    hits: hits.map(({ id, externalId, title, score, close, snippet }) => ({
      id,
      externalId,
      title,
      score,
      close,
      snippet: plain(snippet),
    })),
  };
}
