/** Characters that show nothing or reorder what is around them; the two variation selectors belong to emoji. */
const INVISIBLE = /(?![\uFE0E\uFE0F])[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** More accents on one letter than this are a prank. */
const STACKED_ACCENTS = /(\p{M}{4})\p{M}+/gu;

/**
 * Anything but printable ASCII and Latin-1, dashes, quotes, dots and single blanks: most texts have none of it, are harmless as
 * they are, and have a grapheme in each character.
 */
const UNUSUAL = /[^ -~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027]| {2}/;

/**
 * Outside text made harmless to lay out: no control, bidi, zero-width or half characters, no towers of accents, one kind of
 * white space. Paragraphs (blank lines) are kept, other line breaks become spaces. It may be empty.
 */
export function clean(text: string): string {
  if (!UNUSUAL.test(text)) return text.trim();
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => cleanInline(paragraph).trim())
    .filter(Boolean)
    .join('\n\n');
}

/** The same for a part of a line: white space at its ends stays, as one blank. */
export function cleanInline(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(INVISIBLE, '')
    .replace(STACKED_ACCENTS, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ');
}

/** Outside text on one line, `max` characters at most, for places that show no Markdown: labels, choices, footers. */
export function label(text: string, max: number): string {
  return cut(UNUSUAL.test(text) ? clean(text).replace(/\s+/g, ' ') : text.trim(), max);
}

/** The same text beginning with a capital, as a sentence does. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * What must not be cut in two: masked links, addresses and mentions in angle brackets, escaped characters (CommonMark lets only
 * ASCII punctuation be escaped: https://spec.commonmark.org/0.31.2/#backslash-escapes).
 */
const WHOLE = /\[(?:\\[^]|[^\\[\]]){1,400}\]\([^()\s]{1,600}\)|<[^<>\s]{1,600}>|\\[!-/:-@[-`{-~]/uy;
const BEGINS_WHOLE = new Set(['[', '<', '\\'].map((character) => character.charCodeAt(0)));

/**
 * The parts of rendered text that stay together, in order, as far as they begin within `length`. Finding one grapheme takes
 * time that grows with the whole text (Node 20), so the segmenter sees no more of it than needed.
 */
function* parts(text: string, length: number): Generator<string> {
  const looked = text.slice(0, length + 1500);
  const graphemes = UNUSUAL.test(looked) ? segmenter.segment(looked) : null;
  for (let at = 0; at < length;) {
    const last = at + lengthOfWhole(text, at) - 1;
    const grapheme = graphemes?.containing(last);
    const end = grapheme ? grapheme.index + grapheme.segment.length : last + 1;
    yield text.slice(at, end);
    at = end;
  }
}

function lengthOfWhole(text: string, at: number): number {
  if (!BEGINS_WHOLE.has(text.charCodeAt(at))) return 1;
  WHOLE.lastIndex = at;
  return WHOLE.exec(text)?.[0].length ?? 1;
}

/**
 * At most `max` UTF-16 code units of `text`, ending in an ellipsis where something was cut: between words unless that loses
 * more than a third, never within a grapheme, a link, a mention or an escape.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  let kept = '';
  let words = '';
  for (const part of parts(text, max)) {
    if (/^\s/.test(part)) words = kept;
    if (kept.length + part.length > max - 1) break;
    kept += part;
  }
  return `${(words.length >= (kept.length * 2) / 3 ? words : kept).trimEnd()}…`;
}
