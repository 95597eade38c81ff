import { z } from 'zod';
import { arxivIdIn, titleKey } from '../core/identity.ts';
import type { PaperFacts, Rejection } from '../core/paper.ts';
import { entryOf } from './entry.ts';
import { FieldFaults, readFields } from './fields.ts';
import { quote } from './lines.ts';
import { dayOfMoment } from './moment.ts';
import { oneLine } from './one-line.ts';
import type { PageReading } from './pairs.ts';
import { webAddress } from './web-address.ts';

/** What a column of whole numbers holds on any database. */
const LARGEST_COUNT = 2_147_483_647;

const WITHOUT_SCHEME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/|$)/i;

const A_COUNT = 'must be a whole number from 0';
const count = z.number(A_COUNT).int(A_COUNT).min(0, A_COUNT).max(LARGEST_COUNT, A_COUNT);
const text = z.string('must be text').transform(oneLine);
const day = z.string('must be a date').transform((value, context) => {
  const found = dayOfMoment(value);
  if (found === null) context.addIssue('must be a date');
  return found;
});
/** People type these, and some leave out how they begin. */
const address = z.string('must be an address').transform((value, context) => {
  const found = webAddress(WITHOUT_SCHEME.test(value.trim()) ? `https://${value.trim()}` : value);
  if (found === null && value.trim() !== '')
    context.addIssue('must be an address that begins with http:// or https://');
  return found;
});
const repository = z
  .string('must be an address')
  .transform((value) => (/^[\w.-]+\/[\w.-]+$/.test(value.trim()) ? `https://github.com/${value.trim()}` : value))
  .pipe(address);
const organization = z.object(
  { name: text.nullish(), fullname: text.nullish() },
  'must be an object with "name" and "fullname"',
);
const author = z.object({ name: text, hidden: z.boolean('must be true or false').nullish() }, 'must be an object');

/** https://huggingface.co/docs/hub/api: one paper of a list. Fields that are always there must be. */
const PAPER = {
  id: z.string('must be text').refine((id) => arxivIdIn(id) !== null, 'must be an arXiv id'),
  title: text.refine((title) => title !== '', 'is empty'),
  summary: text,
  authors: z.array(author, 'must be a list'),
  publishedAt: day,
  submittedOnDailyAt: day.nullish(),
  upvotes: count,
  ai_summary: text.nullish(),
  ai_keywords: z.array(text, 'must be a list of texts').nullish(),
  projectPage: address.nullish(),
  githubRepo: repository.nullish(),
  organization: organization.nullish(),
  withdrawnAt: day.nullish(),
};

/** What a list tells of a paper beside it. */
const ITEM = {
  paper: z.record(z.string(), z.unknown(), 'must be an object'),
  title: text.nullish(),
  numComments: count,
  organization: organization.nullish(),
};

/** One element of a list, as parsed from JSON. */
export interface Item {
  value: unknown;
  /** Line in the document, from 1. */
  line: number;
}

/** The papers of a list, with the day that most of them joined it; `null` when no day has more than half. */
export interface ListReading extends PageReading {
  date: string | null;
}

/**
 * Reads the elements of a Daily Papers list as the site's API gives them. An element without id or title, or with two
 * titles, is rejected; any other field that is missing or changed is left out, and reported once for the whole list.
 */
export function readItems(items: readonly Item[]): ListReading {
  const faults = new FieldFaults();
  const rejected: Rejection[] = [];
  const days: (string | null)[] = [];
  const entries = items.flatMap(({ value, line }, index) => {
    const result = readItem(value, line, faults);
    if ('reason' in result) {
      rejected.push({ line, reason: `Paper ${index + 1} of the list: ${result.reason}` });
      return [];
    }
    days.push(result.listDay);
    return [entryOf(line, result.facts)];
  });
  return { entries, rejected: [...rejected, ...faults.rejections(entries.length)], date: majority(days) };
}

type Reading = { facts: Partial<PaperFacts> & { title: string }; listDay: string | null };

function readItem(value: unknown, line: number, faults: FieldFaults): Reading | { reason: string } {
  const wrapped = wrap(value);
  if (!wrapped) return { reason: 'it is not an object.' };
  const item = readFields(ITEM, wrapped.item);
  if (item.fields.paper === null) return { reason: 'the field "paper" is missing or not an object.' };
  const paper = readFields(PAPER, item.fields.paper, 'paper.');
  const { id, title } = paper.fields;
  if (id === null || title === null) {
    const fatal = paper.faults.find(({ field }) => field === 'paper.id' || field === 'paper.title');
    return { reason: `the field "${fatal?.field}" ${fatal?.message}.` };
  }
  const outer = item.fields.title;
  if (outer && titleKey(outer) !== titleKey(title)) {
    return { reason: `it has two titles, ${quote(title)} and ${quote(outer)}.` };
  }
  const itemFaults = wrapped.alone ? [] : item.faults;
  for (const fault of [...itemFaults, ...paper.faults]) faults.add(fault, line, title);
  const organizationFacts = organizationOf(paper.fields.organization ?? item.fields.organization);
  const facts = { ...factsOf(paper.fields, title, id), comments: item.fields.numComments, ...organizationFacts };
  return { facts, listDay: paper.fields.submittedOnDailyAt ?? null };
}

/** An element of a list; or, from the API of one paper, the paper `alone`. */
function wrap(value: unknown): { item: Record<string, unknown>; alone: boolean } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const item = value as Record<string, unknown>;
  const alone = !('paper' in item) && 'discussionId' in item;
  return { item: alone ? { paper: item } : item, alone };
}

type PaperFields = ReturnType<typeof readFields<typeof PAPER>>['fields'];

function factsOf(paper: PaperFields, title: string, id: string): Partial<PaperFacts> & { title: string } {
  const { authors } = paper;
  const names = authors?.flatMap(({ name, hidden }) => (hidden || name === '' ? [] : [name])) ?? [];
  return {
    title,
    abstract: paper.summary || null,
    authors: names.length > 0 ? names : null,
    authorCount: authors && authors.length > 0 ? authors.length : null,
    publishedOn: paper.publishedAt,
    upvotes: paper.upvotes,
    keywords: filled(paper.ai_keywords),
    arxivId: arxivIdIn(id),
    codeUrl: paper.githubRepo ?? null,
    projectUrl: paper.projectPage ?? null,
    summary: paper.ai_summary || null,
    withdrawnOn: paper.withdrawnAt ?? null,
  };
}

function filled(texts: readonly string[] | null | undefined): string[] | null {
  const some = texts?.filter((each) => each !== '') ?? [];
  return some.length > 0 ? some : null;
}

function organizationOf(found: z.output<typeof organization> | null | undefined): Pick<PaperFacts, 'organization'> {
  const name = found?.fullname || found?.name;
  return { organization: name ? { handle: found?.name || null, name } : null };
}

function majority(days: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const each of days) if (each !== null) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] * 2 > days.length ? most[0] : null;
}
