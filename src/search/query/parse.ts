import { parseFilter } from './filters.ts';
import { type Fault, type Lexeme, lexemes } from './lexemes.ts';
import { DEEPEST, limited, LONGEST_QUERY } from './limits.ts';
import { type Node, type Query, TEXT_FIELDS, type TextField } from './node.ts';
import { tokens } from '../text/tokens.ts';
import { anyWordNodes, phraseWords, wordNodes } from './words.ts';

const SHORTEST_PREFIX = 2;
const PREFIX = /^[\p{L}\p{N}]{2,}\*$/u;

/**
 * Reads a query: words, "phrases", -not, OR, (groups), prefix*, and fields. Never throws: what is not understood is a fault,
 * and is taken as words.
 */
export function parseQuery(query: string): Query {
  const faults: Fault[] = [];
  if (query.length > LONGEST_QUERY) {
    faults.push({ at: LONGEST_QUERY, expected: `at most ${LONGEST_QUERY} characters` });
  }
  const pieces = paired(lexemes(query.slice(0, LONGEST_QUERY), faults), faults);
  const parsed = new Parser(pieces, faults).parse();
  const { node: kept, exceeded } = parsed ? limited(parsed) : { node: null, exceeded: [] };
  faults.push(...exceeded.map((expected) => ({ at: query.length, expected })));
  let node = kept;
  if (node && !isAsking(node)) {
    faults.push({ at: 0, expected: 'a word to look for besides those to leave out' });
    node = withoutMinus(node);
  }
  faults.sort((a, b) => a.at - b.at);
  return { node, faults };
}

/** False for a query that only leaves papers out. */
function isAsking(node: Node): boolean {
  if (node.kind === 'and') return node.nodes.some(isAsking);
  return node.kind === 'or' ? node.nodes.every(isAsking) : node.kind !== 'not';
}

function withoutMinus(node: Node): Node {
  if (node.kind === 'not') return withoutMinus(node.node);
  return node.kind === 'and' || node.kind === 'or' ? { ...node, nodes: node.nodes.map(withoutMinus) } : node;
}

/** Takes a text as words only. */
export function plainQuery(text: string): Query {
  const node = joined('and', anyWordNodes(text.slice(0, LONGEST_QUERY), null));
  return { node: node && limited(node).node, faults: [] };
}

/** Brackets without a partner, and those nested too deep, are left out. */
function paired(pieces: Lexeme[], faults: Fault[]): Lexeme[] {
  const dropped = new Set<Lexeme>();
  const open: Lexeme[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'open') open.push(piece);
    if (piece.kind !== 'close') continue;
    const partner = open.pop();
    if (!partner) faults.push({ at: piece.at, expected: 'an opening bracket before this one' });
    if (!partner) dropped.add(piece);
    else if (open.length >= DEEPEST) dropped.add(piece).add(partner);
  }
  for (const piece of open) {
    dropped.add(piece);
    faults.push({ at: piece.at, expected: 'a closing bracket after this one' });
  }
  return pieces.filter((piece) => !dropped.has(piece));
}

class Parser {
  private readonly pieces: Lexeme[];
  private readonly faults: Fault[];
  private at = 0;

  constructor(pieces: Lexeme[], faults: Fault[]) {
    this.pieces = pieces;
    this.faults = faults;
  }

  parse(): Node | null {
    return this.alternatives();
  }

  /** a b OR c d */
  private alternatives(): Node | null {
    const nodes: Node[] = [];
    for (;;) {
      const node = this.sequence();
      if (node) nodes.push(node);
      const piece = this.pieces[this.at];
      if (piece?.kind !== 'or') break;
      this.at += 1;
      if (!node || !this.startsOperand()) this.faults.push({ at: piece.at, expected: 'words on both sides of OR' });
    }
    return joined('or', nodes);
  }

  private startsOperand(): boolean {
    const kind = this.pieces[this.at]?.kind;
    return kind !== undefined && kind !== 'or' && kind !== 'close';
  }

  /** a -b (c) "d": all of them. Neighbouring texts are analysed together, for compounds. */
  private sequence(): Node | null {
    const nodes: Node[] = [];
    let text = '';
    let stopwords = '';
    const flush = () => {
      const words = wordNodes(text, null);
      if (words.length === 0) stopwords += text;
      nodes.push(...words);
      text = '';
    };
    for (;;) {
      const piece = this.pieces[this.at];
      if (piece?.kind === 'text' && !PREFIX.test(piece.text)) {
        text += `${piece.text} `;
        this.at += 1;
        continue;
      }
      flush();
      const node = piece && this.operand(piece);
      if (node === undefined) break;
      if (node) nodes.push(node);
    }
    if (nodes.every(({ kind }) => kind === 'not')) nodes.push(...wordNodes(stopwords, null, true));
    return joined('and', nodes);
  }

  /** `null` for an operand that asks nothing, `undefined` where none begins. */
  private operand(piece: Lexeme): Node | null | undefined {
    switch (piece.kind) {
      case 'or':
      case 'close':
        return undefined;
      case 'not':
        this.at += 1;
        return this.negated(piece.at);
      case 'open': {
        this.at += 1;
        const node = this.alternatives();
        this.at += 1;
        return node;
      }
      default:
        this.at += 1;
        return this.term(piece);
    }
  }

  private negated(at: number): Node | null {
    const piece = this.pieces[this.at];
    const node = piece && this.operand(piece);
    if (!node) this.faults.push({ at, expected: 'a word to leave out after the minus' });
    return node ? { kind: 'not', node } : null;
  }

  private term(piece: Exclude<Lexeme, { kind: 'open' | 'close' | 'or' | 'not' }>): Node | null {
    if (piece.kind === 'text') return textNode(piece.text, null);
    if (piece.kind === 'phrase') return this.phrase(piece.text, piece.field, piece.at);
    const field = textField(piece.field);
    if (field)
      return field === 'author' || field === 'org' ? nameNode(piece.value, field) : textNode(piece.value, field);
    const filter = parseFilter(piece.field, piece.value);
    if (typeof filter !== 'string') return filter;
    this.faults.push({ at: piece.valueAt, expected: filter });
    return joined('and', anyWordNodes(`${piece.field} ${piece.value}`, null));
  }

  private phrase(text: string, name: string | null, at: number): Node | null {
    const field = name === null ? null : textField(name);
    if (name !== null && field === null) {
      const filter = parseFilter(name, text);
      if (typeof filter !== 'string') return filter;
      this.faults.push({ at: at + name.length + 1, expected: filter });
    }
    const words = phraseWords(text);
    if (words.length > 0) return { kind: 'phrase', field, words, inflected: false, follows: false };
    this.faults.push({ at, expected: 'words between the quotes' });
    return null;
  }
}

function textNode(text: string, field: TextField | null): Node | null {
  const prefix = PREFIX.test(text) ? tokens(text).at(-1) : undefined;
  const isWhole = prefix?.start === 0 && prefix.word.length >= SHORTEST_PREFIX;
  return isWhole ? { kind: 'prefix', field, prefix: prefix.word } : joined('and', anyWordNodes(text, field));
}

/** Names have no inflections. */
function nameNode(text: string, field: TextField): Node | null {
  if (PREFIX.test(text)) return textNode(text, field);
  const words = phraseWords(text);
  return words.length > 0 ? { kind: 'phrase', field, words, inflected: false, follows: false } : null;
}

function textField(name: string): TextField | null {
  return TEXT_FIELDS.find((field) => field === name) ?? null;
}

function joined(kind: 'and' | 'or', nodes: Node[]): Node | null {
  if (nodes.length <= 1) return nodes[0] ?? null;
  return { kind, nodes };
}
