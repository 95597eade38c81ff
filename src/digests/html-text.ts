import { walkMarkup } from './markup.ts';

/** Elements whose text is no text of the page. */
const SILENT = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'title',
  'button',
  'select',
  'object',
]);
/** Elements that stand alone, as paragraphs do. */
const BLOCKS = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
/** A `<` that begins no tag and no comment: TeX and formulas have them. */
const BARE_LESS_THAN = /<(?!\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|!)/gi;

/**
 * The text of HTML, one paragraph a line and a blank line between two, with the line breaks of `br` and `pre`. Nothing is
 * executed or fetched.
 *
 * @throws UnreadableDigestError when elements are nested too deep, or are too many.
 */
export function textOfHtml(html: string): string {
  const pieces: string[] = [];
  let silent = 0;
  let preformatted = 0;
  const mark = (name: string) => {
    if (BLOCKS.has(name)) pieces.push('\n\n');
    if (name === 'br') pieces.push('\n');
  };
  walkMarkup(html.replace(BARE_LESS_THAN, '&lt;'), 'html', {
    open: (name) => {
      if (SILENT.has(name)) silent += 1;
      if (name === 'pre') preformatted += 1;
      mark(name);
    },
    text: (text) => {
      if (silent === 0) pieces.push(preformatted > 0 ? text : text.replace(/\s+/g, ' '));
    },
    close: (name) => {
      if (SILENT.has(name)) silent -= 1;
      if (name === 'pre') preformatted -= 1;
      if (name !== 'br') mark(name);
    },
  });
  return tidy(pieces.join(''));
}

/** Without blanks at the ends of lines, and with at most one blank line in a row. */
function tidy(text: string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const trimmed = line.trimEnd();
    if (trimmed !== '' || (lines.at(-1) ?? '') !== '') lines.push(trimmed);
  }
  return lines.join('\n').trim();
}
