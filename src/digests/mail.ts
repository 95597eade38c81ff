import PostalMime, { type Email } from 'postal-mime';
import { errorText } from '../core/errors.ts';
import { textOfHtml } from './html-text.ts';
import { dayOfMoment } from './moment.ts';
import { hasCertainLayout } from './read.ts';
import { unwrap } from './unwrap.ts';
import { withoutControls } from './windows-1252.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Bytes in which the headers that tell a mail must end. */
const HEAD_LENGTH = 100_000;
const LIMITS = { maxNestingDepth: 30, maxHeadersSize: 500_000, maxRfc822NestingDepth: 3 };
/** RFC 5322, section 3.6, and what servers add. A mail has two of them or more. */
const HEADERS =
  /^(?:from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|sender|reply-to|content-type|list-id):/i;
const HEADER_LINE = /^[!-9;-~]+:|^[ \t]|^>?From /;
/** arXiv's longest mails have some 30,000. Taking a mail apart costs some 20 µs a line. */
const MOST_LINES = 100_000;
const LINE_FEED = 0x0a;
const SIGNATURE = /^-- $/m;
/** What mailings say below the last paper. */
const FOOTER =
  /\b(?:unsubscribe|manage (?:your )?(?:e-?mail |notification )?(?:preferences|settings|subscriptions?)|view (?:this|it) (?:e-?mail )?in (?:a|your) browser|you(?:'re| are) receiving this)\b/i;
const LONGEST_FOOTER = 300;

/** What a mail says. */
export interface Mail {
  /**
   * Its bodies, as texts that may be digests; the likeliest first.
   * @throws UnreadableDigestError when a body cannot be had as text.
   */
  bodies: (() => string)[];
  /** The day it was sent, `YYYY-MM-DD`, in UTC. */
  sentOn: string | null;
}

/** Whether a document is an e-mail as mail programs save it (`.eml`): two known headers or more, before a blank line. */
export function isMail(document: Uint8Array | string): boolean {
  const head = (
    typeof document === 'string' ? document : Buffer.from(document.subarray(0, HEAD_LENGTH)).toString('latin1')
  )
    .slice(0, HEAD_LENGTH)
    .replace(/^\s*/, '');
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  const lines = head.slice(0, end).split(/\r?\n/);
  return lines.every((line) => HEADER_LINE.test(line)) && lines.filter((line) => HEADERS.test(line)).length >= 2;
}

/**
 * Takes a mail apart. Attachments are left alone.
 *
 * @throws UnreadableDigestError when it is damaged, has no text, or more lines than any digest.
 */
export async function readMail(document: Uint8Array | string): Promise<Mail> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  if (countLines(bytes) > MOST_LINES) {
    throw new UnreadableDigestError(MOST_LINES, `A mail has at most ${MOST_LINES} lines. Send it without attachments.`);
  }
  const { text, html, date } = await parse(bytes);
  const bodies = [
    ...(text?.trim() ? [() => tidy(withoutControls(text))] : []),
    ...(html?.trim() ? [() => tidy(textOfHtml(withoutControls(html))), () => html] : []),
  ];
  if (bodies.length === 0) throw new UnreadableDigestError(1, 'This mail has no text.');
  return { bodies, sentOn: date === undefined ? null : dayOfMoment(date) };
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let feed = bytes.indexOf(LINE_FEED); feed !== -1; feed = bytes.indexOf(LINE_FEED, feed + 1)) lines += 1;
  return lines;
}

async function parse(document: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(document, LIMITS);
  } catch (error) {
    throw new UnreadableDigestError(1, `This mail is damaged: ${errorText(error)}.`);
  }
}

/** Without what mailings add below, and with whole lines where the layout does not tell by itself what belongs together. */
function tidy(body: string): string {
  if (hasCertainLayout(body)) return body;
  const signature = SIGNATURE.exec(body)?.index;
  const lines = body.slice(0, signature).split(/\r\n|\n|\r/);
  while (lines.length > 0 && isFooter(lines.at(-1) ?? '')) lines.pop();
  return unwrap(lines.join('\n'));
}

function isFooter(line: string): boolean {
  return line.trim() === '' || (line.length <= LONGEST_FOOTER && FOOTER.test(line));
}
