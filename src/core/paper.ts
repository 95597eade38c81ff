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
  /** An http(s) address of the paper's code. */
  codeUrl: string | null;
  /** An http(s) address of the project's own page. */
  projectUrl: string | null;
  /** One or two sentences on the paper that the source wrote, not the authors. */
  summary: string | null;
  /** `YYYY-MM-DD`; `null` also for the many papers that stand. */
  withdrawnOn: string | null;
}

/** The facts of a paper of which nothing is known but its title. */
export const unknownFacts: Omit<PaperFacts, 'title'> = {
  abstract: null,
  authors: null,
  authorCount: null,
  organization: null,
  publishedOn: null,
  comments: null,
  upvotes: null,
  keywords: null,
  arxivId: null,
  externalId: null,
  url: null,
  codeUrl: null,
  projectUrl: null,
  summary: null,
  withdrawnOn: null,
};

/** One paper as one digest shows it. */
export interface Entry extends PaperFacts {
  /** Place in the digest, from 1. */
  position: number;
  /** Line of the title in the digest, from 1. */
  line: number;
  /**
   * How arXiv announced it. A `cross` was new in another subject, maybe earlier; a `replacement` is a new version of a
   * paper that was announced before, and is not stored.
   */
  announced?: 'new' | 'cross' | 'replacement';
}

/** A part of a digest that could not be read. */
export interface Rejection {
  /** Line in the digest, from 1. */
  line: number;
  /** What was wrong and what was expected, in plain words. */
  reason: string;
}

/** Layouts that `digests/read.ts` recognises. */
export type Layout =
  | 'spaced'
  | 'compact'
  | 'bylines'
  | 'markdown'
  | 'json-lines'
  | 'hugging-face-api'
  | 'hugging-face-html'
  | 'feed'
  | 'arxiv-mail';

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

/** How a document is to be read. */
export interface Expected {
  /** The list day where the source knows it, `YYYY-MM-DD`. */
  date?: string;
  /** Set for a list that is fetched again as it grows. */
  list?: {
    /** Names it among all lists of all days: what is fetched later under the same key takes its place. */
    key: string;
    /** For a stream: papers that this source has shown before do not appear in it again. */
    onlyNew: boolean;
  };
  /** What it may be; by default anything that can be read. */
  layouts?: readonly Layout[];
}
