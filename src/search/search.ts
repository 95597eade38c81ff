import MiniSearch from 'minisearch';
import type { Log } from '../core/log.ts';
import type { Paper } from '../core/paper.ts';
import type { Db } from '../store/database.ts';
import { findPapers, papersChangedAfter, removedAfter } from '../store/papers.ts';
import { type AnalysedPaper, analysePaper, textsOf } from './analysed-paper.ts';
import { matches } from './matches.ts';
import type { Node } from './query/node.ts';
import { parseQuery, plainQuery } from './query/parse.ts';
import { termsOf } from './query/terms.ts';
import type { Hit, Search, SearchOptions, SearchResult, Sort, Suggestion } from './result.ts';
import { markedText, snippetOf } from './snippet.ts';
import { stemOf } from './text/stem.ts';
import { isStopword } from './text/stopwords.ts';
import { tokens } from './text/tokens.ts';

const BATCH = 100;
const MOST_CLOSE = 1000;

interface Indexed {
  id: number;
  title: string;
  text: string;
}

interface Ranked {
  id: number;
  score: number;
  close: boolean;
}

/** Builds the search over everything the store holds. */
export async function createSearch({ db, log }: { db: Db; log: Log }): Promise<Search> {
  const search = new PaperSearch(db);
  const count = await search.catchUp();
  log.debug({ papers: count }, 'search is ready');
  return search;
}

class PaperSearch implements Search {
  private readonly db: Db;
  private sequence = 0;
  private readonly papers = new Map<number, AnalysedPaper & { title: string }>();
  private readonly engine = new MiniSearch<Indexed>({
    fields: ['title', 'text'],
    tokenize: (text) => tokens(text).flatMap(({ word }) => (isStopword(word) ? [] : [stemOf(word)])),
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2 }, tokenize: (terms) => terms.split(' ') },
  });
  private readonly titles = new MiniSearch<{ id: number; title: string }>({
    fields: ['title'],
    storeFields: ['title'],
    tokenize: (text) => tokens(text).map(({ word }) => word),
    processTerm: (term) => term,
  });

  constructor(db: Db) {
    this.db = db;
  }

  get size(): number {
    return this.papers.size;
  }

  async catchUp(): Promise<number> {
    let read = 0;
    const from = this.sequence;
    for (;;) {
      const batch = await papersChangedAfter(this.db, this.sequence, BATCH);
      if (batch.length === 0) break;
      for (const { paper, sequence } of batch) {
        this.put(paper);
        this.sequence = Math.max(this.sequence, sequence);
      }
      read += batch.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const { paperId, sequence } of await removedAfter(this.db, from)) {
      this.drop(paperId);
      this.sequence = Math.max(this.sequence, sequence);
    }
    return read;
  }

  async search(query: string, options: SearchOptions = {}): Promise<SearchResult> {
    const { node: asked, faults } = options.plain ? plainQuery(query) : parseQuery(query);
    const node = withSince(asked, options.since);
    const ranked = node ? this.rank(node, query) : [];
    const matching = ranked.filter(({ close }) => !close).length;
    const ordered = this.sorted(ranked, options.sort ?? 'relevance');
    const page = ordered.slice(options.offset ?? 0, (options.offset ?? 0) + (options.limit ?? 10));
    return {
      query,
      total: ranked.length,
      matches: matching,
      hits: await this.hits(page, node),
      faults,
      didYouMean: matching === 0 ? this.spellings(query) : [],
    };
  }

  suggest(typed: string, limit: number): Suggestion[] {
    const options = {
      prefix: (_: string, i: number, all: string[]) => i === all.length - 1,
      combineWith: 'AND' as const,
    };
    let found = this.titles.search(typed, options);
    if (found.length === 0) found = this.titles.search(typed, { ...options, fuzzy: 0.2 });
    return found.slice(0, limit).map(({ id, title }) => ({ kind: 'title', text: String(title), paperId: Number(id) }));
  }

  async related(
    paperId: number,
    options: { limit?: number; offset?: number; sort?: Sort } = {},
  ): Promise<SearchResult> {
    const [paper] = await findPapers(this.db, [paperId]);
    const { node } = plainQuery(paper ? `${paper.title} ${paper.title} ${paper.abstract ?? ''}` : '');
    const found = node ? this.rank(node, '').filter(({ id }) => id !== paperId) : [];
    const ranked = found.slice(0, 50).map((hit) => ({ ...hit, close: false }));
    const ordered = this.sorted(ranked, options.sort ?? 'relevance');
    const page = ordered.slice(options.offset ?? 0, (options.offset ?? 0) + (options.limit ?? 10));
    const hits = await this.hits(page, null);
    return {
      query: paper?.title ?? '',
      total: ranked.length,
      matches: ranked.length,
      hits,
      faults: [],
      didYouMean: [],
    };
  }

  private put(paper: Paper): void {
    this.drop(paper.id);
    this.papers.set(paper.id, { ...analysePaper(paper), title: paper.title });
    const { title, ...others } = textsOf(paper);
    this.engine.add({ id: paper.id, title: title.join(' '), text: Object.values(others).flat().join(' ') });
    this.titles.add({ id: paper.id, title: paper.title });
  }

  private drop(id: number): void {
    if (!this.papers.delete(id)) return;
    this.engine.discard(id);
    this.titles.discard(id);
  }

  private rank(node: Node, query: string): Ranked[] {
    const scores = new Map<number, number>();
    const terms = [...termsOf(node).stems, ...termsOf(node).prefixes];
    for (const { id, score } of this.engine.search(terms.join(' '))) scores.set(Number(id), score);
    const exact = tokens(query)
      .map(({ word }) => word)
      .join(' ');
    const ranked: Ranked[] = [];
    for (const [id, paper] of this.papers) {
      const score = scores.get(id) ?? 0;
      const match = matches(node, paper);
      const same = paper.texts.title[0]?.words.join(' ') === exact;
      if (match) ranked.push({ id, score: score + (same ? 1000 : 0), close: false });
      else if (score > 0 && !isRefused(node, paper)) ranked.push({ id, score, close: true });
    }
    ranked.sort((a, b) => Number(a.close) - Number(b.close) || b.score - a.score || a.id - b.id);
    const matching = ranked.filter(({ close }) => !close).length;
    return ranked.slice(0, matching + MOST_CLOSE);
  }

  private sorted(ranked: Ranked[], sort: Sort): Ranked[] {
    if (sort === 'relevance') return ranked;
    const key = (id: number) => {
      const paper = this.papers.get(id);
      return sort === 'newest'
        ? (paper?.publishedOn ?? '')
        : String(1e9 + (paper?.comments ?? 0) * 1e3 + (paper?.upvotes ?? 0));
    };
    return [...ranked].sort((a, b) => Number(a.close) - Number(b.close) || key(b.id).localeCompare(key(a.id)));
  }

  private async hits(ranked: Ranked[], node: Node | null): Promise<Hit[]> {
    const papers = await findPapers(
      this.db,
      ranked.map(({ id }) => id),
    );
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    return ranked.flatMap(({ id, score, close }) => {
      const paper = byId.get(id);
      if (!paper) return [];
      const { externalId, title, abstract } = paper;
      const snippet = snippetOf(abstract ?? '', node, () => 1);
      return { id, externalId, title, score, close, snippet, titleSpans: markedText(title, node, 'title') };
    });
  }

  private spellings(query: string): string[] {
    return this.titles
      .autoSuggest(query, { fuzzy: 0.3, combineWith: 'AND' })
      .slice(0, 3)
      .map(({ suggestion }) => suggestion);
  }
}

/** Close papers lack words; what a query leaves out, and what it asks of facts and names, they respect. */
function isRefused(node: Node, paper: AnalysedPaper): boolean {
  if (node.kind === 'and') return node.nodes.some((child) => isRefused(child, paper));
  if (node.kind === 'or') return node.nodes.every((child) => isRefused(child, paper));
  const isSoft = 'field' in node && node.field === null;
  return !isSoft && !matches(node, paper);
}

function withSince(node: Node | null, since: string | undefined): Node | null {
  if (!since) return node;
  const filter: Node = { kind: 'date', from: since, to: null };
  return node ? { kind: 'and', nodes: [node, filter] } : filter;
}
