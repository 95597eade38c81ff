import { Scores } from './scores.ts';
import type { Segment } from './segment.ts';
import { presentSlots, type Slots } from './select.ts';
import { TopicReader } from './topic.ts';
import { WordPlaces } from './word-places.ts';

/** Room for papers to come, so that not every one of them needs new buffers. */
const SPARE = 1000;

interface Presence {
  size: number;
  present: Slots;
  gone: number[];
}

/** What the rankers of one index use again: buffers, and what they know of segments that did not change. */
export class Workspace {
  private readonly idle: Scores[] = [];
  private readonly presences = new Map<Segment, Presence>();
  private readonly readers = new Map<Segment, { words: number; reader: TopicReader }>();
  private readonly wordPlaces = new Map<Segment, WordPlaces>();

  /** Scores for one query, which gives them back: queries may take turns. */
  take(size: number): Scores {
    const known = this.idle.pop();
    return known && known.values.length >= size ? known : new Scores(size + SPARE);
  }

  giveBack(scores: Scores): void {
    this.idle.push(scores);
  }

  /** To be told when a paper of the segment went. */
  forget(segment: Segment): void {
    this.presences.delete(segment);
  }

  /** The slots of papers that are there, and of those that went. */
  presence(segment: Segment): Presence {
    const known = this.presences.get(segment);
    if (known?.size === segment.size) return known;
    const present = presentSlots(segment);
    const { gone } = segment.columns;
    const slots = present.length === segment.size ? [] : [...Array(segment.size).keys()].filter((slot) => gone[slot]);
    const presence = { size: segment.size, present, gone: slots };
    this.presences.set(segment, presence);
    return presence;
  }

  reader(segment: Segment): TopicReader {
    const known = this.readers.get(segment);
    if (known?.words === segment.words.size) return known.reader;
    const reader = new TopicReader(segment);
    this.readers.set(segment, { words: segment.words.size, reader });
    return reader;
  }

  places(segment: Segment, stems: readonly string[]): Uint16Array {
    const known = this.wordPlaces.get(segment) ?? new WordPlaces();
    this.wordPlaces.set(segment, known);
    return known.of(segment, stems);
  }
}
