import { isStopword } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import { type Token, tokens } from '../text/tokens.ts';
import type { Node, TextField, WordNode } from './node.ts';

/**
 * The words of a text that a paper must hold, each in any inflection. Stopwords are left out, unless `stopwords` keeps them
 * for a text that has nothing else.
 */
export function wordNodes(text: string, field: TextField | null, stopwords = false): Node[] {
  const nodes: Node[] = [];
  let previous: WordNode | null = null;
  let follows = false;
  for (const unit of unitsOf(tokens(text))) {
    const node = nodeOf(unit, field, follows);
    const word = node.kind === 'word' ? node : null;
    const telling = word === null || !isStopword(word.word);
    if (previous && word && telling) linkCompound(previous, word);
    previous = telling ? word : null;
    follows = telling;
    if (telling || stopwords) nodes.push(node);
  }
  return nodes;
}

/** The words of a text; its stopwords where there is nothing else. */
export function anyWordNodes(text: string, field: TextField | null): Node[] {
  const nodes = wordNodes(text, field);
  return nodes.length > 0 ? nodes : wordNodes(text, field, true);
}

/** The words of a phrase as written. */
export function phraseWords(text: string): string[] {
  return tokens(text).flatMap(({ word, whole }) => (whole ? [] : [word]));
}

/** Groups the parts of a compound with their whole, which comes last; other tokens stand alone. */
function unitsOf(all: Token[]): Token[][] {
  const units: Token[][] = [];
  for (const token of all) {
    if (!token.whole) {
      units.push([token]);
      continue;
    }
    const parts: Token[] = [];
    while ((units.at(-1)?.[0]?.start ?? -1) >= token.start) {
      parts.unshift(...(units.pop() ?? []).filter(({ whole }) => !whole));
    }
    units.push([...parts, token]);
  }
  return units;
}

/** A compound is asked for in one piece, or with its parts next to each other. */
function nodeOf(unit: Token[], field: TextField | null, follows: boolean): Node {
  const words = unit.map(({ word }) => word);
  const whole = words.at(-1) ?? '';
  if (words.length === 1) return { kind: 'word', field, word: whole, stems: [stemOf(whole)], follows };
  const parts: Node = { kind: 'phrase', field, words: words.slice(0, -1), inflected: true, follows };
  return { kind: 'or', nodes: [{ kind: 'word', field, word: whole, stems: [stemOf(whole)], follows: false }, parts] };
}

/** `data set` is also found as `dataset`. */
function linkCompound(first: WordNode, second: WordNode): void {
  const compound = stemOf(first.word + second.word);
  first.stems.push(compound);
  second.stems.push(compound);
}
