/** Why a document could not be read. */
export interface Fault {
  /** Line in the document, from 1; `null` when no line is to blame. */
  line: number | null;
  /** What was wrong, and what to do. */
  reason: string;
}

/** One document that a source holds ready. */
export interface SourceDocument {
  /** Its path or address, for the operator. */
  file: string;
  /** Its file name or address, as kept with the digest for everybody. */
  origin: string;
  /**
   * Its bytes; `null` when it is there no more, or not ready after all.
   * @throws UserError when it cannot be read.
   */
  read(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Called when it has been stored. Returns what went wrong with putting it away, in words, or `null`. */
  done(): Promise<string | null>;
  /** Called when it could not be read. Returns what went wrong with putting it away, in words, or `null`. */
  refuse(fault: Fault): Promise<string | null>;
}

/** Where digests come from. */
export interface Source {
  /** As stored with each digest. */
  name: string;
  /**
   * What waits to be read, in the order in which to read it.
   * @throws UserError when the source cannot be reached.
   */
  documents(): Promise<SourceDocument[]>;
}
