import { readFileSync, statSync, writeFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import MiniSearch, { type Options } from 'minisearch';
import { facts } from '../test/search/archive.ts';
import { FrozenSegment, freeze } from '../src/search/index/frozen-segment.ts';
import { GrowingSegment } from '../src/search/index/growing-segment.ts';
import { Ranker } from '../src/search/index/ranking.ts';
import { atOnce } from '../src/search/index/steps.ts';
import { readSnapshot, writeSnapshot } from '../src/search/index/snapshot.ts';
import { parseQuery } from '../src/search/query/parse.ts';
import { phraseWords } from '../src/search/query/words.ts';
import { stemOf } from '../src/search/text/stem.ts';
import { isStopword } from '../src/search/text/stopwords.ts';
import type { Document } from './sets.ts';

/** A search engine over documents: ids, best first. */
export interface Engine {
  search(text: string, limit: number): string[];
  /** Searches for ten, and stops wherever others get their turn. */
  steps(text: string): Iterable<unknown>;
}

/** How to make an engine, and how to have it again after a restart from what it left in `file`. */
export interface Maker {
  name: string;
  build(documents: Iterable<Document>, file: string): Promise<Engine>;
  restart(file: string): Promise<Engine>;
}

const paperboy: Maker = {
  name: 'Paperboy',
  async build(documents, file) {
    const segment = new GrowingSegment();
    const ids: string[] = [];
    for (const { id, title, abstract } of documents) {
      ids.push(id);
      segment.add({ ...facts({ title, abstract: abstract || null }), id: ids.length, appearances: [] });
    }
    const arrays = freeze(segment);
    if (file) await writeSnapshot(file, { arrays, cursor: { papers: 0, removals: 0 } });
    return ranked(new FrozenSegment(arrays), (id) => ids[id - 1] ?? '');
  },
  async restart(file) {
    const snapshot = await readSnapshot(file);
    if (typeof snapshot === 'string') throw new Error(snapshot);
    return ranked(new FrozenSegment(snapshot.arrays), String);
  },
};

function ranked(segment: FrozenSegment, name: (id: number) => string): Engine {
  const ranker = new Ranker([segment]);
  return {
    search(text, limit) {
      const { node } = parseQuery(text);
      if (!node) return [];
      const { papers } = atOnce(ranker.rank(node, text, { count: limit, sort: 'relevance' }));
      return papers.map(({ id }) => name(id));
    },
    steps(text) {
      const { node } = parseQuery(text);
      return node ? ranker.rank(node, text, { count: 10, sort: 'relevance' }) : [];
    },
  };
}

/** An engine that searches in one step. */
function oneStep(search: Engine['search']): Engine {
  return {
    search,
    *steps(text) {
      yield search(text, 10);
    },
  };
}

const asItComes: Maker = miniSearch('MiniSearch as it comes', { fields: ['title', 'abstract'] }, (document) => ({
  ...document,
}));

const tuned: Maker = miniSearch(
  'MiniSearch tuned',
  {
    fields: ['text'],
    tokenize: (text) => phraseWords(text).flatMap((word) => (isStopword(word) ? [] : [stemOf(word)])),
    processTerm: (term) => term,
    searchOptions: { bm25: { k: 1.2, b: 0.75, d: 0 } },
  },
  ({ id, title, abstract }) => ({ id, text: `${title} ${title} ${abstract}` }),
);

function miniSearch(name: string, options: Options, fieldsOf: (document: Document) => object): Maker {
  const isTuned = options.searchOptions !== undefined;
  const engine = (index: MiniSearch) =>
    oneStep((text, limit) => {
      const found = index.search(text);
      // It multiplies scores by the number of words found.
      if (isTuned) found.sort((a, b) => b.score / b.queryTerms.length - a.score / a.queryTerms.length);
      return found.slice(0, limit).map(({ id }) => String(id));
    });
  return {
    name,
    build(documents, file) {
      const index = new MiniSearch(options);
      for (const document of documents) index.add(fieldsOf(document));
      if (file) writeFileSync(file, JSON.stringify(index));
      return Promise.resolve(engine(index));
    },
    restart: (file) => Promise.resolve(engine(MiniSearch.loadJSON(readFileSync(file, 'utf8'), options))),
  };
}

const fts5: Maker = {
  name: 'SQLite FTS5',
  build(documents, file) {
    const db = new SQLite(file || ':memory:');
    db.exec("create virtual table papers using fts5(id unindexed, title, abstract, tokenize = 'porter unicode61')");
    const insert = db.prepare('insert into papers values (?, ?, ?)');
    db.transaction(() => {
      for (const { id, title, abstract } of documents) insert.run(id, title, abstract);
    })();
    return Promise.resolve(selecting(db));
  },
  restart: (file) => Promise.resolve(selecting(new SQLite(file))),
};

function selecting(db: SQLite.Database): Engine {
  const query = db.prepare('select id from papers where papers match ? order by bm25(papers, 0, 2, 1) limit ?').pluck();
  return oneStep((text, limit) => {
    const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))].map((word) => `"${word}"`);
    return words.length > 0 ? (query.all(words.join(' OR '), limit) as string[]) : [];
  });
}

export const MAKERS = [paperboy, asItComes, tuned, fts5];

/** In bytes. */
export function sizeOf(file: string): number {
  return statSync(file).size;
}
