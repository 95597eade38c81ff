import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import { type Archive, type ArchiveSetting, openArchive } from './archive.ts';
import { hitsOf } from './hits.ts';
import type { RankedPaper, Ranking } from './index/ranking.ts';
import { inTurns } from './index/steps.ts';
import type { Node } from './query/node.ts';
import { parseQuery, plainQuery } from './query/parse.ts';
import type { Hit, IndexState, Search, SearchOptions, SearchResult, Sort, Suggestion } from './result.ts';
import { stemOf } from './text/stem.ts';
import { labelOf } from './why.ts';

const DEFAULT_LIMIT = 10;
const MOST_SPELLINGS = 3;
/** Longer queries are not tried again without each word. */
const MOST_TRIED_WORDS = 8;
/** So much of a query is logged, in characters. */
const LOGGED = 200;

/** Opens the search over everything the store holds. */
export async function createSearch(setting: ArchiveSetting): Promise<Search> {
  return new PaperSearch(setting, await openArchive(setting));
}

class PaperSearch implements Search {
  private readonly db: Db;
  private readonly archive: Archive;
  private readonly log: Log;

  constructor({ db, log }: ArchiveSetting, archive: Archive) {
    this.db = db;
    this.log = log;
    this.archive = archive;
  }

  get size(): number {
    return this.archive.index.size;
  }

  state(): IndexState {
    return { papers: this.size, ...this.archive.state() };
  }

  catchUp(): Promise<number> {
    return this.archive.catchUp();
  }

  frequency(words: readonly string[]): number {
    const ranker = this.archive.index.ranker();
    const [word = ''] = words;
    if (words.length < 2) return ranker.statistics.frequency(stemOf(word));
    return ranker.count({ kind: 'phrase', field: null, words: [...words], inflected: true, follows: false });
  }

  async matching(query: string, { since }: Pick<SearchOptions, 'since'> = {}): Promise<Int32Array> {
    const node = withSince(parseQuery(query).node, since);
    return node ? inTurns(this.archive.index.ranker().matching(node)) : new Int32Array();
  }

  async search(query: string, options: SearchOptions = {}): Promise<SearchResult> {
    const begun = performance.now();
    const result = await this.find(query, options);
    this.tell('searched', begun, result);
    return result;
  }

  private async find(query: string, options: SearchOptions): Promise<SearchResult> {
    const { limit = DEFAULT_LIMIT, offset = 0, sort = 'relevance', gentle = false, matchesOnly = false } = options;
    const { node: asked, faults } = options.plain ? plainQuery(query) : parseQuery(query);
    const node = withSince(asked, options.since);
    if (!node) return { ...NOTHING, query, faults };
    const rankingOptions = { count: offset + limit, sort, gentle, matchesOnly };
    const ranking = await inTurns(this.archive.index.ranker().rank(node, query, rankingOptions));
    return {
      query,
      ...(await this.page(ranking, offset, limit, node, options.explain ?? true)),
      faults,
      ...(ranking.matches === 0 && !matchesOnly
        ? await this.waysOut(node, query, options)
        : { didYouMean: [], withoutWord: [] }),
    };
  }

  suggest(typed: string, limit: number): Suggestion[] {
    return this.archive.suggestions.suggest(typed, limit);
  }

  async related(
    paperId: number,
    options: { limit?: number; offset?: number; sort?: Sort } = {},
  ): Promise<SearchResult> {
    const begun = performance.now();
    const { limit = DEFAULT_LIMIT, offset = 0, sort = 'relevance' } = options;
    const { index } = this.archive;
    const place = index.placeOf(paperId);
    if (!place) return { ...NOTHING, query: '' };
    const ranking = await inTurns(index.ranker().related(place, { count: offset + limit, sort }));
    const found = await this.page(ranking, offset, limit, null, false);
    const result = { ...NOTHING, query: index.titleAt(place), ...found };
    this.tell('looked for related papers', begun, result);
    return result;
  }

  /** What a reader asks is nobody's business but where whoever runs the bot looks for a fault. */
  private tell(what: string, begun: number, { query, matches, total }: SearchResult): void {
    this.log.debug({ matches, total, milliseconds: Math.round(performance.now() - begun) }, what);
    this.log.trace({ query: query.slice(0, LOGGED) }, 'the query');
  }

  private async page(
    { matches, total, papers }: Ranking,
    offset: number,
    limit: number,
    node: Node | null,
    explain: boolean,
  ) {
    return { matches, total, hits: await this.hits(papers.slice(offset, offset + limit), node, explain) };
  }

  private hits(ranked: RankedPaper[], node: Node | null, explain: boolean): Promise<Hit[]> {
    const { statistics } = this.archive.index.ranker();
    const weight = (stem: string) => statistics.weight(statistics.frequency(stem));
    return hitsOf(this.db, ranked, { node, explain, weight });
  }

  /** What a reader may do when nothing matches. */
  private async waysOut(node: Node, query: string, { plain = false, since }: SearchOptions) {
    const ranker = this.archive.index.ranker();
    const didYouMean: string[] = [];
    for (const text of this.archive.spelling.ofQuery(query, MOST_SPELLINGS)) {
      const other = withSince((plain ? plainQuery(text) : parseQuery(text)).node, since);
      if (other && (await inTurns(ranker.countInSteps(other))) > 0) didYouMean.push(text);
    }
    const parts = node.kind === 'and' ? node.nodes : [];
    const words = parts.filter(
      ({ kind }) => kind === 'word' || kind === 'phrase' || kind === 'or' || kind === 'prefix',
    );
    if (words.length < 2 || words.length > MOST_TRIED_WORDS) return { didYouMean, withoutWord: [] };
    const withoutWord: { word: string; total: number }[] = [];
    for (const word of words) {
      const left: Node = { kind: 'and', nodes: parts.filter((part) => part !== word) };
      const total = await inTurns(ranker.countInSteps(left));
      if (total > 0) withoutWord.push({ word: labelOf(word), total });
    }
    return { didYouMean, withoutWord };
  }
}

const NOTHING = { total: 0, matches: 0, hits: [], faults: [], didYouMean: [], withoutWord: [] };

function withSince(node: Node | null, since: string | undefined): Node | null {
  if (!since) return node;
  const filter: Node = { kind: 'date', from: since, to: null };
  return node ? { kind: 'and', nodes: [node, filter] } : filter;
}
