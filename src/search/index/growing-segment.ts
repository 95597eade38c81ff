import { titleKey } from '../../core/identity.ts';
import type { Paper } from '../../core/paper.ts';
import { textsOf } from '../analysed-paper.ts';
import { TEXT_FIELDS, type TextField } from '../query/node.ts';
import { namesCode } from '../text/code.ts';
import { isStopword } from '../text/stopwords.ts';
import { stemOf } from '../text/stem.ts';
import { tokens } from '../text/tokens.ts';
import { Bytes } from './bytes.ts';
import { type Columns, columnsOf } from './columns.ts';
import { hash, nameHash, titleHash } from './hash.ts';
import {
  BETWEEN_TEXTS,
  END_OF_FIELD,
  MARKS,
  MOST_IN_ABSTRACT,
  MOST_IN_OTHERS,
  MOST_IN_TITLE,
  type Segment,
  type Stretch,
  TITLE_WEIGHT,
  WHOLE,
} from './segment.ts';
import { GrowingVocabulary } from './vocabulary.ts';

interface Postings {
  bytes: Bytes;
  count: number;
  lastSlot: number;
}

/** How often a stem is in the title, the abstract, and the other fields of one paper. */
type Counts = [title: number, abstract: number, others: number];

const NOTHING: Stretch = { data: new Uint8Array(0), start: 0, end: 0 };

/** Papers as they arrive. */
export class GrowingSegment implements Segment {
  readonly words = new GrowingVocabulary();
  readonly stems = new GrowingVocabulary();
  columns: Columns = columnsOf(64);
  size = 0;
  totalLength = 0;
  stemsOfWords: Uint32Array = new Uint32Array(1024);
  readonly texts = new Bytes(1024);
  readonly textOffsets: number[] = [0];
  readonly titles: string[] = [];
  /** All keywords, and organisations by how many papers they published. */
  readonly keywords: string[] = [];
  readonly organizations = new Map<string, number>();
  private readonly titleKeys: string[] = [];
  private readonly wordsByStem: number[][] = [];
  private readonly postingsOfStems: Postings[] = [];
  private readonly slots = new Map<number, number>();

  /** Adds a paper that is not in this segment. */
  add(paper: Paper): void {
    const slot = this.size;
    if (slot === this.columns.id.length) this.columns = columnsOf(slot * 2, this.columns, slot);
    const counts = new Map<number, Counts>();
    const length = this.addTexts(textsOf(paper), counts);
    for (const [stem, [title, abstract, others]] of counts) this.addPosting(stem, slot, title, abstract, others);
    this.textOffsets.push(this.texts.length);
    this.titles.push(paper.title);
    this.titleKeys.push(titleKey(paper.title));
    this.keywords.push(...(paper.keywords ?? []));
    const organization = paper.organization?.name;
    if (organization) this.organizations.set(organization, (this.organizations.get(organization) ?? 0) + 1);
    this.columns.id[slot] = paper.id;
    this.columns.length[slot] = length;
    this.totalLength += this.columns.length[slot];
    this.columns.textHash[slot] = textHash(paper);
    this.columns.titleHash[slot] = titleHash(paper.title);
    this.columns.nameHash[slot] = nameHash(paper.title, paper.abstract);
    setFacts(this.columns, slot, paper);
    this.slots.set(paper.id, slot);
    this.size += 1;
  }

  stemOfWord(word: number): number {
    return this.stemsOfWords[word] ?? -1;
  }

  wordsOfStem(stem: number): number[] {
    return this.wordsByStem[stem] ?? [];
  }

  postings(stem: number): Stretch {
    const postings = this.postingsOfStems[stem];
    return postings ? { data: postings.bytes.data, start: 0, end: postings.bytes.length } : NOTHING;
  }

  frequency(stem: number): number {
    return this.postingsOfStems[stem]?.count ?? 0;
  }

  text(slot: number): Stretch {
    return { data: this.texts.data, start: this.textOffsets[slot] ?? 0, end: this.textOffsets[slot + 1] ?? 0 };
  }

  title(slot: number): string {
    return this.titles[slot] ?? '';
  }

  slotOf(paperId: number): number {
    const slot = this.slots.get(paperId) ?? -1;
    return slot >= 0 && this.columns.gone[slot] === 0 ? slot : -1;
  }

  titlesFrom(key: string, limit: number): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.size && slots.length < limit; slot++) {
      if (this.titleKeys[slot]?.startsWith(key)) slots.push(slot);
    }
    return slots;
  }

  /** Slots in the order of their titles. */
  titleOrder(): Uint32Array {
    const keys = this.titleKeys;
    return Uint32Array.from(keys.keys()).sort((a, b) => compareTexts(keys[a] ?? '', keys[b] ?? '') || a - b);
  }

  /** Returns the weighted number of telling words. */
  private addTexts(texts: Record<TextField, string[]>, counts: Map<number, Counts>): number {
    let length = 0;
    for (const field of TEXT_FIELDS) {
      const place = field === 'title' ? 0 : field === 'abstract' ? 1 : 2;
      const weight = [TITLE_WEIGHT, 1, 0][place] ?? 0;
      texts[field].forEach((text, index) => {
        if (index > 0) this.texts.pushNumber(BETWEEN_TEXTS);
        length += weight * this.addText(text, place, counts);
      });
      this.texts.pushNumber(END_OF_FIELD);
    }
    return length;
  }

  private addText(text: string, place: 0 | 1 | 2, counts: Map<number, Counts>): number {
    let telling = 0;
    for (const { word, whole } of tokens(text)) {
      const id = this.addWord(word);
      if (whole) this.texts.pushNumber(WHOLE);
      else if (!isStopword(word)) telling += 1;
      this.texts.pushNumber(id + MARKS);
      const stem = this.stemsOfWords[id] ?? 0;
      const count = counts.get(stem);
      if (count) count[place] += 1;
      else counts.set(stem, [Number(place === 0), Number(place === 1), Number(place === 2)]);
    }
    return telling;
  }

  private addWord(word: string): number {
    const known = this.words.size;
    const id = this.words.add(word);
    if (id < known) return id;
    const stem = this.stems.add(stemOf(word));
    if (id === this.stemsOfWords.length) this.stemsOfWords = enlarged(this.stemsOfWords);
    this.stemsOfWords[id] = stem;
    (this.wordsByStem[stem] ??= []).push(id);
    return id;
  }

  private addPosting(stem: number, slot: number, title: number, abstract: number, others: number): void {
    const postings = (this.postingsOfStems[stem] ??= { bytes: new Bytes(), count: 0, lastSlot: -1 });
    postings.bytes.pushNumber(slot - postings.lastSlot);
    const counts =
      (Math.min(title, MOST_IN_TITLE) << 6) |
      (Math.min(abstract, MOST_IN_ABSTRACT) << 2) |
      Math.min(others, MOST_IN_OTHERS);
    postings.bytes.push(counts);
    postings.lastSlot = slot;
    postings.count += 1;
  }
}

function enlarged(numbers: Uint32Array): Uint32Array {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** The hash of everything of a paper that is searched as text. */
export function textHash(paper: Paper): number {
  return hash(JSON.stringify(textsOf(paper)));
}

/** Stores what filters and sorting ask for; it may change at any time. */
export function setFacts(columns: Columns, slot: number, paper: Paper): void {
  columns.day[slot] = dayNumber(paper.publishedOn ?? '');
  columns.comments[slot] = paper.comments ?? -1;
  columns.votes[slot] = paper.upvotes ?? -1;
  columns.code[slot] = Number(namesCode(paper));
}

/** `2025-01-31` as 20250131; 0 for anything else. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll('-', '')) || 0;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
