import type { PaperFacts } from '../core/paper.ts';
import { TEXT_FIELDS, type TextField } from './query/node.ts';
import { namesCode } from './text/code.ts';
import { stemOf } from './text/stem.ts';
import { type Token, tokens } from './text/tokens.ts';

/** The facts of a paper that filters ask for. */
export interface FilterFacts {
  publishedOn: string | null;
  comments: number | null;
  upvotes: number | null;
  hasCode: boolean;
}

/** The words of one text: `words` in order, for phrases; `wholes`, the compounds in one piece. */
export interface AnalysedText {
  words: string[];
  wholes: string[];
}

/** A paper as the query language sees it. A field may have several texts, such as one for each author. */
export interface AnalysedPaper extends FilterFacts {
  texts: Record<TextField, AnalysedText[]>;
  stems: Record<TextField, ReadonlySet<string>>;
  /** Stems of all fields. */
  allStems: ReadonlySet<string>;
}

export function filterFacts(paper: PaperFacts): FilterFacts {
  const { publishedOn, comments, upvotes } = paper;
  return { publishedOn, comments, upvotes, hasCode: namesCode(paper) };
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

export function analysePaper(paper: PaperFacts): AnalysedPaper {
  const given = textsOf(paper);
  const texts = byField((field) => given[field].map((text) => analysedText(tokens(text))));
  const stems = byField((field) => stemsOf(texts[field]));
  const allStems = new Set(TEXT_FIELDS.flatMap((field) => [...stems[field]]));
  return { ...filterFacts(paper), texts, stems, allStems };
}

function stemsOf(texts: AnalysedText[]): Set<string> {
  const stems = new Set<string>();
  for (const { words, wholes } of texts) {
    for (const word of words) stems.add(stemOf(word));
    for (const word of wholes) stems.add(stemOf(word));
  }
  return stems;
}

function analysedText(all: Token[]): AnalysedText {
  return {
    words: all.flatMap(({ word, whole }) => (whole ? [] : [word])),
    wholes: all.flatMap(({ word, whole }) => (whole ? [word] : [])),
  };
}

function byField<Value>(valueOf: (field: TextField) => Value): Record<TextField, Value> {
  return Object.fromEntries(TEXT_FIELDS.map((field) => [field, valueOf(field)])) as Record<TextField, Value>;
}
