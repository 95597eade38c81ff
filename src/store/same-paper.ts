import type { FactColumns, PaperRow, Showing } from './facts.ts';

/** A paper while a digest is being stored. */
export interface Revision {
  /** 0 until it is stored. */
  id: number;
  facts: FactColumns;
  /** As it is in the database; `null` for a paper not known there. */
  stored: PaperRow | null;
  /** What the digests showed, this one included. */
  showings: Showing[];
}

/** The papers that a reading may be of. */
export interface Candidates {
  byArxivId: Map<string, Revision>;
  /** By title key, oldest first. */
  byTitle: Map<string, Revision[]>;
  /** Papers whose title the digest no longer shows, by abstract. */
  misnamed: Map<string, Revision>;
}

export function addCandidate({ byArxivId, byTitle }: Candidates, revision: Revision): void {
  const { arxiv_id, title_key } = revision.facts;
  if (arxiv_id !== null) byArxivId.set(arxiv_id, revision);
  const namesakes = byTitle.get(title_key);
  if (!namesakes) byTitle.set(title_key, [revision]);
  else if (!namesakes.includes(revision)) namesakes.push(revision);
}

/**
 * The paper that `reading` is of. The arXiv id decides where both have one. Otherwise the title's key does, unless two
 * different external ids say that the titles only happen to be equal. Of several such papers it is the one that this place
 * showed before (`before`, when a digest is read again), else the one with the same external id, else the one with the same
 * abstract, else the oldest.
 */
export function findSamePaper(
  candidates: Candidates,
  reading: FactColumns,
  before: number | undefined,
): Revision | undefined {
  const { arxiv_id, external_id, abstract, title_key } = reading;
  const byId = arxiv_id === null ? undefined : candidates.byArxivId.get(arxiv_id);
  if (byId?.facts.arxiv_id === arxiv_id) return byId;
  const namesakes = (candidates.byTitle.get(title_key) ?? []).filter(
    ({ facts }) => agree(facts.arxiv_id, arxiv_id) && agree(facts.external_id, external_id),
  );
  return (
    namesakes.find(({ id }) => id === before) ??
    namesakes.find(({ facts }) => external_id !== null && facts.external_id === external_id) ??
    namesakes.find(({ facts }) => abstract !== null && facts.abstract === abstract) ??
    namesakes[0] ??
    takeMisnamed(candidates, abstract)
  );
}

function agree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

function takeMisnamed({ misnamed }: Candidates, abstract: string | null): Revision | undefined {
  if (abstract === null) return undefined;
  const revision = misnamed.get(abstract);
  misnamed.delete(abstract);
  return revision;
}
