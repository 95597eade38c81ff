import type { Generated } from 'kysely';

/** Columns named `…_json` hold JSON text; `…_at` ISO 8601 in UTC; `…_on` and `date` a day, `YYYY-MM-DD`. */
export interface Schema {
  schema_version: { version: number };
  /** Growing numbers; a writer takes the row first, so that numbers become visible in their order. */
  counters: { name: string; value: number };
  papers: PapersTable;
  digests: DigestsTable;
  appearances: AppearancesTable;
  /** Papers that a reread dissolved, for those who follow the sequence. */
  removed_papers: { paper_id: number; sequence: number };
  ingestions: IngestionsTable;
  settings: { key: string; value: string };
  /** What a `custom_id` of 100 characters cannot hold. */
  button_states: { id: string; state_json: string; created_at: string };
}

export interface PapersTable {
  id: Generated<number>;
  arxiv_id: string | null;
  title: string;
  /** `core/identity.ts` titleKey of the title. */
  title_key: string;
  abstract: string | null;
  authors_json: string | null;
  author_count: number | null;
  organization_handle: string | null;
  organization_name: string | null;
  published_on: string | null;
  comments: number | null;
  upvotes: number | null;
  keywords_json: string | null;
  external_id: string | null;
  url: string | null;
  /** The sequence number when the paper was first stored; never changes. */
  added_sequence: number;
  /** The sequence number of the latest change to this row, at least `added_sequence`. A further appearance is none. */
  changed_sequence: number;
}

export interface DigestsTable {
  id: Generated<number>;
  source: string;
  /** File name or address it came from, for people. */
  origin: string;
  layout: string;
  date: string | null;
  /** The day that the caller gave with the document; a reread uses it again. */
  given_date: string | null;
  /** SHA-256 of the raw bytes, hexadecimal. */
  content_hash: string;
  /** The parts that could not be read, as `Rejection[]`. */
  rejected_json: string;
  read_at: string;
  /** The day that yearless dates were resolved against, `YYYY-MM-DD`; a reread uses it again. */
  read_on: string;
  /** The raw bytes, gzip. Last, so that reading the other columns does not walk through them. */
  raw_gzip: Uint8Array;
}

interface AppearancesTable {
  digest_id: number;
  position: number;
  paper_id: number;
  comments: number | null;
  upvotes: number | null;
}

interface IngestionsTable {
  id: Generated<number>;
  started_at: string;
  finished_at: string | null;
  digests: number;
  unreadable: number;
  new_papers: number;
}
