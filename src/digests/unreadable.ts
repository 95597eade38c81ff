import { UserError } from '../core/errors.ts';

/** A document of which nothing certain can be read. The message is the reason and what to do; the file is the caller's. */
export class UnreadableDigestError extends UserError {
  override name = 'UnreadableDigestError';
  /** Line in the document, from 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}
