import { setImmediate as breathe } from 'node:timers/promises';
import { tokens, type Token } from '../../search/text/tokens.ts';
import { acronymsIn } from './acronyms.ts';
import { isBroad, isEmpty, isPrefix, isQuality, isSuffix } from './generic.ts';
import { singular } from './singular.ts';

/** What themes are made of. */
export interface ThemePaper {
  id: number;
  title: string;
  abstract: string | null;
  keywords: readonly string[] | null;
}

/** One word, or up to three that stand together. */
export interface Term {
  /** Its words in the singular, with blanks between them. */
  key: string;
  /** As `tokens` gives them, of its first occurrence. */
  words: string[];
  /** By paper: how much the paper is about it. A title counts 3, a keyword 2, each place in the abstract 1. */
  papers: Map<number, number>;
  /** How often it is written in which way. */
  forms: Map<string, number>;
  /** How often which acronym stands for it. */
  acronyms: Map<string, number>;
}

/** What a day's papers say. */
export interface Terms {
  all: Term[];
  /** Of each word of the abstracts: how much more often it is written in small letters than otherwise. */
  small: ReadonlyMap<string, number>;
}

/** After so many papers others have a turn. */
const SLICE = 10;
/** What an abstract has to say it says within so many characters. */
const LONGEST_TEXT = 6000;
const MOST_WORDS = 3;
/** `mixture of experts`, `text to image`. */
const JOINS: ReadonlySet<string> = new Set(['of', 'to', 'in']);
/** What may stand between the words of a term. */
const BETWEEN = /^(?: |[-‐‑–])$/;

const WEIGHTS = { title: 3, keyword: 2, abstract: 1 };
type Field = keyof typeof WEIGHTS;

/** All terms of the papers that may name a theme. */
export async function termsOf(papers: readonly ThemePaper[]): Promise<Terms> {
  const collector = new Collector();
  for (const [index, { id, title, abstract, keywords }] of papers.entries()) {
    if (index % SLICE === SLICE - 1) await breathe();
    collector.read(id, title, 'title');
    collector.read(id, abstract ?? '', 'abstract');
    for (const keyword of keywords ?? []) collector.read(id, keyword, 'keyword');
  }
  return { all: collector.terms(), small: collector.small };
}

class Collector {
  readonly small = new Map<string, number>();
  private readonly byKey = new Map<string, Term>();
  /** By an acronym's key: the keys of what it is said to stand for, and how often. */
  private readonly acronyms = new Map<string, Map<string, number>>();

  read(paper: number, source: string, field: Field): void {
    const text = source.slice(0, LONGEST_TEXT).replace(/\s+/g, ' ');
    const words = tokens(text).filter(({ whole }) => !whole);
    const hold = holdsOf(words, text);
    for (const [acronym, expansion] of acronymsIn(text)) this.noteAcronym(keyOf(acronym), keyOf(expansion));
    if (field === 'abstract') for (const word of words) this.noteCase(text, word);
    for (let start = 0; start < words.length; start++) {
      const last = Math.min(words.length, start + MOST_WORDS) - 1;
      for (let end = start; end <= last; end++) {
        if (end > start && !hold[end]?.joined) break;
        if (mayName(hold, start, end)) this.add(words.slice(start, end + 1), text, paper, field);
      }
    }
  }

  private noteAcronym(acronym: string, expansion: string): void {
    const said = this.acronyms.get(acronym) ?? new Map<string, number>();
    this.acronyms.set(acronym, said.set(expansion, (said.get(expansion) ?? 0) + 1));
  }

  private noteCase(text: string, { start, end }: Token): void {
    // The first word of a sentence tells nothing.
    if (start === 0 || /[.!?:]["”’)]? $/.test(text.slice(Math.max(0, start - 3), start))) return;
    const word = text.slice(start, end);
    const lower = word.toLowerCase();
    this.small.set(lower, (this.small.get(lower) ?? 0) + (word === lower ? 1 : -1));
  }

  private add(run: Token[], text: string, paper: number, field: Field): void {
    const words = run.map(({ word }) => word);
    const key = keyOf(words);
    const term = this.byKey.get(key) ?? { key, words, papers: new Map(), forms: new Map(), acronyms: new Map() };
    this.byKey.set(key, term);
    term.papers.set(paper, (term.papers.get(paper) ?? 0) + WEIGHTS[field]);
    const form = text.slice(run[0]?.start, run.at(-1)?.end);
    term.forms.set(form, (term.forms.get(form) ?? 0) + 1);
  }

  /** An acronym counts as the words it stands for. */
  terms(): Term[] {
    for (const [acronym, said] of this.acronyms) {
      const expansion = mostOften(said);
      const short = this.byKey.get(acronym);
      const long = this.byKey.get(expansion);
      if (!short || !long || short === long) continue;
      for (const [paper, weight] of short.papers) long.papers.set(paper, (long.papers.get(paper) ?? 0) + weight);
      for (const [form, uses] of short.forms) long.acronyms.set(form, uses);
      this.byKey.delete(acronym);
    }
    return [...this.byKey.values()];
  }
}

/** The key with the highest count; of those with the same, the first by the alphabet. */
function mostOften(counts: ReadonlyMap<string, number>): string {
  const [first = ''] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([key]) => key);
  return first;
}

function keyOf(words: readonly string[]): string {
  return words.map(singular).join(' ');
}

/** What a word may be in a term. */
interface Hold {
  /** Stands right beside the word before it. */
  joined: boolean;
  /** Is one compound with the word before it: `graph-based`, `FlashAttention`. */
  fused: boolean;
  broad: boolean;
  first: boolean;
  last: boolean;
  /** Joins two words, as `of` in `mixture of experts`. */
  joins: boolean;
}

function holdsOf(words: readonly Token[], text: string): Hold[] {
  return words.map(({ word, start }, index) => {
    const before = words[index - 1];
    const between = before ? text.slice(before.end, start) : null;
    const joined = between !== null && (between === '' || BETWEEN.test(between));
    const fused = joined && between !== ' ';
    const first = !isEmpty(word);
    // `graph-based` is an adjective, and `auto` of `auto-encoder` half a word.
    const last = first && !isQuality(word) && !isPrefix(word) && !(fused && isSuffix(word));
    return { joined, fused, broad: isBroad(word), first, last, joins: JOINS.has(word) };
  });
}

/** No term begins or ends within a compound. */
function mayName(words: readonly Hold[], start: number, end: number): boolean {
  const first = words[start];
  const last = words[end];
  if (!first?.first || !last?.last || first.fused || words[end + 1]?.fused) return false;
  if (start === end) return !first.broad;
  const inner = words[start + 1];
  if (end - start < 2 || !inner?.joins) return end - start < 2 || Boolean(inner?.first);
  return inner.fused || !first.broad || !last.broad;
}
