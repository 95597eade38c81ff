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
import { postingsOf } from './postings.ts';
import { ABSTRACT_BITS, OTHER_BITS, type Segment, TITLE_BITS } from './segment.ts';
import { LOOK, type Pace, type Steps } from './steps.ts';
import { holdsPhrase, holdsWord } from './words-of.ts';

/** Slots, ascending. */
export type Slots = Int32Array;

/**
 * The papers of a segment that match a query, of those in `within`. The same papers for which `matches` holds, found through the postings.
 */
export function* select(segment: Segment, node: Node, within: Slots, pace: Pace): Steps<Slots> {
  if (within.length === 0) return within;
  if (isFilter(node)) return kept(within, passing(segment, node));
  switch (node.kind) {
    case 'and': {
      let left = within;
      for (const child of inOrderOfCost(segment, node.nodes)) left = yield* select(segment, child, left, pace);
      return left;
    }
    case 'or':
      return yield* either(segment, node.nodes, within, pace);
    case 'not':
      return without(within, yield* select(segment, node.node, within, pace));
    case 'word':
      return yield* selectWord(segment, node, within, pace);
    case 'phrase':
      return yield* selectPhrase(segment, node, within, pace);
    default:
      return yield* selectPrefix(segment, node, within, pace);
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

function* selectWord(segment: Segment, node: WordNode, within: Slots, pace: Pace): Steps<Slots> {
  const ids = node.stems.map((stem) => segment.stems.idOf(stem)).filter((id) => id >= 0);
  const postings = ids.reduce((sum, id) => sum + segment.frequency(id), 0);
  const isFew = within.length * LOOK < postings;
  const found = isFew ? within : withAnyStem(segment, ids, bitsOf(node.field), within);
  if (!isFew && pace.isDue(postings)) yield;
  if (!isFew && !isName(node.field)) return found;
  const key = (word: number) => segment.stemOfWord(word);
  return yield* lookedUp(
    found,
    (slot) => ids.some((id) => holdsPhrase(segment, slot, node.field, { keys: [id], key })),
    pace,
  );
}

function* selectPhrase(segment: Segment, node: PhraseNode, within: Slots, pace: Pace): Steps<Slots> {
  const bits = bitsOf(node.field);
  const stems = tellingStems(node.words).map((stem) => segment.stems.idOf(stem));
  const keys = node.inflected
    ? node.words.map((word) => segment.stems.idOf(stemOf(word)))
    : node.words.map((word) => segment.words.idOf(word));
  if (keys.includes(-1)) return within.subarray(0, 0);
  const rareFirst = [...new Set(stems)].sort((a, b) => segment.frequency(a) - segment.frequency(b));
  let candidates = within;
  for (const stem of rareFirst) {
    candidates = withAnyStem(segment, [stem], bits, candidates);
    if (pace.isDue(segment.frequency(stem))) yield;
  }
  const key = node.inflected ? (word: number) => segment.stemOfWord(word) : (word: number) => word;
  return yield* lookedUp(candidates, (slot) => holdsPhrase(segment, slot, node.field, { keys, key }), pace);
}

/** Papers are looked up one by one only where a stem has words without the prefix, too, or where few papers are left. */
function* selectPrefix(segment: Segment, node: PrefixNode, within: Slots, pace: Pace): Steps<Slots> {
  const words = segment.words.withPrefix(node.prefix);
  const wanted = new Uint8Array(segment.words.size);
  for (const word of words) wanted[word] = 1;
  const found = new Uint8Array(segment.size);
  const few = node.field === 'title' ? FEW_TITLES : FEW;
  if (within.length < Math.min(few, segment.size / 4)) found.fill(UNSURE);
  else if (pace.isDue(markStems(segment, words, node.field, found))) yield;
  return yield* lookedUp(
    kept(within, (slot) => found[slot] !== 0),
    (slot) => found[slot] === SURE || holdsWord(segment, slot, node.field, wanted),
    pace,
  );
}

/** Those of `slots` that pass a test which reads their text. */
function* lookedUp(slots: Slots, holds: (slot: number) => boolean, pace: Pace): Steps<Slots> {
  const found = new Int32Array(slots.length);
  let count = 0;
  for (let i = 0; i < slots.length; i++) {
    if (holds(slots[i]!)) found[count++] = slots[i]!;
    if (pace.isDue(LOOK)) yield;
  }
  return found.subarray(0, count);
}

/** Those of `slots` that pass a quick test. */
function kept(slots: Slots, passes: (slot: number) => boolean): Slots {
  const found = new Int32Array(slots.length);
  let count = 0;
  for (let i = 0; i < slots.length; i++) if (passes(slots[i]!)) found[count++] = slots[i]!;
  return found.subarray(0, count);
}

/** So few papers are sooner looked up than found through the postings. */
const FEW = 1000;
const FEW_TITLES = 10_000;
const SURE = 1;
const UNSURE = 2;

/**
 * Marks the papers that have a stem of one of the words: sure where all words of the stem are among them. Returns how many
 * postings were read.
 */
function markStems(segment: Segment, words: number[], field: TextField | null, found: Uint8Array): number {
  const among = new Map<number, number>();
  for (const word of words) {
    const stem = segment.stemOfWord(word);
    among.set(stem, (among.get(stem) ?? 0) + 1);
  }
  const isSure = (stem: number) => !isName(field) && among.get(stem) === segment.wordsOfStem(stem).length;
  const stems = [...among.keys()];
  for (const stem of stems) if (!isSure(stem)) markPostings(segment, stem, bitsOf(field), found, UNSURE);
  for (const stem of stems) if (isSure(stem)) markPostings(segment, stem, bitsOf(field), found, SURE);
  return stems.reduce((sum, stem) => sum + segment.frequency(stem), 0);
}

/** The slots of `within` that have one of the stems in the fields that `bits` cover. */
function withAnyStem(segment: Segment, stems: number[], bits: number, within: Slots): Slots {
  if (stems.length === 1) return intersect(segment, stems[0]!, bits, within);
  const found = new Uint8Array(segment.size);
  for (const stem of stems) markPostings(segment, stem, bits, found, SURE);
  return kept(within, (slot) => found[slot] !== 0);
}

function intersect(segment: Segment, stem: number, bits: number, within: Slots): Slots {
  const { slots, counts, length } = postingsOf(segment, stem);
  const found = new Int32Array(Math.min(within.length, length));
  let count = 0;
  let next = 0;
  for (let i = 0; i < length && next < within.length; i++) {
    const slot = slots[i]!;
    next = leap(within, next, slot);
    if (within[next] === slot && (counts[i]! & bits) !== 0) found[count++] = slot;
  }
  return found.subarray(0, count);
}

/** The first place from `from` whose slot is not below `least`, in steps that double: one list may be much longer than the other. */
function leap(slots: Slots, from: number, least: number): number {
  let place = from;
  for (let step = 1; step > 0;) {
    const isBelow = place + step <= slots.length && slots[place + step - 1]! < least;
    if (isBelow) place += step;
    step = isBelow ? step * 2 : step >> 1;
  }
  return place;
}

function markPostings(segment: Segment, stem: number, bits: number, found: Uint8Array, mark: number): void {
  const { slots, counts, length } = postingsOf(segment, stem);
  for (let i = 0; i < length; i++) if ((counts[i]! & bits) !== 0) found[slots[i]!] = mark;
}

function* either(segment: Segment, nodes: Node[], within: Slots, pace: Pace): Steps<Slots> {
  const found = new Uint8Array(segment.size);
  for (const node of nodes) {
    if (node.kind !== 'word' || isName(node.field)) {
      for (const slot of yield* select(segment, node, within, pace)) found[slot] = SURE;
    } else if (pace.isDue(markWord(segment, node, found))) yield;
  }
  return kept(within, (slot) => found[slot] !== 0);
}

/** Returns how many postings were read. */
function markWord(segment: Segment, { stems, field }: WordNode, found: Uint8Array): number {
  const ids = stems.map((stem) => segment.stems.idOf(stem)).filter((id) => id >= 0);
  for (const id of ids) markPostings(segment, id, bitsOf(field), found, SURE);
  return ids.reduce((sum, id) => sum + segment.frequency(id), 0);
}

function without(slots: Slots, others: Slots): Slots {
  let next = 0;
  return kept(slots, (slot) => {
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
