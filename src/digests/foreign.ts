import { UnreadableDigestError } from './unreadable.ts';

const HOW = 'Open the page in a browser, copy its text and save it as a text file.';
const HEAD_LENGTH = 20_000;

/** Texts that are certainly no page copied as text, and what to do about each. */
const FOREIGN: readonly { pattern: RegExp; what: string }[] = [
  {
    pattern: /^\s*<(?:!--|(?:!doctype|html|head|body|div|meta|script|svg)\b)/i,
    what: `This is HTML, not text. ${HOW}`,
  },
  { pattern: /^\s*<(?:\?xml|rss|feed)\b/i, what: `This is XML, but no RSS or Atom feed. ${HOW}` },
  {
    pattern: /^\s*\[\s*(?:\{|\]\s*$)/,
    what: 'This is one JSON array. Write one JSON object a line, without brackets around them and commas between them.',
  },
  {
    pattern: /^\s*\{\s*[\r\n]\s*"/,
    what: 'These are JSON objects over several lines. Write one JSON object a line.',
  },
];

/** @throws UnreadableDigestError when the text is of a kind that people often save by mistake. */
export function refuseForeign(text: string): void {
  const head = text.slice(0, HEAD_LENGTH);
  const found = FOREIGN.find(({ pattern }) => pattern.test(head));
  if (found) throw new UnreadableDigestError(lineOfMatch(head, found.pattern), found.what);
}

function lineOfMatch(text: string, pattern: RegExp): number {
  const match = pattern.exec(text);
  const before = text.slice(0, (match?.index ?? 0) + (match?.[0].search(/\S/) ?? 0));
  return before.split(/\r\n|\n|\r/).length;
}
