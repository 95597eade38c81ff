/** A run of text; `marked` runs are words that match the query. */
export interface Span {
  text: string;
  marked: boolean;
}

/** One paper found. */
export interface Hit {
  /** Paper id. */
  id: number;
  externalId: string | null;
  title: string;
  /** Higher is better; comparable within one answer only. */
  score: number;
  /** True when the paper does not hold everything the query requires, but is near it. */
  close: boolean;
  /** The best sentence of the abstract (shortened around the matches where long). */
  snippet: Span[];
  /** The title with the matching words marked. */
  titleSpans: Span[];
  /** Which parts of the query the paper holds and which it lacks, as a reader would type them. */
  why?: { found: string[]; missing: string[] };
}

export type Sort = 'relevance' | 'newest' | 'discussed';

export interface SearchOptions {
  /** Most hits to return. Default 10. */
  limit?: number;
  /** Hits to pass over. Default 0. */
  offset?: number;
  /** Default `relevance`. */
  sort?: Sort;
  /** Takes the text as words only, no operators. Default false. */
  plain?: boolean;
  /** Only papers published on or after this day, `YYYY-MM-DD`. */
  since?: string;
  /** Prefers recent and discussed papers among equals. Default false. */
  gentle?: boolean;
  /** No close papers, and no ways out where nothing matches: `total` is `matches`. Default false. */
  matchesOnly?: boolean;
  /** Whether hits carry `why`. Default true. */
  explain?: boolean;
}

/** Where a query could not be understood as written; the text is then searched as words. */
export interface QueryFault {
  /** Index of the offending character in the query, from 0. */
  at: number;
  /** What was expected there, in plain words. */
  expected: string;
}

export interface SearchResult {
  query: string;
  /** Matches and close papers together; where a thousand match, no close ones are looked for. */
  total: number;
  /** Papers that hold everything the query requires; they come first. */
  matches: number;
  hits: Hit[];
  faults: QueryFault[];
  /** Other spellings or wordings that would match, best first; given when nothing matches. */
  didYouMean: string[];
  /** How many papers would match with one word left out; given when nothing matches, only words that help. */
  withoutWord?: { word: string; total: number }[];
}

export interface Suggestion {
  kind: 'title' | 'organization' | 'phrase';
  text: string;
  /** Set for titles. */
  paperId: number | null;
}

/** How far an index has come, and what it takes. */
export interface IndexState {
  papers: number;
  /** The memory of its frozen part. */
  bytes: number;
  /** The sequence number of the latest change that it has read. */
  sequence: number;
}

/** The shared search module, as everything to its right sees it. */
export interface Search {
  /** Reads what the store holds beyond the last sequence number seen. Returns how many papers were read. */
  catchUp(): Promise<number>;
  /** Never throws on any text of any length. */
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** The ids of all papers that match, in no particular order. Never throws. */
  matching(query: string, options?: Pick<SearchOptions, 'since'>): Promise<Int32Array>;
  /** What a reader may be about to type, best first. Synchronous: it must answer while typing. */
  suggest(typed: string, limit: number): Suggestion[];
  /** Papers like this one, most similar first; empty for an unknown id. */
  related(paperId: number, options?: { limit?: number; offset?: number; sort?: Sort }): Promise<SearchResult>;
  /** How many papers have these words (as `tokens` gives them) next to each other, in any inflection. */
  frequency(words: readonly string[]): number;
  /** How many papers are in the index. */
  readonly size: number;
  state(): IndexState;
}
