import { parseInline } from './inline.ts';
import { readLists } from './lists.ts';
import type { Block } from './tree.ts';

/** Blocks, and how many characters they took, the line break included. */
interface Taken {
  blocks: Block[];
  length: number;
}

const FENCE = /^```(?:([\w+#.-]{1,30})\n)?\n*([^]*?)\n*```\n?/;
const QUOTE = /^(?:> .*(?:\n|$))+/;
const HEADING = /^(#{1,3}) +(\S.*)(?:\n|$)/;
const SUBTEXT = /^-# +(\S.*)(?:\n|$)/;
/** Items one after the other, with the indented lines that belong to them. */
const LIST = /^(?: *(?:[-*]|\d{1,9}\.) +\S.*(?:\n|$)(?: {2,}(?![-*] |\d{1,9}\. )\S.*(?:\n|$))*)+/;

/** Reads a whole text as Discord would: blocks by line, code fences wherever they begin. Never throws. */
export function parseMarkdown(source: string): Block[] {
  return parseBlocks(source.replaceAll(/\r\n?/g, '\n'), false);
}

function parseBlocks(source: string, quoted: boolean): Block[] {
  const blocks: Block[] = [];
  let lines = '';
  let rest = source;
  let lineStart = true;
  const endParagraph = (): void => {
    if (lines !== '') blocks.push({ type: 'paragraph', content: parseInline(lines.replace(/\n$/, '')) });
    lines = '';
  };
  while (rest !== '') {
    const taken: Taken | null = (lineStart ? takeLineBlock(rest, quoted) : null) ?? takeFence(rest);
    const length: number = taken?.length ?? textLength(rest);
    if (taken === null) lines += rest.slice(0, length);
    else {
      endParagraph();
      blocks.push(...taken.blocks);
    }
    lineStart = taken !== null || rest[length - 1] === '\n';
    rest = rest.slice(length);
  }
  endParagraph();
  return blocks;
}

function takeLineBlock(rest: string, quoted: boolean): Taken | null {
  return (quoted ? null : takeQuote(rest)) ?? takeTitle(rest) ?? takeList(rest);
}

function takeQuote(rest: string): Taken | null {
  if (rest.startsWith('>>> ')) {
    return { blocks: [{ type: 'quote', content: parseBlocks(rest.slice(4), true) }], length: rest.length };
  }
  const match = QUOTE.exec(rest);
  if (match === null) return null;
  const content = match[0].replaceAll(/^> /gm, '').replace(/\n$/, '');
  return { blocks: [{ type: 'quote', content: parseBlocks(content, true) }], length: match[0].length };
}

function takeTitle(rest: string): Taken | null {
  const heading = HEADING.exec(rest);
  if (heading !== null) {
    const content = parseInline(heading[2] ?? '');
    return { blocks: [{ type: 'heading', level: (heading[1] ?? '').length, content }], length: heading[0].length };
  }
  const subtext = SUBTEXT.exec(rest);
  if (subtext === null) return null;
  return { blocks: [{ type: 'subtext', content: parseInline(subtext[1] ?? '') }], length: subtext[0].length };
}

function takeList(rest: string): Taken | null {
  const match = LIST.exec(rest);
  return match && { blocks: readLists(match[0]), length: match[0].length };
}

function takeFence(rest: string): Taken | null {
  const match = FENCE.exec(rest);
  if (match === null || (match[2] ?? '') === '') return null;
  return { blocks: [{ type: 'code', language: match[1] ?? '', text: match[2] ?? '' }], length: match[0].length };
}

/** Up to the end of the line, its break included, or to a code fence that begins within it. */
function textLength(rest: string): number {
  const lineEnd = rest.indexOf('\n');
  const length = lineEnd < 0 ? rest.length : lineEnd + 1;
  const fence = /(?<!\\|^)```/.exec(rest.slice(0, length));
  return fence === null ? length : fence.index;
}
