import { isStopword } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import type { Node, PhraseNode, TextField } from './node.ts';

/** A word that a query asks for. */
export interface Asked {
  word: string;
  stem: string;
  /** Stands right after the word before it in the query. */
  follows: boolean;
}

/** What a query looks for in texts, without its structure; what it leaves out is not there. */
export interface Terms {
  /** In the order of the query, as often as it says them. */
  words: Asked[];
  /** Stems of compounds in one piece. */
  wholes: Set<string>;
  prefixes: Set<string>;
}

/** The terms of a query that may stand in one of `fields`. */
export function termsOf(node: Node | null, fields: readonly TextField[]): Terms {
  const terms: Terms = { words: [], wholes: new Set(), prefixes: new Set() };
  if (node) collect(node, fields, terms);
  return terms;
}

function collect(node: Node, fields: readonly TextField[], terms: Terms): void {
  if (node.kind === 'and') node.nodes.forEach((child) => collect(child, fields, terms));
  else if (node.kind === 'or') collectAlternatives(node.nodes, fields, terms);
  else if ('field' in node && (node.field === null || fields.includes(node.field))) {
    if (node.kind === 'prefix') terms.prefixes.add(node.prefix);
    else if (node.kind === 'phrase') terms.words.push(...phraseWords(node));
    else {
      const [stem = node.word, ...compounds] = node.stems;
      terms.words.push({ word: node.word, stem, follows: node.follows });
      compounds.forEach((compound) => terms.wholes.add(compound));
    }
  }
}

/** Of a compound, the parts are the words. */
function collectAlternatives(nodes: Node[], fields: readonly TextField[], terms: Terms): void {
  const [whole, parts] = nodes;
  if (nodes.length === 2 && whole?.kind === 'word' && parts?.kind === 'phrase' && parts.inflected) {
    if (whole.field === null || fields.includes(whole.field)) terms.wholes.add(whole.stems[0] ?? whole.word);
    collect(parts, fields, terms);
  } else nodes.forEach((child) => collect(child, fields, terms));
}

function phraseWords({ words, follows }: PhraseNode): Asked[] {
  const isTelling = (word: string | undefined) => word !== undefined && !isStopword(word);
  const keepsAll = !words.some(isTelling);
  return words.flatMap((word, place) => {
    if (!keepsAll && !isTelling(word)) return [];
    return [{ word, stem: stemOf(word), follows: place === 0 ? follows : keepsAll || isTelling(words[place - 1]) }];
  });
}
