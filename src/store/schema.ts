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
  readings: ReadingsTable;
  source_states: SourceStatesTable;
  fetches: FetchesTable;
  hosts: HostsTable;
  /** The latest document of each address that could not be read, for whoever mends the reader. */
  unreadable_documents: UnreadableDocumentsTable;
  /** Days of the past that were asked for and need not be asked for again. */
  backfilled_days: { source: string; date: string };
  deliveries: DeliveriesTable;
  /** Destinations that Discord refuses for good, until somebody enables them again. */
  disabled_destinations: {
    destination_kind: DestinationKind;
    destination_id: string;
    /** Discord's error code, or its HTTP status. */
    code: string;
    /** Why, in words for people. */
    reason: string;
    disabled_at: string;
  };
  /** What only one process may do at a time, and which one does. */
  leases: LeasesTable;
  processes: ProcessesTable;
  topics: TopicsTable;
  /** Topics that are gone, for those who follow the versions. */
  removed_topics: { topic_id: number; version: number };
  catches: CatchesTable;
  /** Which papers a destination was told of: each comes once. */
  told_papers: ToldPapersTable;
  readers: ReadersTable;
  saved_papers: { reader_id: string; paper_id: number; saved_at: string };
  /** Servers that the bot left; their settings go after a while. */
  departed_guilds: { guild_id: string; departed_at: string };
  summaries: SummariesTable;
  summary_posts: SummaryPostsTable;
  /** Which papers a summary has shown, and on which local day. */
  summary_papers: { summary_id: number; paper_id: number; local_date: string };
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
  code_url: string | null;
  project_url: string | null;
  summary: string | null;
  withdrawn_on: string | null;
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
  /** SHA-256 of the raw bytes, hexadecimal; of a list that is fetched again, of its key and the bytes. */
  content_hash: string;
  /** The parts that could not be read, as `Rejection[]`. */
  rejected_json: string;
  read_at: string;
  /** The day that yearless dates were resolved against, `YYYY-MM-DD`; a reread uses it again. */
  read_on: string;
  /** Names a list that is fetched again as it grows, so that the newest fetch replaces the one before; else `null`. */
  list_key: string | null;
  /** 1 for a stream: papers that an earlier digest of the same source shows do not appear in this one again. */
  only_new: Generated<number>;
  /** The raw bytes, gzip. Last, so that reading the other columns does not walk through them. */
  raw_gzip: Uint8Array;
}

export interface AppearancesTable {
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

/** Votes and comments over time. A row when they changed, at most one an hour. */
interface ReadingsTable {
  paper_id: number;
  source: string;
  read_at: string;
  comments: number | null;
  upvotes: number | null;
}

/** How each source did at the last look. */
interface SourceStatesTable {
  source: string;
  looked_at: string;
  outcome: 'read' | 'failed' | 'unreadable';
  /** What went wrong, in words for people. */
  problem: string | null;
  failing_since: string | null;
  /** When the host may be asked again; `null`: at the next look. */
  next_try_at: string | null;
  /** When it last showed a paper that it had not shown before. */
  fresh_at: string | null;
  /** From when its silence is too long; `null`: never. */
  stale_at: string | null;
  /** Why nothing was published on the day of the last look; `null`: it was a day like others. */
  rest: string | null;
}

interface UnreadableDocumentsTable {
  source: string;
  origin: string;
  reason: string;
  read_at: string;
  raw_gzip: Uint8Array;
  /** `Expected`; `null` for a document kept by an earlier version. */
  expected_json: string | null;
}

interface FetchesTable {
  address: string;
  fetched_at: string;
  /** SHA-256 of the body, hexadecimal. */
  content_hash: string;
  etag: string | null;
  last_modified: string | null;
  /** Days of the week on which the document says that it does not change: `[0, 6]`, 0 is Sunday. */
  rest_days_json: string;
}

/** One queue a host, shared by all processes. */
interface HostsTable {
  host: string;
  /** The earliest moment for the next request. */
  next_turn_at: string;
  /** It is not asked before; `null` when it may be. */
  rests_until: string | null;
  /** Rests in a row without an answer between them. */
  failures: number;
}

export type DestinationKind = 'channel' | 'user';
/** How a message is brought: posted, posted in a thread of its own, posted and published, or put in place of an earlier one. */
export type DeliveryForm = 'message' | 'forum post' | 'announcement' | 'edit';
/** `sending`: a process has begun, and nobody knows yet whether Discord has it. */
export type DeliveryState = 'planned' | 'sending' | 'sent' | 'failed';

/** One message for one destination. */
export interface DeliveriesTable {
  id: Generated<number>;
  destination_kind: DestinationKind;
  /** A channel's or a user's id. */
  destination_id: string;
  /** What it is about; each subject comes once to a destination. */
  subject: string;
  /** The message as Discord's API takes it; `{}` while there is a draft, and once it is not kept any longer. */
  payload_json: string;
  /** What the message is to be made of when it is first sent; `null` once it is made. */
  draft_json: string | null;
  state: DeliveryState;
  /** By which Discord and we know the message again, in every attempt. */
  nonce: string;
  attempts: number;
  next_attempt_at: string;
  /** The process that sends it. */
  lease_owner: string | null;
  /** Until when no other may. */
  lease_until: string | null;
  /** When the first attempt began of which it is not known whether it arrived; `null`: there is none. */
  unsure_since: string | null;
  planned_at: string;
  sent_at: string | null;
  message_id: string | null;
  /** Of the last attempt that failed. */
  failure_code: string | null;
  failure: string | null;
  form: Generated<DeliveryForm>;
  /** Of an edit: the delivery whose message it changes. */
  edits_id: number | null;
  /** Under which id of the log it was planned; `null`: under none. */
  trace: string | null;
}

/** A stored query of a reader or a channel. */
export interface TopicsTable {
  id: Generated<number>;
  name: string;
  query: string;
  /** Whose it is, or who set it up for a channel. */
  reader_id: string;
  /** The server of a channel's topic; `null` for a reader's own. */
  guild_id: string | null;
  destination_kind: DestinationKind;
  destination_id: string;
  destination_form: Exclude<DeliveryForm, 'edit'>;
  /** `inbox`: no message; the reader looks into `/inbox`. */
  told_by: 'message' | 'inbox';
  mention_role_id: string | null;
  /** A `LocalSchedule`; `null`: told at once. */
  schedule_json: string | null;
  /** For a schedule: when what it caught is told next. */
  next_run_at: string | null;
  paused_at: string | null;
  snoozed_until: string | null;
  /** Papers added up to this sequence number are not its business: a topic starts from now. */
  after_sequence: number;
  created_at: string;
  changed_at: string;
  /** Grows with each change to any topic, so that matchers in other processes can catch up. */
  version: number;
}

/**
 * What became of a catch: a message `told` of it, or an earlier one for the same destination did (`told before`); it is for
 * the `inbox` alone; it was too `old` for a message; the topic was `paused`; its query was `changed` meanwhile and does not
 * match any more.
 */
export type CatchOutcome = 'told' | 'told before' | 'inbox' | 'old' | 'paused' | 'changed';

/** A paper that matched a topic when it was new to the archive. */
export interface CatchesTable {
  topic_id: number;
  paper_id: number;
  caught_at: string;
  /** `null`: it waits. */
  outcome: CatchOutcome | null;
  /** The message that tells of it; `null` when none does (yet). */
  delivery_id: number | null;
  settled_at: string | null;
}

interface ToldPapersTable {
  destination_kind: DestinationKind;
  destination_id: string;
  paper_id: number;
  delivery_id: number | null;
  told_at: string;
}

/** What a reader has set. */
interface ReadersTable {
  id: string;
  /** IANA name. */
  timezone: string | null;
  /** Quiet hours, in minutes of the reader's day. */
  quiet_from: number | null;
  quiet_until: number | null;
}

/** A daily or weekly post of a channel. */
export interface SummariesTable {
  id: Generated<number>;
  guild_id: string;
  channel_id: string;
  destination_form: Exclude<DeliveryForm, 'edit'>;
  /** Who set it up. */
  reader_id: string;
  period: 'daily' | 'weekly';
  /** A `LocalSchedule`. */
  schedule_json: string;
  next_run_at: string;
  /** The local day that is due then. */
  next_local_date: string;
  /** Papers of list days before this one are not its business. */
  starts_on: string;
  /** Ids of the topics whose papers come first; of none, those of the channel's topics do. */
  topics_json: string;
  size: 'short' | 'normal' | 'full';
  mention_role_id: string | null;
  /** Fewest papers that make a post. */
  minimum: number;
  when_empty: 'silent' | 'say why';
  /** Ids of the tags of a forum post. */
  tags_json: string | null;
  paused_at: string | null;
  created_at: string;
}

/** What became of a local day that was due. */
export interface SummaryPostsTable {
  summary_id: number;
  local_date: string;
  outcome: 'planned' | 'empty' | 'skipped';
  /** Why nothing was posted, in words for people (Markdown). */
  reason: string | null;
  delivery_id: number | null;
  planned_at: string;
  /** What the post shows, as a `KeptEdition` of src/summaries; `null` when there is no post. */
  edition_json: string | null;
  /** How often the post was edited, and when last. */
  edits: Generated<number>;
  edited_at: string | null;
}

export interface LeasesTable {
  name: string;
  /** The id of a process. */
  owner: string;
  held_since: string;
  /** By the clock of the database; for whoever looks, not for whoever wants it. */
  held_until: string;
  /** Grows with each sign of life. */
  beats: Generated<number>;
}

/** Which processes run; one that died is still there for a while. */
export interface ProcessesTable {
  id: string;
  host: string;
  pid: number;
  /** With commas between them. */
  roles: string;
  /** As DISCORD_SHARDS says it, or `all`; `null`: it has no gateway. */
  shards: string | null;
  version: string;
  started_at: string;
  seen_at: string;
}
