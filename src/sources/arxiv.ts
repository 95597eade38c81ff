import { AFTER_ARXIV } from './calendar.ts';
import { feedSource } from './feed.ts';
import { ARXIV } from './http/policy.ts';
import type { Source } from './source.ts';
import type { SourceTools } from './tools.ts';

const MINUTE = 60_000;

export interface ArxivSettings {
  /** The host of the feeds, https://info.arxiv.org/help/rss.html, or a mirror of it. */
  arxivFeedUrl: string;
  /** The host of the query interface, https://info.arxiv.org/help/api/user-manual.html, or a mirror of it. */
  arxivUrl: string;
  /** `cs.CL`, `stat.ML`, … */
  arxivCategories: readonly string[];
  /** In the language of the query interface. */
  arxivQueries: readonly string[];
}

/** Papers per query and day. */
const MOST = 100;

/** The categories in one feed, and each query by itself, at most once a day as arXiv asks for. */
export function arxivSources(tools: SourceTools, settings: ArxivSettings): Source[] {
  const { arxivFeedUrl, arxivUrl, arxivCategories, arxivQueries } = settings;
  const queries = arxivQueries.map((query) => {
    const parameters = new URLSearchParams({
      search_query: query,
      start: '0',
      max_results: String(MOST),
      sortBy: 'submittedDate',
      sortOrder: 'descending',
    });
    return feedSource(tools, {
      name: `arxiv ${query}`,
      address: `${arxivUrl}/api/query?${parameters.toString()}`,
      interval: 24 * 60 * MINUTE,
      calendar: { restDays: [], staleAfterDays: 30 },
      policy: ARXIV,
    });
  });
  if (arxivCategories.length === 0) return queries;
  const categories = feedSource(tools, {
    name: 'arxiv',
    address: `${arxivFeedUrl}/rss/${arxivCategories.join('+')}`,
    interval: 59 * MINUTE,
    calendar: AFTER_ARXIV,
    policy: ARXIV,
  });
  return [categories, ...queries];
}
