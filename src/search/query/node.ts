/** The texts of a paper that can be asked for by name. */
export const TEXT_FIELDS = ['title', 'abstract', 'keyword', 'org', 'author'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** What a query requires of a paper. Without a `field` any text of the paper will do. */
export type Node =
  | WordNode
  | PhraseNode
  | PrefixNode
  | { kind: 'and' | 'or'; nodes: Node[] }
  | { kind: 'not'; node: Node }
  | Filter;

/** A word in any inflection. */
export interface WordNode {
  kind: 'word';
  field: TextField | null;
  /** As folded, for display and spelling. */
  word: string;
  /** Any of these stems will do: the word's own, and compounds it makes with its neighbours in the query. */
  stems: string[];
  /** Stands right after the word before it in the query. */
  follows: boolean;
}

/** Words next to each other, as written, or in any inflection. */
export interface PhraseNode {
  kind: 'phrase';
  field: TextField | null;
  words: string[];
  inflected: boolean;
  /** Stands right after the word before it in the query. */
  follows: boolean;
}

export interface PrefixNode {
  kind: 'prefix';
  field: TextField | null;
  prefix: string;
}

/** What is asked of a paper's facts rather than its words. */
export type Filter =
  | { kind: 'date'; from: string | null; to: string | null }
  | { kind: 'count'; of: 'comments' | 'votes'; least: number; most: number }
  | { kind: 'code' };

export function isFilter(node: Node): node is Filter {
  return node.kind === 'date' || node.kind === 'count' || node.kind === 'code';
}

/** A query as understood. */
export interface Query {
  /** `null` when nothing was asked. */
  node: Node | null;
  faults: { at: number; expected: string }[];
}
