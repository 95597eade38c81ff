import type { PaperFacts } from '../core/paper.ts';
import { AnalysedPaper } from './analysed-paper.ts';
import { matches } from './matches.ts';
import { type Node, TEXT_FIELDS } from './query/node.ts';
import { parseQuery } from './query/parse.ts';
import { Marks } from './paper-marks.ts';
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

interface Filed extends Shelved {
  places: Place[];
}

/** Where a query is filed: under a mark, under the first letters of words, or where every paper looks. */
type Place = { mark: number } | { letters: string } | 'any';

/** Words are filed by this many first letters, or fewer where a prefix has fewer. */
const MOST_LETTERS = 3;
const FEWEST_LETTERS = 2;

/** Marks of which a matching paper has at least one, and about how many papers have any. */
interface Need {
  marks: number[];
  cost: number;
}

class FiledQueries<Id> implements Matcher<Id> {
  private readonly frequency: Frequency;
  private readonly queries = new Map<Id, Filed>();
  /** By the number of a query, and nothing else of it: of a hundred thousand queries a paper finds a thousand all over memory. */
  private readonly ids: Id[] = [];
  /** By number: what else must be so. */
  private readonly rests: Node[][] = [];
  /** By number: the paper it was last found for, since it may be filed in several places. */
  private foundFor = new Uint32Array(1024);
  private readonly freeNumbers: number[] = [];
  private readonly marks = new Marks();
  /** By mark. */
  private readonly byMark: (Shelf | undefined)[] = [];
  private readonly byLetters = new Map<string, Shelf>();
  private readonly byNothing = new Shelf();
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
    this.freeNumbers.push(filed.number);
    for (const place of filed.places) this.shelf(place).remove(filed);
  }

  match(facts: PaperFacts): Id[] {
    const paper = new AnalysedPaper(facts);
    const { ids, rests, foundFor } = this;
    const current = (this.papers += 1);
    const found: Id[] = [];
    const visit = (number: number, hasRest: boolean) => {
      if (foundFor[number] === current) return;
      if (hasRest && !rests[number]!.every((node) => matches(node, paper))) return;
      foundFor[number] = current;
      found.push(ids[number]!);
    };
    const { present } = this.marks;
    const seen = this.marks.see(paper);
    this.byNothing.eachWithMarks(present, visit);
    for (const mark of seen) this.byMark[mark]?.eachWithMarks(present, visit);
    if (this.byLetters.size > 0) {
      for (const letters of firstLetters(paper)) this.byLetters.get(letters)?.eachWithMarks(present, visit);
    }
    this.marks.forget(seen);
    return found;
  }

  private prepare(id: Id, node: Node): Filed {
    const parts = node.kind === 'and' ? node.nodes : [node];
    // The rarest is where the query is filed, and the next rarest fails first.
    const needs = parts.flatMap((part) => this.needs(part)).sort((a, b) => a.cost - b.cost);
    const [rarest] = needs;
    needs.push(...needs.splice(0, 1));
    const rest = parts.filter((part) => !isSeenByMarks(part));
    return {
      number: this.numberFor(id, rest),
      groups: needs.map(({ marks }) => marks),
      hasRest: rest.length > 0,
      places: rarest ? placesOf(rarest) : this.file(node).places,
    };
  }

  private numberFor(id: Id, rest: Node[]): number {
    const number = this.freeNumbers.pop() ?? this.ids.length;
    this.ids[number] = id;
    this.rests[number] = rest;
    if (number === this.foundFor.length) {
      const larger = new Uint32Array(number * 2);
      larger.set(this.foundFor);
      this.foundFor = larger;
    }
    return number;
  }

  private shelf(place: Place): Shelf {
    if (place === 'any') return this.byNothing;
    if ('mark' in place) return (this.byMark[place.mark] ??= new Shelf());
    const known = this.byLetters.get(place.letters) ?? new Shelf();
    this.byLetters.set(place.letters, known);
    return known;
  }

  /** What a matching paper has, whatever else is asked. */
  private needs(node: Node): Need[] {
    switch (node.kind) {
      case 'word':
        return [this.needOfWord(node.stems)];
      case 'phrase':
        return this.needsOfPhrase(node.words);
      case 'and':
        return node.nodes.flatMap((child) => this.needs(child));
      case 'or': {
        const needs = node.nodes.map((child) => cheapest(this.needs(child)));
        return needs.includes(null) ? [] : [joined(needs.filter((need) => need !== null))];
      }
      default:
        return [];
    }
  }

  private needOfWord(stems: string[]): Need {
    const marks = [...new Set(stems)].map((stem) => this.marks.ofStem(stem));
    return { marks, cost: stems.reduce((sum, stem) => sum + this.frequency(stem), 0) };
  }

  /** That each two words stand next to each other. */
  private needsOfPhrase(words: string[]): Need[] {
    const stems = words.map(stemOf);
    const costs = words.map((word, index) => (isStopword(word) ? Infinity : this.frequency(stems[index] ?? '')));
    if (stems.length === 1) return [this.needOfWord(stems)];
    return stems.slice(1).map((second, index) => ({
      marks: [this.marks.ofPair(stems[index] ?? '', second)],
      // Where both are, they are often apart.
      cost: Math.min(costs[index] ?? 0, costs[index + 1] ?? 0) / 2,
    }));
  }

  /** The places of which every matching paper looks into at least one, and about how many papers look into any. */
  private file(node: Node): { places: Place[]; cost: number } {
    switch (node.kind) {
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
      default: {
        const need = cheapest(this.needs(node));
        return need ? { places: placesOf(need), cost: need.cost } : ANYWHERE;
      }
    }
  }
}

const COST_OF_PREFIX = 1e9;
const ANYWHERE: { places: Place[]; cost: number } = { places: ['any'], cost: Infinity };

function placesOf({ marks }: Need): Place[] {
  return marks.map((mark) => ({ mark }));
}

function cheapest(needs: Need[]): Need | null {
  return needs.reduce<Need | null>((least, need) => (least && least.cost <= need.cost ? least : need), null);
}

function joined(needs: Need[]): Need {
  return {
    marks: [...new Set(needs.flatMap(({ marks }) => marks))],
    cost: needs.reduce((sum, { cost }) => sum + cost, 0),
  };
}

/** Whether a paper that has what a part needs holds the part. */
function isSeenByMarks(node: Node): boolean {
  switch (node.kind) {
    case 'word':
      return node.field === null;
    case 'phrase':
      return node.field === null && node.inflected && (node.words.length === 1 || node.words.length === 2);
    case 'or':
      return node.nodes.every((child) => child.kind !== 'and' && isSeenByMarks(child));
    default:
      return false;
  }
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
