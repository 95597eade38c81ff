import type { Segment } from './segment.ts';

/** Numbers the words of a few stems among all words of a segment. */
export class WordPlaces {
  private places = new Uint16Array(0);
  private taken: number[] = [];

  /** Of each word: the place of its stem in `stems`, from 1; 0 for all other words. Valid until the next call. */
  of(segment: Segment, stems: readonly string[]): Uint16Array {
    if (this.places.length < segment.words.size) this.places = new Uint16Array(segment.words.size * 1.25);
    else for (const word of this.taken) this.places[word] = 0;
    this.taken = [];
    stems.forEach((stem, place) => {
      for (const word of segment.wordsOfStem(segment.stems.idOf(stem))) {
        this.places[word] = place + 1;
        this.taken.push(word);
      }
    });
    return this.places;
  }
}
