import type { Clock } from '../core/clock.ts';
import type { Http } from './http/http.ts';
import type { Expected } from '../core/paper.ts';
import type { Fault } from './source.ts';

/** What is known of the last answer of an address. */
export interface Fetched {
  fetchedAt: Date;
  /** SHA-256 of the body, hexadecimal; empty when it could not be read. */
  contentHash: string;
  etag: string | null;
  lastModified: string | null;
  /** Days of the week on which the document says that it does not change; 0 is Sunday. */
  restDays: number[];
}

/** A document as it came, and how it is to be read. */
interface KeptDocument {
  source: string;
  origin: string;
  raw: Uint8Array<ArrayBuffer>;
  expected: Expected;
}

/** What sources remember from one look to the next. */
interface SourceMemory {
  recall(address: string): Promise<Fetched | null>;
  keep(address: string, fetched: Fetched): Promise<void>;
  /** Keeps a document that cannot be read, as it came, until one from the same origin can be. */
  keepUnreadable(document: KeptDocument, fault: Fault): Promise<void>;
  forgetUnreadable(source: string, origin: string): Promise<void>;
}

/** What sources may use. */
export interface SourceTools {
  clock: Clock;
  /** IANA name; decides which day it is. */
  timezone: string;
  /** Size of the largest file, in bytes. */
  limit: number;
  http: Http;
  memory: SourceMemory;
  /** Aborted when this look at the sources has to end. */
  signal: AbortSignal;
}
