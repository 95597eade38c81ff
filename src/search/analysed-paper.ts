import type { PaperFacts } from '../core/paper.ts';
import { TEXT_FIELDS, type TextField } from './query/node.ts';
import { namesCode } from './text/code.ts';
import { sentences } from './text/sentences.ts';
import { stemOf } from './text/stem.ts';
import { type Token, tokens } from './text/tokens.ts';

/** The words of one text; each view of them is made when it is first asked for. */
export class AnalysedText {
  readonly tokens: Token[];
  private readonly text: string;
  private sentencesOfText: { start: number; end: number }[] | null = null;
  private stemsOfTokens: string[] | null = null;
  private placesByWord: Map<string, number[]> | null = null;
  private placesByStem: Map<string, number[]> | null = null;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokens(text);
  }

  /** As offsets in the text as given. */
  get sentences(): readonly { start: number; end: number }[] {
    return (this.sentencesOfText ??= sentences(this.text));
  }

  /** Of each token. */
  get stems(): string[] {
    return (this.stemsOfTokens ??= this.tokens.map(({ word }) => stemOf(word)));
  }

  /** Where a word stands among the words in their order. */
  placesOf(word: string): readonly number[] {
    return (this.placesByWord ??= this.placesBy((token) => token.word)).get(word) ?? [];
  }

  /** Where words with a stem stand. */
  placesOfStem(stem: string): readonly number[] {
    return (this.placesByStem ??= this.placesBy((_, index) => this.stems[index] ?? '')).get(stem) ?? [];
  }

  private placesBy(key: (token: Token, index: number) => string): Map<string, number[]> {
    const places = new Map<string, number[]>();
    let place = 0;
    this.tokens.forEach((token, index) => {
      if (token.whole) return;
      const known = places.get(key(token, index));
      if (known) known.push(place);
      else places.set(key(token, index), [place]);
      place += 1;
    });
    return places;
  }
}

/** A paper as the query language sees it; each part is read when it is first asked for. */
export class AnalysedPaper {
  readonly facts: PaperFacts;
  private readonly given: Record<TextField, string[]>;
  private readonly textsByField: Partial<Record<TextField, AnalysedText[]>> = {};
  private readonly stemsByField: Partial<Record<TextField, Set<string>>> = {};
  private everyStem: Set<string> | null = null;

  constructor(facts: PaperFacts) {
    this.facts = facts;
    this.given = textsOf(facts);
  }

  /** The texts of a field, such as each author's name. */
  texts(field: TextField): AnalysedText[] {
    return (this.textsByField[field] ??= this.given[field].map((text) => new AnalysedText(text)));
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
      for (const text of this.texts(field)) for (const stem of text.stems) stems.add(stem);
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
