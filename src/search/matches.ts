import type { AnalysedPaper, AnalysedText, FilterFacts } from './analysed-paper.ts';
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
      return holdsAny(node.field === null ? paper.allStems : paper.stems[node.field], node.stems);
    case 'phrase':
      return textsIn(paper, node.field).some((text) => holdsPhrase(text, node));
    case 'prefix':
      return textsIn(paper, node.field).some((text) =>
        [text.words, text.wholes].some((words) => words.some((word) => word.startsWith(node.prefix))),
      );
  }
}

function holdsAny(stems: ReadonlySet<string>, wanted: string[]): boolean {
  for (const stem of wanted) if (stems.has(stem)) return true;
  return false;
}

/** Whether a paper passes a filter. Unknown facts pass none. */
export function passes(filter: Filter, facts: FilterFacts): boolean {
  if (filter.kind === 'code') return facts.hasCode;
  if (filter.kind === 'date') {
    const { publishedOn } = facts;
    return publishedOn !== null && (filter.from ?? '') <= publishedOn && publishedOn <= (filter.to ?? '9999');
  }
  const count = filter.of === 'votes' ? facts.upvotes : facts.comments;
  return count !== null && filter.least <= count && count <= filter.most;
}

function fieldsOf(field: TextField | null): readonly TextField[] {
  return field === null ? TEXT_FIELDS : [field];
}

function textsIn(paper: AnalysedPaper, field: TextField | null): AnalysedText[] {
  return fieldsOf(field).flatMap((name) => paper.texts[name]);
}

function holdsPhrase(text: AnalysedText, phrase: PhraseNode): boolean {
  const key = phrase.inflected ? stemOf : (word: string) => word;
  const wanted = phrase.words.map(key);
  if (wanted.length === 1 && text.wholes.some((word) => key(word) === wanted[0])) return true;
  const words = text.words.map(key);
  return words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word));
}
