import type { PaperFacts } from '../core/paper.ts';
import { TEXT_FIELDS, type TextField } from './query/node.ts';
import { namesCode } from './text/code.ts';
import { stemOf } from './text/stem.ts';
import { type Token, tokens } from './text/tokens.ts';

/** The words of one text. */
export class AnalysedText {
  /** In order, for phrases. */
  readonly words: string[];
  /** Compounds in one piece. */
  readonly wholes: string[];
  private placesByWord: Map<string, number[]> | null = null;
  private placesByStem: Map<string, number[]> | null = null;

  constructor(all: Token[]) {
    this.words = all.flatMap(({ word, whole }) => (whole ? [] : [word]));
    this.wholes = all.flatMap(({ word, whole }) => (whole ? [word] : []));
  }

  /** Where a word stands. */
  placesOf(word: string): readonly number[] {
    this.placesByWord ??= placesBy(this.words);
    return this.placesByWord.get(word) ?? [];
  }

  /** Where words with a stem stand. */
  placesOfStem(stem: string): readonly number[] {
    this.placesByStem ??= placesBy(this.words.map(stemOf));
    return this.placesByStem.get(stem) ?? [];
  }
}

function placesBy(keys: string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  keys.forEach((key, place) => {
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  });
  return places;
}

/** A paper as the query language sees it; each part is read when it is first asked for. */
export class AnalysedPaper {
  readonly facts: PaperFacts;
  private readonly given: Record<TextField, string[]>;
  private readonly tokensByField: Partial<Record<TextField, Token[][]>> = {};
  private readonly textsByField: Partial<Record<TextField, AnalysedText[]>> = {};
  private readonly stemsByField: Partial<Record<TextField, Set<string>>> = {};
  private everyStem: Set<string> | null = null;

  constructor(facts: PaperFacts) {
    this.facts = facts;
    this.given = textsOf(facts);
  }

  /** Of each text of a field, such as each author's name. */
  tokens(field: TextField): Token[][] {
    return (this.tokensByField[field] ??= this.given[field].map(tokens));
  }

  texts(field: TextField): AnalysedText[] {
    return (this.textsByField[field] ??= this.tokens(field).map((all) => new AnalysedText(all)));
  }

  stems(field: TextField): ReadonlySet<string> {
    return (this.stemsByField[field] ??= this.collectStems([field]));
  }

  /** Stems of all fields. */
  get allStems(): ReadonlySet<string> {
    return (this.everyStem ??= this.collectStems(TEXT_FIELDS));
  }

  get hasCode(): boolean {
    return namesCode(this.facts);
  }

  private collectStems(fields: readonly TextField[]): Set<string> {
    const stems = new Set<string>();
    for (const field of fields) {
      for (const text of this.tokens(field)) for (const { word } of text) stems.add(stemOf(word));
    }
    return stems;
  }
}

/** The texts of a paper by field, as given. */
export function textsOf(paper: PaperFacts): Record<TextField, string[]> {
  const { organization } = paper;
  const names = organization ? [organization.handle, organization.name] : [];
  return {
    title: [paper.title],
    abstract: paper.abstract ? [paper.abstract] : [],
    keyword: paper.keywords ?? [],
    org: [...new Set(names.filter((name) => name !== null))],
    author: paper.authors ?? [],
  };
}
