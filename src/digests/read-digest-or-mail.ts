import type { Digest } from '../core/paper.ts';
import { mayBeLetter } from './letter.ts';
import { isMail, readMail } from './mail.ts';
import { MAX_PAGE_BYTES, readDigest, type ReadOptions, refuseAbove, UnreadableDigestError } from './read.ts';

const LETTER = 'This may be a letter: it shows nothing of the Daily Papers page, and few abstracts.';

/**
 * Reads a digest as it comes from a source: the digest itself, or an e-mail around it. Of a mail with several bodies the one
 * that lists most papers counts; its lines are those of that body, and the day the mail was sent is the day of reading.
 *
 * @throws UnreadableDigestError when nothing certain can be read, with the line and what to do.
 * @throws RangeError when a day in `options` is not of the form `YYYY-MM-DD`.
 */
export async function readDigestOrMail(document: Uint8Array | string, options: ReadOptions): Promise<Digest> {
  if (!isMail(document)) return readDigest(document, options);
  refuseAbove(MAX_PAGE_BYTES, document, 'mail');
  const { bodies, sentOn } = await readMail(document);
  const today = options.date ?? options.readOn;
  const date = sentOn !== null && sentOn <= today ? sentOn : options.date;
  const readings = bodies.map((body) => attempt(body, { ...options, date }));
  const digests = readings.flatMap((reading) => (reading instanceof UnreadableDigestError ? [] : reading));
  const [best] = digests.sort((a, b) => b.entries.length - a.entries.length || a.rejected.length - b.rejected.length);
  if (best) return best;
  const [fault] = readings;
  if (fault instanceof UnreadableDigestError) {
    throw new UnreadableDigestError(
      fault.line,
      `This mail lists no papers in a layout that is known. ${fault.message}`,
    );
  }
  throw new UnreadableDigestError(1, 'This mail lists no papers.');
}

function attempt(body: () => string, options: ReadOptions): Digest | UnreadableDigestError {
  try {
    const text = body();
    const digest = readDigest(text, options);
    return mayBeLetter(text, digest) ? new UnreadableDigestError(1, LETTER) : digest;
  } catch (error) {
    if (error instanceof UnreadableDigestError) return error;
    throw error;
  }
}
