import type { AnalysedPaper, AnalysedText } from './analysed-paper.ts';
import { type Filter, isFilter, type Node, type PhraseNode, TEXT_FIELDS, type TextField } from './query/node.ts';
import { stemOf } from './text/stem.ts';

/** Whether a paper holds everything the query requires. */
export function matches(node: Node, paper: AnalysedPaper): boolean {
  if (isFilter(node)) return passes(node, paper);
  switch (node.kind) {
    case 'and':
      return node.nodes.every((child) => matches(child, paper));
    case 'or':
      return node.nodes.some((child) => matches(child, paper));
    case 'not':
      return !matches(node.node, paper);
    case 'word':
      return holdsAny(node.field === null ? paper.allStems : paper.stems(node.field), node.stems);
    case 'phrase':
      return fieldsOf(node.field).some((field) => paper.texts(field).some((text) => holdsPhrase(text, node)));
    default:
      return fieldsOf(node.field).some((field) =>
        paper.texts(field).some((text) => text.tokens.some(({ word }) => word.startsWith(node.prefix))),
      );
  }
}

/** Whether a paper passes a filter. Unknown facts pass none. */
function passes(filter: Filter, paper: AnalysedPaper): boolean {
  const { facts } = paper;
  if (filter.kind === 'code') return paper.hasCode;
  if (filter.kind === 'date') {
    const { publishedOn } = facts;
    return publishedOn !== null && (filter.from ?? '') <= publishedOn && publishedOn <= (filter.to ?? '9999');
  }
  const count = filter.of === 'votes' ? facts.upvotes : facts.comments;
  return count !== null && filter.least <= count && count <= filter.most;
}

function holdsAny(stems: ReadonlySet<string>, wanted: string[]): boolean {
  for (const stem of wanted) if (stems.has(stem)) return true;
  return false;
}

function fieldsOf(field: TextField | null): readonly TextField[] {
  return field === null ? TEXT_FIELDS : [field];
}

function holdsPhrase(text: AnalysedText, { words, inflected }: PhraseNode): boolean {
  const first = words[0] ?? '';
  if (words.length === 1) {
    return inflected ? text.stems.includes(stemOf(first)) : text.tokens.some(({ word }) => word === first);
  }
  const placesOf = (word: string) => (inflected ? text.placesOfStem(stemOf(word)) : text.placesOf(word));
  let starts = placesOf(first);
  for (let offset = 1; offset < words.length && starts.length > 0; offset++) {
    const places = placesOf(words[offset] ?? '');
    starts = starts.filter((start) => places.includes(start + offset));
  }
  return starts.length > 0;
}
