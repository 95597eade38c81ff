import type { Expected } from '../core/paper.ts';

/** Why a document could not be read. */
export interface Fault {
  /** Line in the document, from 1; `null` when no line is to blame. */
  line: number | null;
  /** What was wrong, and what to do. */
  reason: string;
}

/** One document that a source holds ready. */
export interface SourceDocument extends Expected {
  /** Its path or address, for the operator. */
  file: string;
  /** Its file name or address, as kept with the digest for everybody. */
  origin: string;
  /**
   * Its bytes; `null` when it is there no more, not ready after all, or as it was when last read.
   * @throws UserError when it cannot be had; `FetchError` tells whether trying again later may help.
   */
  read(): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Called when it has been stored, with how many parts of it could not be read. Returns what went wrong with putting it
   * away, in words, or `null`.
   */
  done(rejections?: number): Promise<string | null>;
  /** Called when it could not be read. Returns what went wrong with putting it away, in words, or `null`. */
  refuse(fault: Fault): Promise<string | null>;
}

/** When a source publishes. */
export interface Calendar {
  /** Days of the week, in UTC, on which nothing is published; 0 is Sunday. */
  restDays: readonly number[];
  /** The holiday for which nothing is published on a day in UTC, `YYYY-MM-DD`; `null` on other days. */
  holiday?: (day: string) => string | null;
  /** Its silence is too long after so many days on which it should have published. */
  staleAfterDays: number;
}

/** Where digests come from. */
export interface Source {
  /** As stored with each digest. */
  name: string;
  /** When it publishes; by default it may be silent for as long as it likes. */
  calendar?: Calendar;
  /** Whether it is time to look; by default always. */
  isDue?(): Promise<boolean>;
  /**
   * What waits to be read, in the order in which to read it.
   * @throws UserError when the source cannot be reached.
   */
  documents(): Promise<SourceDocument[]>;
}
