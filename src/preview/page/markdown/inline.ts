import type { Inline } from './tree.ts';

interface Rule {
  /** The characters it can begin with. */
  starts: string;
  pattern: RegExp;
  /** `null` when the text only looked like it. */
  read: (match: RegExpExecArray, nested: (text: string) => Inline[]) => Inline | null;
}

/** Beyond this nesting, marks stay text: nobody writes it, and hostile text must not cost time. */
const DEEPEST = 12;

function span(starts: string, type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', pattern: RegExp): Rule {
  return { starts, pattern, read: (match, nested) => ({ type, content: nested(match[1] ?? '') }) };
}

function mention(type: 'channel' | 'user' | 'role', pattern: RegExp): Rule {
  return { starts: '<', pattern, read: (match) => ({ type, id: match[1] ?? '' }) };
}

/**
 * The order decides where two could begin at the same character. Written after Discord's guide to Markdown
 * (https://support.discord.com/hc/en-us/articles/210298617) and its reference of message formatting
 * (https://discord.com/developers/docs/reference#message-formatting).
 */
const RULES: Rule[] = [
  { starts: '\\', pattern: /\\([^0-9A-Za-z\s])/y, read: (match) => text(match[1] ?? '') },
  {
    starts: '`',
    pattern: /(`+)([^`](?:[^]*?[^`])?)\1(?!`)/y,
    read: (match) => ({ type: 'code', text: (match[2] ?? '').replace(/^ (?=`)|(?<=`) $/g, '') }),
  },
  { starts: '<', pattern: /<(https?:\/\/[^\s<>]+)>/y, read: (match) => link(match[1] ?? '', null, null) },
  {
    starts: '<',
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y,
    read: (match) => ({ type: 'time', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  },
  mention('user', /<@!?(\d{1,20})>/y),
  mention('role', /<@&(\d{1,20})>/y),
  mention('channel', /<#(\d{1,20})>/y),
  {
    starts: '<',
    pattern: /<\/([-_\p{L}\p{N}]{1,32}(?: [-_\p{L}\p{N}]{1,32}){0,2}):(\d{1,20})>/uy,
    read: (match) => ({ type: 'command', path: match[1] ?? '', id: match[2] ?? '' }),
  },
  { starts: '<', pattern: /<a?(:\w{2,32}:)\d{1,20}>/y, read: (match) => text(match[1] ?? '') },
  { starts: '@', pattern: /@(?:everyone|here)/y, read: (match) => ({ type: 'everyone', text: match[0] }) },
  {
    starts: '[',
    pattern:
      /\[((?:\\[^]|[^[\]\\]|\[[^[\]]*\])+)\]\(\s*<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"([^"]*)")?\s*\)/y,
    read: (match, nested) => link(match[2] ?? '', match[3] ?? null, nested(match[1] ?? '')),
  },
  { starts: 'h', pattern: /https?:\/\/[^\s<]+/y, read: (match) => link(withoutTrail(match[0]), null, null) },
  span('*', 'bold', /\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/y),
  span('_', 'underline', /__((?:\\[^]|[^\\])+?)__(?!_)/y),
  span('~', 'strike', /~~((?:\\[^]|[^\\])+?)~~/y),
  span('|', 'spoiler', /\|\|((?:\\[^]|[^\\])+?)\|\|/y),
  span(
    '*',
    'italic',
    /\*(?![\s*])((?:\\[^]|\*\*(?:\\[^]|[^\\*])+\*\*|[^\\*])*?(?:\\[^]|\*\*(?:\\[^]|[^\\*])+\*\*|[^\\\s*]))\*(?!\*)/y,
  ),
  span('_', 'italic', /_(?!_)((?:\\[^]|__(?:\\[^]|[^\\_])+__|[^\\_])+)_(?![\p{L}\p{N}_])/uy),
];

const STARTS = new Set(RULES.map((rule) => rule.starts));

function text(value: string): Inline {
  return { type: 'text', text: value };
}

/** Punctuation that ends the sentence rather than the address; a closing bracket belongs to it when it opened within. */
function withoutTrail(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1] ?? '';
    const inside = address.slice(0, end);
    const unbalanced = last === ')' && inside.split(')').length > inside.split('(').length;
    if (!unbalanced && !'.,:;"\'!?]*_~|'.includes(last)) break;
    end -= 1;
  }
  return address.slice(0, end);
}

function link(url: string, title: string | null, content: Inline[] | null): Inline | null {
  if (!URL.canParse(url)) return null;
  return { type: 'link', url, title, content: content === null ? [text(url)] : content.flatMap(withoutLinks) };
}

/** A link cannot stand inside a link. */
function withoutLinks(node: Inline): Inline[] {
  return node.type === 'link' ? node.content : [node];
}

/** Bare addresses end before the pattern does; everything else is as long as its match. */
function lengthOf(node: Inline, match: RegExpExecArray): number {
  return node.type === 'link' && match[0].startsWith('http') ? node.url.length : match[0].length;
}

function pushText(nodes: Inline[], value: string): void {
  const last = nodes.at(-1);
  if (last?.type === 'text') last.text += value;
  else if (value !== '') nodes.push(text(value));
}

/** Reads the marks of one stretch of text; never throws, and what is no mark stays as it is. */
export function parseInline(source: string, depth = 0): Inline[] {
  const nodes: Inline[] = [];
  let at = 0;
  while (at < source.length) {
    const found = depth < DEEPEST && STARTS.has(source[at] ?? '') ? readAt(source, at, depth) : null;
    if (found === null) pushText(nodes, source[at] ?? '');
    else if (found.node.type === 'text') pushText(nodes, found.node.text);
    else nodes.push(found.node);
    at += found?.length ?? 1;
  }
  return nodes;
}

function readAt(source: string, at: number, depth: number): { node: Inline; length: number } | null {
  for (const rule of RULES) {
    if (rule.starts !== source[at]) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(source);
    const node = match && rule.read(match, (inner) => parseInline(inner, depth + 1));
    if (match && node) return { node, length: lengthOf(node, match) };
  }
  return null;
}
