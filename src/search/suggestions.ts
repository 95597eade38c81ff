import MiniSearch from 'minisearch';
import { titleKey } from '../core/identity.ts';
import { bestOf } from './index/best.ts';
import type { Names } from './index/frozen-segment.ts';
import type { PaperIndex } from './index/paper-index.ts';
import type { Place } from './index/pool.ts';
import type { Node } from './query/node.ts';
import { phraseWords } from './query/words.ts';
import type { Suggestion } from './result.ts';
import type { Spelling } from './spelling.ts';
import { stemOf } from './text/stem.ts';
import { isStopword } from './text/stopwords.ts';

/** Names added at once: a few milliseconds' work. */
const CHUNK = 200;
/** Of `limit` suggestions, at most this share are names before titles. */
const NAMES_SHARE = 0.3;
/** Titles that begin with what was typed, looked through for the most discussed. */
const MOST_BEGINNING = 200;
/** A single telling word shorter than this is in too many titles. */
const SHORTEST_INSIDE = 3;
const SHORTEST_MISTYPED = 4;

/** An organisation or a phrase. */
interface Name {
  id: number;
  kind: 'organization' | 'phrase';
  text: string;
  /** How many papers have it. */
  count: number;
}

/** Guesses what a reader is about to type. */
export class Suggestions {
  private readonly index: PaperIndex;
  private readonly spelling: Spelling;
  private readonly names = new MiniSearch<Name>({
    fields: ['text'],
    storeFields: ['kind', 'text', 'count'],
    tokenize: phraseWords,
    processTerm: (word) => word,
  });

  private readonly byLetters = new Map<string, Suggestion[]>();

  constructor(index: PaperIndex, spelling: Spelling) {
    this.index = index;
    this.spelling = spelling;
  }

  /** Takes in names, a few at a time. */
  async addNames({ phrases, organizations }: Names): Promise<void> {
    const all = [
      ...organizations.map((name) => ({ ...name, kind: 'organization' as const })),
      ...phrases.map((name) => ({ ...name, kind: 'phrase' as const })),
    ];
    await this.names.addAllAsync(
      all.map((name, id) => ({ ...name, id })),
      { chunkSize: CHUNK },
    );
    this.byLetters.clear();
  }

  /** What `typed` may become, best first: a few names, then titles, then more names. */
  suggest(typed: string, limit: number): Suggestion[] {
    const words = phraseWords(typed);
    if (words.length === 0 || limit <= 0) return [];
    const names = this.namesLike(words);
    const titles = this.titlesLike(typed, words, limit);
    const first = Math.ceil(limit * NAMES_SHARE);
    return [...names.slice(0, first), ...titles, ...names.slice(first)].slice(0, limit);
  }

  /** So many names begin with the same one or two letters that what they are is remembered. */
  private namesLike(words: string[]): Suggestion[] {
    const key = words.join(' ');
    const known = this.byLetters.get(key);
    if (known) return known;
    const names = this.searchNames(words);
    if (key.length < SHORTEST_INSIDE) this.byLetters.set(key, names);
    return names;
  }

  /** A single letter after other words begins so many words that it is compared with what those found. */
  private searchNames(words: string[]): Suggestion[] {
    const last = words.at(-1) ?? '';
    const isBegun = words.length > 1 && last.length === 1;
    const typed = (isBegun ? words.slice(0, -1) : words).join(' ');
    const options = {
      // The word being typed, and others that are long enough to be cut short.
      prefix: (word: string, place: number, all: string[]) =>
        word.length >= SHORTEST_INSIDE || (!isBegun && place === all.length - 1),
      combineWith: 'AND' as const,
      boostDocument: (_: unknown, __: string, stored?: Record<string, unknown>) =>
        Math.sqrt(Number(stored?.['count'] ?? 1)),
    };
    let found = this.names.search(typed, options);
    if (found.length === 0 && longest(words) >= SHORTEST_MISTYPED)
      found = this.names.search(typed, { ...options, fuzzy: 0.2 });
    const names = found.map(({ kind, text }) => ({ kind: kind as Name['kind'], text: String(text), paperId: null }));
    return isBegun ? names.filter(({ text }) => phraseWords(text).some((word) => word.startsWith(last))) : names;
  }

  private titlesLike(typed: string, words: string[], limit: number): Suggestion[] {
    const beginning = this.titlesFrom(titleKey(typed), limit);
    if (beginning.length >= limit || longest(words) < SHORTEST_INSIDE) return beginning;
    const inside = this.titlesWith(words, limit);
    const found = distinct([...beginning, ...inside]);
    if (found.length > 0 || longest(words) < SHORTEST_MISTYPED) return found.slice(0, limit);
    return this.titlesWith(
      words.map((word, place) => this.corrected(word, place === words.length - 1)),
      limit,
    );
  }

  private titlesFrom(key: string, limit: number): Suggestion[] {
    const { segments } = this.index;
    const places = segments.flatMap((segment, index) =>
      segment
        .titlesFrom(key, MOST_BEGINNING)
        .flatMap((slot) => (segment.columns.gone[slot] === 0 ? [{ index, slot }] : [])),
    );
    const talk = ({ index, slot }: Place) => {
      const { comments, votes } = segments[index]!.columns;
      return Math.max(0, comments[slot]!) + Math.max(0, votes[slot]!);
    };
    return bestOf(places, talk, limit).map((place) => this.title(place));
  }

  /** Titles with all the words, of which the last may be unfinished. */
  private titlesWith(words: string[], limit: number): Suggestion[] {
    const nodes = words.flatMap((word, place): Node[] => {
      if (place === words.length - 1) return [{ kind: 'prefix', field: 'title', prefix: word }];
      return isStopword(word) ? [] : [{ kind: 'word', field: 'title', word, stems: [stemOf(word)], follows: false }];
    });
    if (nodes.length === 1 && words.at(-1)!.length < SHORTEST_INSIDE) return [];
    return this.index
      .ranker()
      .mostDiscussed({ kind: 'and', nodes }, limit)
      .map((place) => this.title(place));
  }

  private corrected(word: string, isLast: boolean): string {
    if (isLast) return this.spelling.isBegun(word) ? word : (this.spelling.beginningNear(word, 1)[0] ?? word);
    return this.spelling.isKnown(word) ? word : (this.spelling.ofWord(word, 1)[0] ?? word);
  }

  private title(place: Place): Suggestion {
    const segment = this.index.segments[place.index]!;
    return { kind: 'title', text: segment.title(place.slot), paperId: segment.columns.id[place.slot]! };
  }
}

function longest(words: string[]): number {
  return Math.max(...words.map(({ length }) => length));
}

function distinct(suggestions: Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((suggestion) => [suggestion.paperId, suggestion])).values()];
}
