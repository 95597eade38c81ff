import type { Selectable } from 'kysely';
import { titleKey } from '../core/identity.ts';
import type { Paper, PaperFacts } from '../core/paper.ts';
import type { PapersTable } from './schema.ts';
import { storable } from './storable.ts';

export type PaperRow = Selectable<PapersTable>;

/** What a reading tells of a paper, as columns. */
export type FactColumns = Omit<PaperRow, 'id' | 'added_sequence' | 'changed_sequence'>;

/** The counts that one digest showed. */
export interface Showing {
  digest_id: number;
  /** The list day of the digest, else the day it was read. */
  day: string;
  position: number;
  comments: number | null;
  upvotes: number | null;
}

export function columnsOf(facts: PaperFacts): FactColumns {
  const title = storable(facts.title);
  const columns: FactColumns = {
    arxiv_id: facts.arxivId,
    title,
    title_key: titleKey(title),
    abstract: facts.abstract,
    authors_json: facts.authors && JSON.stringify(facts.authors),
    author_count: facts.authorCount,
    organization_handle: facts.organization?.handle ?? null,
    organization_name: facts.organization?.name ?? null,
    published_on: facts.publishedOn,
    comments: facts.comments,
    upvotes: facts.upvotes,
    keywords_json: facts.keywords && JSON.stringify(facts.keywords),
    external_id: facts.externalId,
    url: facts.url,
    code_url: facts.codeUrl,
    project_url: facts.projectUrl,
    summary: facts.summary,
    withdrawn_on: facts.withdrawnOn,
  };
  for (const name of TEXTS) columns[name] &&= storable(columns[name]);
  return columns;
}

/** What a document can have anything in. JSON says NUL in six characters. */
const TEXTS = [
  'abstract',
  'organization_handle',
  'organization_name',
  'external_id',
  'url',
  'code_url',
  'project_url',
  'summary',
] as const;

export function factsOf(row: PaperRow): FactColumns {
  const { id: _id, added_sequence: _added, changed_sequence: _changed, ...facts } = row;
  return facts;
}

export function sameFacts(one: FactColumns, other: FactColumns): boolean {
  return (Object.keys(one) as (keyof FactColumns)[]).every((column) => one[column] === other[column]);
}

export function paperOf(row: PaperRow): Omit<Paper, 'appearances'> {
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: parseList(row.authors_json),
    authorCount: row.author_count,
    organization:
      row.organization_name === null ? null : { handle: row.organization_handle, name: row.organization_name },
    publishedOn: row.published_on,
    comments: row.comments,
    upvotes: row.upvotes,
    keywords: parseList(row.keywords_json),
    arxivId: row.arxiv_id,
    externalId: row.external_id,
    url: row.url,
    codeUrl: row.code_url,
    projectUrl: row.project_url,
    summary: row.summary,
    withdrawnOn: row.withdrawn_on,
  };
}

function parseList(json: string | null): string[] | null {
  return json === null ? null : (JSON.parse(json) as string[]);
}

/** `first`, with what it does not know taken from `second`. */
export function fillUnknown(first: FactColumns, second: FactColumns): FactColumns {
  const known = Object.entries(first).filter(([, value]) => value !== null);
  const filled: FactColumns = { ...second, ...Object.fromEntries(known) };
  // A handle belongs to its name: never one digest's handle on another's name.
  if (first.organization_name !== null && first.organization_name !== second.organization_name) {
    filled.organization_handle = first.organization_handle;
  }
  return filled;
}

/** The counts of the newest list day that shows any; of two digests of one day, the one read later counts. */
export function newestCounts(showings: Showing[]): Pick<FactColumns, 'comments' | 'upvotes'> {
  const newestFirst = showings.toSorted(
    (a, b) => b.day.localeCompare(a.day) || b.digest_id - a.digest_id || b.position - a.position,
  );
  return {
    comments: newestFirst.find(({ comments }) => comments !== null)?.comments ?? null,
    upvotes: newestFirst.find(({ upvotes }) => upvotes !== null)?.upvotes ?? null,
  };
}
