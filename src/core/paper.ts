/** Who published a paper, as a digest names it: `pathwaycom` (handle), `Pathway` (name). */
export interface Organization {
  handle: string | null;
  name: string;
}

/** What any reader may learn of a paper from one digest. `null` means unknown, never zero or empty. */
export interface PaperFacts {
  /** As the digest shows it, unchanged. */
  title: string;
  /** As the digest shows it, unchanged. */
  abstract: string | null;
  authors: string[] | null;
  authorCount: number | null;
  organization: Organization | null;
  /** `YYYY-MM-DD`. */
  publishedOn: string | null;
  comments: number | null;
  upvotes: number | null;
  keywords: string[] | null;
  /** New (`2203.01250`) or old (`hep-th/9901001`) style, without version. */
  arxivId: string | null;
  /** The id another system gave it (JSON Lines `id`). */
  externalId: string | null;
  /** An http(s) address of the paper, where the digest gives one. */
  url: string | null;
}

/** One paper as one digest shows it. */
export interface Entry extends PaperFacts {
  /** Place in the digest, from 1. */
  position: number;
  /** Line of the title in the digest, from 1. */
  line: number;
}

/** A part of a digest that could not be read. */
export interface Rejection {
  /** Line in the digest, from 1. */
  line: number;
  /** What was wrong and what was expected, in plain words. */
  reason: string;
}

/** Layouts that `digests/read.ts` recognises. */
export type Layout = 'spaced' | 'compact' | 'bylines' | 'json-lines';

/** One input document listing papers, as read. */
export interface Digest {
  layout: Layout;
  /** The list day, `YYYY-MM-DD`; `null` when neither the document nor the caller tells. */
  date: string | null;
  entries: Entry[];
  rejected: Rejection[];
}

/** Where and how a paper was shown. */
export interface Appearance {
  digestId: number;
  source: string;
  /** The list day of the digest, `YYYY-MM-DD`. */
  date: string | null;
  /** Place in the digest, from 1. */
  position: number;
  comments: number | null;
  upvotes: number | null;
}

/** One paper, however many digests show it. */
export interface Paper extends PaperFacts {
  id: number;
  /** Every digest that shows it, oldest first. */
  appearances: Appearance[];
}
