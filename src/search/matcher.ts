import type { PaperFacts } from '../core/paper.ts';
import { type AnalysedPaper, analysePaper } from './analysed-paper.ts';
import { matches } from './matches.ts';
import type { Node } from './query/node.ts';
import { parseQuery } from './query/parse.ts';
import { stemOf } from './text/stem.ts';
import { isStopword } from './text/stopwords.ts';

/** Finds which of many stored queries a paper matches: the same ones that would find it. */
export interface Matcher<Id> {
  /** Stores a query, in place of the one with the same id. */
  add(id: Id, query: string): void;
  remove(id: Id): void;
  /** The ids of the queries that the paper matches, in the order they were added. */
  match(paper: PaperFacts): Id[];
  /** How many queries are stored. */
  readonly size: number;
}

/** In how many papers a stem is; the rarer, the fewer papers wake the queries filed under it. */
export type Frequency = (stem: string) => number;

/** A matcher without queries. `frequency` may be an estimate: it decides how fast answers are, never which. */
export function createMatcher<Id>(frequency: Frequency): Matcher<Id> {
  return new FiledQueries<Id>(frequency);
}

interface Filed<Id> {
  id: Id;
  /** Grows with each query. */
  number: number;
  node: Node;
  keys: string[];
  /** The number of the paper it was last tried on: it may be filed under several of its words. */
  tried: number;
}

/** Keys of prefixes have this many letters, or fewer where the prefix has. */
const PREFIX_LETTERS = 3;
const SHORTEST_PREFIX = 2;
/** The key of queries that any paper may match. */
const ANY = '';

class FiledQueries<Id> implements Matcher<Id> {
  private readonly frequency: Frequency;
  private readonly queries = new Map<Id, Filed<Id>>();
  private readonly shelves = new Map<string, Set<Filed<Id>>>();
  private added = 0;
  private papers = 0;

  constructor(frequency: Frequency) {
    this.frequency = frequency;
  }

  get size(): number {
    return this.queries.size;
  }

  add(id: Id, query: string): void {
    this.remove(id);
    const { node } = parseQuery(query);
    if (!node) return;
    const sorted = this.rarestFirst(node);
    const filed: Filed<Id> = { id, number: ++this.added, node: sorted, keys: this.file(sorted).keys, tried: 0 };
    this.queries.set(id, filed);
    for (const key of filed.keys) {
      const shelf = this.shelves.get(key);
      if (shelf) shelf.add(filed);
      else this.shelves.set(key, new Set([filed]));
    }
  }

  remove(id: Id): void {
    const filed = this.queries.get(id);
    if (!filed) return;
    this.queries.delete(id);
    for (const key of filed.keys) {
      const shelf = this.shelves.get(key);
      shelf?.delete(filed);
      if (shelf?.size === 0) this.shelves.delete(key);
    }
  }

  match(paper: PaperFacts): Id[] {
    const analysed = analysePaper(paper);
    const found: Filed<Id>[] = [];
    this.papers += 1;
    for (const key of keysIn(analysed)) {
      const shelf = this.shelves.get(key);
      if (shelf) this.tryAll(shelf, analysed, found);
    }
    return found.sort((a, b) => a.number - b.number).map(({ id }) => id);
  }

  private tryAll(shelf: ReadonlySet<Filed<Id>>, paper: AnalysedPaper, found: Filed<Id>[]): void {
    for (const filed of shelf) {
      if (filed.tried === this.papers) continue;
      filed.tried = this.papers;
      if (matches(filed.node, paper)) found.push(filed);
    }
  }

  /** The keys of which every matching paper has at least one, and about how many papers have one. */
  private file(node: Node): { keys: string[]; cost: number } {
    switch (node.kind) {
      case 'word':
        return { keys: [...new Set(node.stems)].map(stemKey), cost: this.costOf(node.stems) };
      case 'phrase': {
        const telling = node.words.filter((word) => !isStopword(word));
        const stems = (telling.length > 0 ? telling : node.words).map(stemOf);
        const [rarest = ''] = stems.sort((a, b) => this.frequency(a) - this.frequency(b));
        return { keys: [stemKey(rarest)], cost: this.costOf([rarest]) };
      }
      case 'prefix':
        return { keys: [prefixKey(node.prefix.slice(0, PREFIX_LETTERS))], cost: COST_OF_PREFIX };
      case 'and':
        return node.nodes
          .map((child) => this.file(child))
          .reduce((one, other) => (other.cost < one.cost ? other : one), ANY_PAPER);
      case 'or': {
        const filed = node.nodes.map((child) => this.file(child));
        if (filed.some(({ keys }) => keys.includes(ANY))) return ANY_PAPER;
        return {
          keys: [...new Set(filed.flatMap(({ keys }) => keys))],
          cost: filed.reduce((sum, { cost }) => sum + cost, 0),
        };
      }
      default:
        return ANY_PAPER;
    }
  }

  private costOf(stems: string[]): number {
    return stems.reduce((sum, stem) => sum + this.frequency(stem), 0);
  }

  /** The same query, tried fastest: what is rare fails first. */
  private rarestFirst(node: Node): Node {
    if (node.kind !== 'and' && node.kind !== 'or') return node;
    const nodes = node.nodes.map((child) => this.rarestFirst(child));
    if (node.kind === 'or') return { kind: 'or', nodes };
    const costs = new Map(nodes.map((child) => [child, this.file(child).cost]));
    return { kind: 'and', nodes: nodes.sort((a, b) => costs.get(a)! - costs.get(b)!) };
  }
}

const COST_OF_PREFIX = 1e9;
const ANY_PAPER = { keys: [ANY], cost: Infinity };

const stemKey = (stem: string) => `s${stem}`;
const prefixKey = (letters: string) => `p${letters}`;

/** All keys that a paper has. */
function* keysIn(paper: AnalysedPaper): Iterable<string> {
  yield ANY;
  for (const stem of paper.allStems) yield stemKey(stem);
  const prefixes = new Set<string>();
  for (const texts of Object.values(paper.texts)) {
    for (const { words, wholes } of texts) {
      for (const word of [...words, ...wholes]) {
        for (let length = SHORTEST_PREFIX; length <= PREFIX_LETTERS; length++) prefixes.add(word.slice(0, length));
      }
    }
  }
  for (const letters of prefixes) yield prefixKey(letters);
}
