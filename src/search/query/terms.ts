import { isStopword } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import type { Node, TextField } from './node.ts';

/** What a query looks for in texts, without its structure; what it leaves out is not there. */
export interface Terms {
  /** Stems, each once, in the order of the query. */
  stems: Set<string>;
  prefixes: Set<string>;
}

/** The terms of a query that may stand in `field`; in any field by default. */
export function termsOf(node: Node | null, field: TextField | null = null): Terms {
  const terms: Terms = { stems: new Set(), prefixes: new Set() };
  if (node) collect(node, field, terms);
  return terms;
}

function collect(node: Node, field: TextField | null, terms: Terms): void {
  if (node.kind === 'and' || node.kind === 'or') node.nodes.forEach((child) => collect(child, field, terms));
  else if ('field' in node && (field === null || node.field === null || node.field === field)) {
    if (node.kind === 'prefix') terms.prefixes.add(node.prefix);
    else if (node.kind === 'word') node.stems.forEach((stem) => terms.stems.add(stem));
    else phraseStems(node.words).forEach((stem) => terms.stems.add(stem));
  }
}

function phraseStems(words: string[]): string[] {
  const telling = words.filter((word) => !isStopword(word));
  return (telling.length > 0 ? telling : words).map(stemOf);
}
