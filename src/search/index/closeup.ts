import type { Asked } from '../query/terms.ts';
import { saturated } from './bm25.ts';
import { type Segment, TITLE_WEIGHT } from './segment.ts';
import type { Statistics } from './statistics.ts';
import { rankedWordsAt } from './words-of.ts';

/** What each kind of evidence counts, beside 1 for a stem found. Chosen on the labelled sets; see DESIGN.md, Ranking. */
const PAIR = 0.1;
/** The fewer words, the more neighbours mean: they are a name. Divided by the number of words. */
const PAIR_OF_FEW = 0.75;
const AS_WRITTEN = 0.15;

/** Of each word: the place of its stem in `stems`, from 1; 0 for all other words. See `WordPlaces`. */
export type PlacesOf = (segment: Segment, stems: readonly string[]) => Uint16Array;

/** Two words that stand next to each other in the query. */
interface Pair {
  first: number;
  second: number;
  weight: number;
}

/** A word in the form that the query has. */
interface Form {
  word: number;
  weight: number;
}

/**
 * Looks at the texts of the best papers for what postings do not tell: neighbours of the query that are neighbours there,
 * and words in the very form the query has. Made once per query and segment.
 */
export class Closeup {
  private readonly segment: Segment;
  private readonly meanLength: number;
  /** By word: the place of its stem among the query's, from 1; 0 for all other words. */
  private readonly placeOfWord: Uint16Array;
  private readonly stems: number;
  private readonly pairShare: number;
  private readonly pairs: Pair[];
  /** Place among the pairs, from 1, by the places of two stems; 0 for none. */
  private readonly pairAt: Uint16Array;
  private readonly forms: Form[];
  /** Place among the forms, by the segment's word. */
  private readonly formAt: Map<number, number>;
  private readonly pairCounts: Float32Array;
  private readonly formCounts: Float32Array;

  constructor(segment: Segment, asked: Asked[], statistics: Statistics, placesOf: PlacesOf) {
    this.segment = segment;
    this.meanLength = statistics.meanLength;
    const stems = [...new Set(asked.map(({ stem }) => stem))];
    const weights = stems.map((stem) => statistics.weight(statistics.frequency(stem)));
    const places = new Map(stems.map((stem, place) => [stem, place]));
    this.stems = stems.length;
    this.pairShare = PAIR + PAIR_OF_FEW / Math.max(1, stems.length);
    this.placeOfWord = placesOf(segment, stems);
    this.pairs = pairsOf(asked, places, weights);
    this.pairAt = new Uint16Array(stems.length * stems.length);
    this.pairs.forEach(({ first, second }, index) => (this.pairAt[first * stems.length + second] = index + 1));
    this.forms = formsOf(segment, asked, places, weights);
    this.formAt = new Map(this.forms.map(({ word }, index) => [word, index]));
    this.pairCounts = new Float32Array(this.pairs.length);
    this.formCounts = new Float32Array(this.forms.length);
  }

  /** What the closer look at the paper at `slot` adds to its score. */
  extra(slot: number): number {
    const { pairs, pairShare, forms, pairCounts, formCounts, meanLength } = this;
    const length = this.segment.columns.length[slot]!;
    this.count(slot);
    let sum = 0;
    for (let i = 0; i < pairs.length; i++) {
      if (pairCounts[i]! > 0) sum += pairShare * pairs[i]!.weight * saturated(pairCounts[i]!, length, meanLength);
    }
    for (let i = 0; i < forms.length; i++) {
      if (formCounts[i]! > 0) sum += AS_WRITTEN * forms[i]!.weight * saturated(formCounts[i]!, length, meanLength);
    }
    return sum;
  }

  private count(slot: number): void {
    const { segment, placeOfWord, pairAt, formAt, stems, pairCounts, formCounts } = this;
    pairCounts.fill(0);
    formCounts.fill(0);
    const { words, length, inTitle } = rankedWordsAt(segment, slot);
    let previous = 0;
    for (let at = 0; at < length; at++) {
      if (at === inTitle) previous = 0;
      const word = words[at]!;
      const place = placeOfWord[word]!;
      if (place > 0) {
        const weight = at < inTitle ? TITLE_WEIGHT : 1;
        const pair = previous > 0 ? pairAt[(previous - 1) * stems + place - 1]! : 0;
        if (pair > 0) pairCounts[pair - 1]! += weight;
        const form = formAt.get(word);
        if (form !== undefined) formCounts[form]! += weight;
      }
      previous = place;
    }
  }
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
    pairs.set(`${first} ${second}`, { first, second, weight: weights[first]! + weights[second]! });
  });
  return [...pairs.values()];
}
