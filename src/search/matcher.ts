import type { PaperFacts } from '../core/paper.ts';
import { AnalysedPaper } from './analysed-paper.ts';
import { matches } from './matches.ts';
import { type Node, TEXT_FIELDS } from './query/node.ts';
import { parseQuery } from './query/parse.ts';
import { Shelf, type Shelved } from './shelf.ts';
import { stemOf } from './text/stem.ts';
import { isStopword } from './text/stopwords.ts';

/** Finds which of many stored queries a paper matches: the same ones that would find it. */
export interface Matcher<Id> {
  /** Stores a query, in place of the one with the same id. */
  add(id: Id, query: string): void;
  remove(id: Id): void;
  /** The ids of the queries that the paper matches, in no particular order. */
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

interface Filed<Id> extends Shelved {
  id: Id;
  words: number[][];
  /** What else must be so. */
  rest: Node[];
  places: Place[];
  /** The number of the paper it was last found for: it may be filed in several places. */
  found: number;
}

/** Where a query is filed: under a stem, under the first letters of words, or where every paper looks. */
type Place = { stem: string } | { letters: string } | 'any';

/** Words are filed by this many first letters, or fewer where a prefix has fewer. */
const MOST_LETTERS = 3;
const FEWEST_LETTERS = 2;

class FiledQueries<Id> implements Matcher<Id> {
  private readonly frequency: Frequency;
  private readonly queries = new Map<Id, Filed<Id>>();
  private readonly stems = new Map<string, number>();
  /** By number of a stem. */
  private readonly byStem: Shelf<Filed<Id>>[] = [];
  /** By number of a stem: 1 while a paper that has it is looked at. */
  private present = new Uint8Array(1024);
  private readonly byLetters = new Map<string, Shelf<Filed<Id>>>();
  private readonly byNothing = new Shelf<Filed<Id>>();
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
    const filed = this.prepare(id, node);
    this.queries.set(id, filed);
    for (const place of filed.places) this.shelf(place).add(filed);
  }

  remove(id: Id): void {
    const filed = this.queries.get(id);
    if (!filed) return;
    this.queries.delete(id);
    for (const place of filed.places) this.shelf(place).remove(filed);
  }

  match(facts: PaperFacts): Id[] {
    const paper = new AnalysedPaper(facts);
    this.papers += 1;
    const seen = this.see(paper);
    const found: Id[] = [];
    const look = (shelf: Shelf<Filed<Id>> | undefined) =>
      shelf?.eachWithWords(this.present, (filed) => {
        if (filed.found === this.papers || !filed.rest.every((node) => matches(node, paper))) return;
        filed.found = this.papers;
        found.push(filed.id);
      });
    look(this.byNothing);
    for (const stem of seen) look(this.byStem[stem]);
    if (this.byLetters.size > 0) for (const letters of firstLetters(paper)) look(this.byLetters.get(letters));
    for (const stem of seen) this.present[stem] = 0;
    return found;
  }

  /** Notes the stems of a paper; returns the numbers of those that queries know. */
  private see(paper: AnalysedPaper): number[] {
    const seen: number[] = [];
    for (const stem of paper.allStems) {
      const number = this.stems.get(stem);
      if (number === undefined) continue;
      this.present[number] = 1;
      seen.push(number);
    }
    return seen;
  }

  private prepare(id: Id, node: Node): Filed<Id> {
    const parts = node.kind === 'and' ? node.nodes : [node];
    const words = parts.map(anyOf).filter((stems) => stems !== null);
    // The rarest is where the query is filed, and the next rarest fails first.
    words.sort((a, b) => this.costOf(a) - this.costOf(b));
    words.push(...words.splice(0, 1));
    return {
      id,
      words: [...words, ...parts.flatMap(stemsOfPhrase)].map((stems) => stems.map((stem) => this.numberOf(stem))),
      rest: parts.filter((part) => anyOf(part) === null),
      places: this.file(node).places,
      found: 0,
    };
  }

  private numberOf(stem: string): number {
    const known = this.stems.get(stem);
    if (known !== undefined) return known;
    const number = this.byStem.push(new Shelf()) - 1;
    if (number === this.present.length) {
      const grown = new Uint8Array(number * 2);
      grown.set(this.present);
      this.present = grown;
    }
    this.stems.set(stem, number);
    return number;
  }

  private shelf(place: Place): Shelf<Filed<Id>> {
    if (place === 'any') return this.byNothing;
    if ('stem' in place) return this.byStem[this.numberOf(place.stem)]!;
    const known = this.byLetters.get(place.letters) ?? new Shelf<Filed<Id>>();
    this.byLetters.set(place.letters, known);
    return known;
  }

  /** The places of which every matching paper looks into at least one, and about how many papers look into any. */
  private file(node: Node): { places: Place[]; cost: number } {
    switch (node.kind) {
      case 'word':
        return { places: [...new Set(node.stems)].map((stem) => ({ stem })), cost: this.costOf(node.stems) };
      case 'phrase': {
        const telling = node.words.filter((word) => !isStopword(word));
        const stems = (telling.length > 0 ? telling : node.words).map(stemOf);
        const [stem = ''] = stems.sort((a, b) => this.frequency(a) - this.frequency(b));
        return { places: [{ stem }], cost: this.costOf([stem]) };
      }
      case 'prefix':
        return { places: [{ letters: node.prefix.slice(0, MOST_LETTERS) }], cost: COST_OF_PREFIX };
      case 'and':
        return node.nodes
          .map((child) => this.file(child))
          .reduce((one, other) => (other.cost < one.cost ? other : one), ANYWHERE);
      case 'or': {
        const filed = node.nodes.map((child) => this.file(child));
        if (filed.some(({ places }) => places.includes('any'))) return ANYWHERE;
        const places = new Map(filed.flatMap((each) => each.places).map((place) => [JSON.stringify(place), place]));
        return { places: [...places.values()], cost: filed.reduce((sum, { cost }) => sum + cost, 0) };
      }
      default:
        return ANYWHERE;
    }
  }

  private costOf(stems: string[]): number {
    return stems.reduce((sum, stem) => sum + this.frequency(stem), 0);
  }
}

const COST_OF_PREFIX = 1e9;
const ANYWHERE: { places: Place[]; cost: number } = { places: ['any'], cost: Infinity };

/** Stems of which any one will do for a word, or for words joined by OR; `null` for anything else. */
function anyOf(node: Node): string[] | null {
  if (node.kind === 'word') return node.field === null ? node.stems : null;
  if (node.kind !== 'or') return null;
  const stems = node.nodes.map(anyOf);
  return stems.includes(null) ? null : stems.flatMap((each) => each ?? []);
}

/** The words of a phrase must be there, next to each other or not. */
function stemsOfPhrase(node: Node): string[][] {
  return node.kind === 'phrase' ? node.words.map((word) => [stemOf(word)]) : [];
}

/** The first letters of all words of a paper. */
function firstLetters(paper: AnalysedPaper): Set<string> {
  const letters = new Set<string>();
  for (const field of TEXT_FIELDS) {
    for (const { word } of paper.texts(field).flatMap((text) => text.tokens)) {
      for (let length = FEWEST_LETTERS; length <= MOST_LETTERS; length++) letters.add(word.slice(0, length));
    }
  }
  return letters;
}
