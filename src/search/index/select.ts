import {
  type Filter,
  isFilter,
  type Node,
  type PhraseNode,
  type PrefixNode,
  type TextField,
  type WordNode,
} from '../query/node.ts';
import { isStopword } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import { dayNumber } from './growing-segment.ts';
import { ABSTRACT_BITS, OTHER_BITS, type Segment, TITLE_BITS } from './segment.ts';
import { holdsPhrase, holdsWord } from './words-of.ts';

/** Slots of one segment, ascending. */
export type Slots = Int32Array;

/**
 * The papers of a segment that match a query, of those in `within`. The same papers for which `matches` holds, found through the postings.
 */
export function select(segment: Segment, node: Node, within: Slots): Slots {
  if (within.length === 0) return within;
  if (isFilter(node)) return within.filter(passing(segment, node));
  switch (node.kind) {
    case 'and':
      return inOrderOfCost(segment, node.nodes).reduce((left, child) => select(segment, child, left), within);
    case 'or':
      return either(segment, node.nodes, within);
    case 'not':
      return without(within, select(segment, node.node, within));
    case 'word':
      return selectWord(segment, node, within);
    case 'phrase':
      return selectPhrase(segment, node, within);
    default:
      return selectPrefix(segment, node, within);
  }
}

/** All slots of papers that are there. */
export function presentSlots({ size, columns }: Segment): Slots {
  const slots = new Int32Array(size);
  let count = 0;
  for (let slot = 0; slot < size; slot++) if (columns.gone[slot] === 0) slots[count++] = slot;
  return slots.subarray(0, count);
}

/** Rare words first, so that little is left for the others; what must be looked up paper by paper comes last. */
function inOrderOfCost(segment: Segment, nodes: Node[]): Node[] {
  return nodes
    .map((node) => ({ node, cost: costOf(segment, node) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ node }) => node);
}

/** About how many papers match, or must be looked at. */
function costOf(segment: Segment, node: Node): number {
  switch (node.kind) {
    case 'word':
      return node.stems.reduce((sum, stem) => sum + frequencyOf(segment, stem), 0);
    case 'phrase':
      return Math.min(...tellingStems(node.words).map((stem) => frequencyOf(segment, stem)));
    case 'prefix':
      return segment.size;
    case 'and':
      return Math.min(...node.nodes.map((child) => costOf(segment, child)));
    case 'or':
      return node.nodes.reduce((sum, child) => sum + costOf(segment, child), 0);
    default:
      return segment.size + 1;
  }
}

function frequencyOf(segment: Segment, stem: string): number {
  const id = segment.stems.idOf(stem);
  return id < 0 ? 0 : segment.frequency(id);
}

function selectWord(segment: Segment, node: WordNode, within: Slots): Slots {
  const ids = node.stems.map((stem) => segment.stems.idOf(stem)).filter((id) => id >= 0);
  const found = withAnyStem(segment, ids, bitsOf(node.field), within);
  if (!isName(node.field)) return found;
  return found.filter((slot) =>
    ids.some((id) => holdsPhrase(segment, slot, node.field, { keys: [id], key: (word) => segment.stemOfWord(word) })),
  );
}

function selectPhrase(segment: Segment, node: PhraseNode, within: Slots): Slots {
  const bits = bitsOf(node.field);
  const stems = tellingStems(node.words).map((stem) => segment.stems.idOf(stem));
  const keys = node.inflected
    ? node.words.map((word) => segment.stems.idOf(stemOf(word)))
    : node.words.map((word) => segment.words.idOf(word));
  if (keys.includes(-1)) return within.subarray(0, 0);
  const rareFirst = [...new Set(stems)].sort((a, b) => segment.frequency(a) - segment.frequency(b));
  const candidates = rareFirst.reduce((left, stem) => withAnyStem(segment, [stem], bits, left), within);
  const key = node.inflected ? (word: number) => segment.stemOfWord(word) : (word: number) => word;
  return candidates.filter((slot) => holdsPhrase(segment, slot, node.field, { keys, key }));
}

/** Papers are looked up one by one only where a stem has words without the prefix, too, or where few papers are left. */
function selectPrefix(segment: Segment, node: PrefixNode, within: Slots): Slots {
  const words = segment.words.withPrefix(node.prefix);
  const wanted = new Uint8Array(segment.words.size);
  for (const word of words) wanted[word] = 1;
  const found = new Uint8Array(segment.size);
  if (within.length < Math.min(FEW, segment.size / 4)) found.fill(UNSURE);
  else markStems(segment, words, node.field, found);
  return within.filter((slot) => {
    if (found[slot] !== UNSURE) return found[slot] === SURE;
    return holdsWord(segment, slot, node.field, wanted);
  });
}

/** So few papers are sooner looked up than found through the postings. */
const FEW = 1000;
const SURE = 1;
const UNSURE = 2;

/** Marks the papers that have a stem of one of the words: sure where all words of the stem are among them. */
function markStems(segment: Segment, words: number[], field: TextField | null, found: Uint8Array): void {
  const among = new Map<number, number>();
  for (const word of words) {
    const stem = segment.stemOfWord(word);
    among.set(stem, (among.get(stem) ?? 0) + 1);
  }
  const isSure = (stem: number) => !isName(field) && among.get(stem) === segment.wordsOfStem(stem);
  const stems = [...among.keys()];
  for (const stem of stems) if (!isSure(stem)) markPostings(segment, stem, bitsOf(field), found, UNSURE);
  for (const stem of stems) if (isSure(stem)) markPostings(segment, stem, bitsOf(field), found, SURE);
}

/** The slots of `within` that have one of the stems in the fields that `bits` cover. */
function withAnyStem(segment: Segment, stems: number[], bits: number, within: Slots): Slots {
  if (stems.length === 1) return intersect(segment, stems[0]!, bits, within);
  const found = new Uint8Array(segment.size);
  for (const stem of stems) markPostings(segment, stem, bits, found, SURE);
  return marked(within, found);
}

/** The slots that are marked. */
function marked(within: Slots, found: Uint8Array): Slots {
  const slots = new Int32Array(within.length);
  let count = 0;
  for (let i = 0; i < within.length; i++) if (found[within[i]!] !== 0) slots[count++] = within[i]!;
  return slots.subarray(0, count);
}

function intersect(segment: Segment, stem: number, bits: number, within: Slots): Slots {
  const { data, start, end } = segment.postings(stem);
  const found = new Int32Array(Math.min(within.length, segment.frequency(stem)));
  const isAll = within.length === segment.size;
  let count = 0;
  let next = 0;
  let slot = -1;
  for (let at = start; at < end && next < within.length;) {
    let gap = data[at++]!;
    if (gap > 127) {
      gap &= 127;
      for (let shift = 7; ; shift += 7) {
        const more = data[at++]!;
        gap |= (more & 127) << shift;
        if (more < 128) break;
      }
    }
    slot += gap;
    const counts = data[at++]!;
    if (isAll) next = slot;
    else while (next < within.length && within[next]! < slot) next += 1;
    if (within[next] === slot && (counts & bits) !== 0) found[count++] = slot;
  }
  return found.subarray(0, count);
}

function markPostings(segment: Segment, stem: number, bits: number, found: Uint8Array, mark: number): void {
  const { data, start, end } = segment.postings(stem);
  let slot = -1;
  for (let at = start; at < end;) {
    let gap = data[at++]!;
    if (gap > 127) {
      gap &= 127;
      for (let shift = 7; ; shift += 7) {
        const more = data[at++]!;
        gap |= (more & 127) << shift;
        if (more < 128) break;
      }
    }
    slot += gap;
    if ((data[at++]! & bits) !== 0) found[slot] = mark;
  }
}

function either(segment: Segment, nodes: Node[], within: Slots): Slots {
  const found = new Uint8Array(segment.size);
  for (const node of nodes) {
    if (node.kind !== 'word' || isName(node.field))
      for (const slot of select(segment, node, within)) found[slot] = SURE;
    else markWord(segment, node, found);
  }
  return marked(within, found);
}

function markWord(segment: Segment, { stems, field }: WordNode, found: Uint8Array): void {
  for (const stem of stems) {
    const id = segment.stems.idOf(stem);
    if (id >= 0) markPostings(segment, id, bitsOf(field), found, SURE);
  }
}

function without(slots: Slots, others: Slots): Slots {
  let next = 0;
  return slots.filter((slot) => {
    while (next < others.length && others[next]! < slot) next += 1;
    return others[next] !== slot;
  });
}

/** Whether the paper at a slot passes the filter. Unknown facts pass none. */
function passing({ columns }: Segment, filter: Filter): (slot: number) => boolean {
  if (filter.kind === 'code') return (slot) => columns.code[slot] === 1;
  if (filter.kind === 'date') {
    const from = Math.max(1, dayNumber(filter.from ?? ''));
    const to = dayNumber(filter.to ?? '') || Infinity;
    return (slot) => from <= columns.day[slot]! && columns.day[slot]! <= to;
  }
  const counts = filter.of === 'votes' ? columns.votes : columns.comments;
  const least = Math.max(0, filter.least);
  return (slot) => least <= counts[slot]! && counts[slot]! <= filter.most;
}

function tellingStems(words: string[]): string[] {
  const telling = words.filter((word) => !isStopword(word));
  return (telling.length > 0 ? telling : words).map(stemOf);
}

function bitsOf(field: TextField | null): number {
  if (field === null) return TITLE_BITS | ABSTRACT_BITS | OTHER_BITS;
  if (field === 'title') return TITLE_BITS;
  return field === 'abstract' ? ABSTRACT_BITS : OTHER_BITS;
}

/** Fields that share their bits in the postings. */
function isName(field: TextField | null): boolean {
  return field === 'keyword' || field === 'org' || field === 'author';
}
