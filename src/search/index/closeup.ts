import type { Asked } from '../query/terms.ts';
import { saturated } from './bm25.ts';
import type { Place } from './pool.ts';
import { type Segment, TITLE_WEIGHT } from './segment.ts';
import type { Statistics } from './statistics.ts';
import { rankedWordsAt } from './words-of.ts';

/** What each kind of evidence counts, beside 1 for a stem found. Chosen on the labelled sets; see DESIGN.md, Ranking. */
const PAIR = 0.075;
/** The fewer words, the more neighbours mean: they are a name. Divided by the number of words. */
const PAIR_OF_FEW = 0.375;
/** What neighbours count that always are neighbours, beside 1 for those that are so in one of e texts. */
const EXPECTED_PAIR = 0.6;
/** So many texts, in half of which any two words are neighbours, are imagined beside those that were read. */
const IMAGINED = 4;
const AS_WRITTEN = 0.15;
const PASSAGE = 0.2;
/** About a sentence. */
const PASSAGE_WORDS = 24;

/** Of each word: the place of its stem in `stems`, from 1; 0 for all other words. See `WordPlaces`. */
export type PlacesOf = (segment: Segment, stems: readonly string[]) => Uint16Array;

/** Two words that stand next to each other in the query. */
interface Pair {
  first: number;
  second: number;
  weight: number;
  /** Of the papers read: how many have both words, and how many have them next to each other. */
  together: number;
  adjacent: number;
}

/** A word in the form that the query has. */
interface Form {
  word: number;
  weight: number;
}

/** What one segment calls the words of the query. */
interface Names {
  segment: Segment;
  /** By word: the place of its stem among the query's, from 1; 0 for all other words. */
  placeOfWord: Uint16Array;
  forms: Form[];
  /** Place among the forms, by the segment's word. */
  formAt: Map<number, number>;
}

/**
 * Looks at the texts of the best papers for what postings do not tell: neighbours of the query that are neighbours there,
 * words in the very form the query has, and many of its words within one passage. Made once per query.
 */
export class Closeup {
  private readonly names: Names[];
  private readonly meanLength: number;
  private readonly weights: number[];
  private readonly pairs: Pair[];
  /** Place among the pairs, from 1, by the places of two stems; 0 for none. */
  private readonly pairAt: Uint16Array;
  private readonly pairCounts: Float32Array;
  private readonly formCounts: Float32Array;
  /** Of the paper being read: how often it has each stem; where it has any, and which. */
  private readonly stemCounts: Uint16Array;
  private hitsAt = new Int32Array(256);
  private hitPlaces = new Int32Array(256);
  private hits = 0;

  constructor(segments: readonly Segment[], asked: Asked[], statistics: Statistics, placesOf: PlacesOf) {
    const stems = [...new Set(asked.map(({ stem }) => stem))];
    const places = new Map(stems.map((stem, place) => [stem, place]));
    this.meanLength = statistics.meanLength;
    this.weights = stems.map((stem) => statistics.weight(statistics.frequency(stem)));
    this.pairs = pairsOf(asked, places, this.weights);
    this.pairAt = new Uint16Array(stems.length * stems.length);
    this.pairs.forEach(({ first, second }, index) => (this.pairAt[first * stems.length + second] = index + 1));
    this.names = segments.map((segment) => {
      const forms = formsOf(segment, asked, places, this.weights);
      const formAt = new Map(forms.map(({ word }, index) => [word, index]));
      return { segment, placeOfWord: placesOf(segment, stems), forms, formAt };
    });
    this.pairCounts = new Float32Array(this.pairs.length);
    this.formCounts = new Float32Array(Math.max(0, ...this.names.map(({ forms }) => forms.length)));
    this.stemCounts = new Uint16Array(stems.length);
  }

  /** What the closer look at each of these papers adds to its score. */
  extras(papers: readonly Place[]): Float32Array {
    const { pairs, weights } = this;
    const extras = new Float32Array(papers.length);
    const worths = new Float32Array(papers.length * pairs.length);
    papers.forEach(({ index, slot }, paper) => {
      const names = this.names[index]!;
      const length = names.segment.columns.length[slot]!;
      this.read(names, slot);
      this.notePairs(length, worths, paper * pairs.length);
      extras[paper] = this.formsWorth(names, length) + PASSAGE * this.bestPassage();
    });
    const share = PAIR + PAIR_OF_FEW / Math.max(1, weights.length);
    const pairWeights = pairs.map((pair) => share * pair.weight * (EXPECTED_PAIR + surprise(pair)));
    for (let paper = 0, at = 0; paper < papers.length; paper++) {
      for (const weight of pairWeights) extras[paper]! += weight * worths[at++]!;
    }
    return extras;
  }

  private read({ segment, placeOfWord, formAt }: Names, slot: number): void {
    const { pairAt, weights, pairCounts, formCounts, stemCounts } = this;
    pairCounts.fill(0);
    formCounts.fill(0);
    stemCounts.fill(0);
    const { words, length, inTitle } = rankedWordsAt(segment, slot);
    if (length > this.hitsAt.length) {
      this.hitsAt = new Int32Array(length * 2);
      this.hitPlaces = new Int32Array(length * 2);
    }
    const { hitsAt, hitPlaces } = this;
    let hits = 0;
    let previous = 0;
    for (let at = 0; at < length; at++) {
      if (at === inTitle) previous = 0;
      const word = words[at]!;
      const place = placeOfWord[word]!;
      if (place > 0) {
        const weight = at < inTitle ? TITLE_WEIGHT : 1;
        const pair = previous > 0 ? pairAt[(previous - 1) * weights.length + place - 1]! : 0;
        if (pair > 0) pairCounts[pair - 1]! += weight;
        const form = formAt.get(word);
        if (form !== undefined) formCounts[form]! += weight;
        stemCounts[place - 1]! += 1;
        hitsAt[hits] = at;
        hitPlaces[hits++] = place - 1;
      }
      previous = place;
    }
    this.hits = hits;
  }

  /** Counts the pairs of the paper read, and writes what each is worth there. */
  private notePairs(length: number, worths: Float32Array, start: number): void {
    const { pairs, pairCounts, stemCounts, meanLength } = this;
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i]!;
      if (stemCounts[pair.first]! > 0 && stemCounts[pair.second]! > 0) pair.together += 1;
      const count = pairCounts[i]!;
      if (count > 0) pair.adjacent += 1;
      worths[start + i] = saturated(count, length, meanLength);
    }
  }

  private formsWorth({ forms }: Names, length: number): number {
    const { formCounts, meanLength } = this;
    let sum = 0;
    for (let i = 0; i < forms.length; i++) {
      if (formCounts[i]! > 0) sum += AS_WRITTEN * forms[i]!.weight * saturated(formCounts[i]!, length, meanLength);
    }
    return sum;
  }

  /** The weight of the query's words in the passage of the paper read that has most of it. */
  private bestPassage(): number {
    const { hits, hitsAt, hitPlaces, weights, stemCounts } = this;
    stemCounts.fill(0);
    let most = 0;
    let sum = 0;
    for (let last = 0, first = 0; last < hits; last++) {
      const place = hitPlaces[last]!;
      if (stemCounts[place]!++ === 0) sum += weights[place]!;
      for (; hitsAt[first]! <= hitsAt[last]! - PASSAGE_WORDS; first++) {
        const left = hitPlaces[first]!;
        if (--stemCounts[left]! === 0) sum -= weights[left]!;
      }
      if (sum > most) most = sum;
    }
    return most;
  }
}

/** Neighbours that nearly always are (`United Kingdom`) tell little more than the two words did. In nats. */
function surprise({ together, adjacent }: Pair): number {
  return Math.log((together + IMAGINED) / (adjacent + IMAGINED / 2));
}

/** The words of the query in their very form, as the segment numbers them; those said twice count twice. */
function formsOf(segment: Segment, asked: Asked[], places: ReadonlyMap<string, number>, weights: number[]): Form[] {
  const forms = new Map<string, Form>();
  for (const { word, stem } of asked) {
    const form = forms.get(word) ?? { word: segment.words.idOf(word), weight: 0 };
    form.weight += weights[places.get(stem) ?? 0]!;
    forms.set(word, form);
  }
  return [...forms.values()].filter(({ word }) => word >= 0);
}

function pairsOf(asked: Asked[], places: ReadonlyMap<string, number>, weights: number[]): Pair[] {
  const pairs = new Map<string, Pair>();
  asked.forEach(({ stem, follows }, index) => {
    const before = asked[index - 1];
    if (!follows || !before || before.stem === stem) return;
    const first = places.get(before.stem) ?? 0;
    const second = places.get(stem) ?? 0;
    // As rare as they would be together if they met by chance.
    const weight = weights[first]! + weights[second]!;
    pairs.set(`${first} ${second}`, { first, second, weight, together: 0, adjacent: 0 });
  });
  return [...pairs.values()];
}
