import { arxivIdIn } from '../core/identity.ts';
import type { Digest, Entry, PaperFacts, Rejection } from '../core/paper.ts';
import { namesIn } from './arxiv-names.ts';
import { entryOf } from './entry.ts';
import { quote } from './lines.ts';
import { dayOfMoment } from './moment.ts';
import { oneLine } from './one-line.ts';
import type { PageEntry } from './pairs.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** https://info.arxiv.org/help/subscribe.html: a block begins with two backslashes and the paper's id. */
const BLOCK_START = /^\\\\[ \t]*\r?\n[ \t]*arXiv:\S/m;
const DASHES = /^-{30,}$/;
const REPLACEMENTS = /^(?:%%--){3,}/;
const MARK = '\\\\';
const ID = /^arXiv:(\S+)(?:\s+\((\*cross-listing\*)\))?/;
const FIELD = /^([A-Z][A-Za-z-]{1,20}): ?(.*)$/;
const END = /^\\\\ \( ?(https?:\/\/arxiv\.org\/abs\/\S+)/;

/** Whether a text is arXiv's daily e-mail. */
export function isArxivMail(document: string): boolean {
  return BLOCK_START.test(document);
}

interface TextLine {
  number: number;
  text: string;
}

interface Block {
  lines: TextLine[];
  isReplacement: boolean;
}

/**
 * Reads arXiv's daily e-mail. Title and abstract belong together when one block holds them, and the addresses at both its
 * ends name one paper. Replacements have no abstract. `given` is the digest's day.
 *
 * @throws UnreadableDigestError when nothing is certain.
 */
export function readArxivMail(document: string, given: string | null): Digest {
  const rejected: Rejection[] = [];
  const entries = blocksOf(document).flatMap((block) => {
    const result = readBlock(block);
    if ('title' in result) return result;
    rejected.push(result);
    return [];
  });
  const [fault] = rejected;
  if (entries.length === 0) {
    throw new UnreadableDigestError(
      fault?.line ?? 1,
      `No paper of this mail can be read. ${fault?.reason ?? ''}`.trim(),
    );
  }
  return {
    layout: 'arxiv-mail',
    date: given,
    entries: entries.map((entry, index) => ({ position: index + 1, ...entry })),
    rejected,
  };
}

/** The blocks with an arXiv id, in order. Lines of dashes stand between them, and each begins with the mark and the id. */
function blocksOf(document: string): Block[] {
  const lines = document.split(/\r\n|\n|\r/).map((raw, index) => ({ number: index + 1, text: raw.trimEnd() }));
  const blocks: Block[] = [];
  let isReplacement = false;
  let block: TextLine[] = [];
  const finish = () => {
    if (block.some(({ text }) => ID.test(text.trimStart()))) blocks.push({ lines: block, isReplacement });
    block = [];
  };
  for (const [index, line] of lines.entries()) {
    const startsBlock = line.text === MARK && ID.test(lines[index + 1]?.text.trimStart() ?? '');
    if (startsBlock || DASHES.test(line.text)) finish();
    if (REPLACEMENTS.test(line.text)) {
      finish();
      isReplacement = true;
    }
    block.push(line);
  }
  finish();
  return blocks;
}

function readBlock({ lines, isReplacement }: Block): PageEntry | Rejection {
  const start = lines.findIndex(({ text }) => ID.test(text.trimStart()));
  const first = lines[start];
  const id = ID.exec(first?.text.trimStart() ?? '');
  const line = first?.number ?? 1;
  const arxivId = arxivIdIn(id?.[1] ?? '');
  if (!first || arxivId === null) return { line, reason: `${quote(first?.text ?? '')} is no arXiv id.` };
  const { fields, abstract, end } = partsOf(lines.slice(start + 1));
  const titles = fields.filter(({ name }) => name === 'Title');
  const [title] = titles;
  if (!title || titles.length > 1 || title.text === '') return leftOut(line, arxivId, 'it needs one title.');
  if (arxivIdIn(end ?? '') !== arxivId) return leftOut(title.line, arxivId, 'no address at its end names it.');
  if (!isReplacement && !abstract) return leftOut(title.line, arxivId, 'it has no abstract.');
  const announced: Entry['announced'] = isReplacement ? 'replacement' : id?.[2] ? 'cross' : 'new';
  const entry = entryOf(title.line, {
    title: title.text,
    abstract: isReplacement ? null : abstract,
    arxivId,
    url: `https://arxiv.org/abs/${arxivId}`,
    ...factsOf(fields, isReplacement),
  });
  return { ...entry, announced };
}

function leftOut(line: number, arxivId: string, reason: string): Rejection {
  return { line, reason: `The paper arXiv:${arxivId} is left out: ${reason}` };
}

function factsOf(fields: readonly Field[], isReplacement: boolean): Partial<PaperFacts> {
  const value = (wanted: string) => fields.find(({ name }) => name === wanted)?.text ?? '';
  const categories = value('Categories').split(/\s+/).filter(Boolean);
  return {
    ...namesIn(value('Authors')),
    publishedOn: isReplacement ? null : dayOfMoment(value('Date')),
    keywords: categories.length > 0 ? categories : null,
  };
}

interface Field {
  name: string;
  text: string;
  line: number;
}

interface Parts {
  fields: Field[];
  abstract: string;
  /** The address at the block's end; `null` when the block is cut off. */
  end: string | null;
}

/** A block is head, mark, abstract, end; or head, end. */
function partsOf(lines: readonly TextLine[]): Parts {
  const end = lines.findIndex(({ text }) => END.test(text));
  const inside = lines.slice(0, end === -1 ? lines.length : end);
  const mark = inside.findIndex(({ text }) => text === MARK);
  const body = mark === -1 ? [] : inside.slice(mark + 1);
  return {
    fields: fieldsOf(inside.slice(0, mark === -1 ? inside.length : mark)),
    abstract: oneLine(body.map(({ text }) => text).join('\n')),
    end: END.exec(lines[end]?.text ?? '')?.[1] ?? null,
  };
}

/** The fields of a block's head, each with the lines that continue it, which are indented. */
function fieldsOf(head: readonly TextLine[]): Field[] {
  const fields: Field[] = [];
  let current: Field | null = null;
  for (const { number, text } of head) {
    const [, name, value = ''] = FIELD.exec(text) ?? [];
    if (name !== undefined) {
      current = { name, text: value.trim(), line: number };
      fields.push(current);
    } else if (current && /^\s+\S/.test(text)) current.text = `${current.text} ${text.trim()}`.trim();
    else current = null;
  }
  return fields;
}
