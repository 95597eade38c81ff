import type { Span } from '../search/result.ts';
import { safeUrl } from './links.ts';
import { clean, cleanInline, cut } from './text.ts';

/** Everything that can begin or end a mark, a mention, a link or an emoji. */
const MARKS = /[\\*_~`|[\]<>]/g;
const ADDRESS = /https?:\/\/[^\s<>()[\]{}"'`|\\^]+[^\s<>()[\]{}"'`|\\^.,;:!?]/g;

/** A zero-width space: what follows is no mention of everybody, on any client. */
const APART = '\u200B';

/** Nothing that could be escaped. */
const HARMLESS = /^[A-Za-z0-9 ,;]*$/;

/** `text` with everything escaped that Discord would read as Markdown, a mention or an address. */
function escape(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(MARKS, '\\$&')
    .replace(/^(\s*)([#+-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/@(?=everyone|here)/gi, `@${APART}`);
}

/**
 * Outside text as Discord shows it letter by letter: Markdown, mentions and addresses neutralised, at most `max` characters
 * with the escapes counted. May be empty.
 */
export function plain(text: string, max: number): string {
  return cut(escape(clean(text)), max);
}

/** Like `plain`, but http(s) addresses can be pressed; they are shown as they are and never unfold into a preview. */
export function prose(text: string, max: number): string {
  const cleaned = clean(text);
  let shown = '';
  let end = 0;
  for (const match of cleaned.matchAll(ADDRESS)) {
    const url = safeUrl(match[0]);
    if (!url) continue;
    shown += `${escape(cleaned.slice(end, match.index))}<${url}>`;
    end = match.index + match[0].length;
  }
  return cut(shown + escape(cleaned.slice(end)), max);
}

/** Outside text in which the marked words are bold; the rest as in `plain`. */
export function highlighted(spans: Span[], max: number): string {
  let shown = '';
  for (const { text, marked } of merge(spans)) {
    const part = escape(text);
    const room = max - shown.length - (marked ? 4 : 0);
    const fitted = cut(part, room);
    shown += marked ? bold(fitted) : fitted;
    if (fitted !== part) break;
  }
  return shown.trim();
}

/** The spans cleaned, and neighbours of one kind made one, blanks between them included: `**a****b**` is not bold. */
function merge(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const text = cleanInline(span.text);
    const last = merged.at(-1);
    if (last && (last.marked === span.marked || !text.trim())) last.text += text;
    else if (text) merged.push({ text, marked: span.marked });
  }
  return merged;
}

/** White space stays outside the marks, where Discord wants it. */
function bold(text: string): string {
  return text.replace(/^(\s*)(\S[^]*?)(\s*)$/, '$1**$2**$3');
}

/** A masked link. `text` must be rendered, `url` come from `links.ts`. */
export function link(text: string, url: string): string {
  return `[${text}](${url})`;
}
