import type { Transaction } from 'kysely';
import { chunks } from './chunks.ts';
import { type FactColumns, factsOf, type PaperRow, sameFacts, type Showing } from './facts.ts';
import { addCandidate, type Candidates, type Revision } from './same-paper.ts';
import type { Schema } from './schema.ts';
import type { Sequence } from './sequence.ts';

type Trx = Transaction<Schema>;

/** Loads the papers that `readings` may be of. */
export async function loadCandidates(
  trx: Trx,
  readings: FactColumns[],
  misnamed: ReadonlyMap<string, number>,
): Promise<Candidates> {
  const titles = readings.map(({ title_key }) => title_key);
  const arxivIds = readings.flatMap(({ arxiv_id }) => arxiv_id ?? []);
  const misnamedIds = readings.flatMap(({ abstract }) => misnamed.get(abstract ?? '') ?? []);
  const rows = await trx
    .selectFrom('papers')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('title_key', 'in', titles),
        // PostgreSQL refuses an empty list.
        ...(arxivIds.length > 0 ? [eb('arxiv_id', 'in', arxivIds)] : []),
        ...(misnamedIds.length > 0 ? [eb('id', 'in', misnamedIds)] : []),
      ]),
    )
    .orderBy('id')
    .execute();
  const candidates: Candidates = { byArxivId: new Map(), byTitle: new Map(), misnamed: new Map() };
  for (const revision of await loadRevisions(trx, rows)) {
    addCandidate(candidates, revision);
    const { abstract } = revision.facts;
    if (abstract !== null && misnamed.get(abstract) === revision.id) candidates.misnamed.set(abstract, revision);
  }
  return candidates;
}

/** The papers of `rows` with what their digests showed. */
export async function loadRevisions(trx: Trx, rows: PaperRow[]): Promise<Revision[]> {
  const showings = new Map<number, Showing[]>(rows.map(({ id }) => [id, []]));
  for (const chunk of chunks(rows)) {
    const ids = chunk.map(({ id }) => id);
    for (const { paper_id, ...showing } of await selectShowings(trx, ids)) {
      showings.get(paper_id)?.push(showing);
    }
  }
  return rows.map((row) => {
    return { id: row.id, facts: factsOf(row), stored: row, showings: showings.get(row.id) ?? [] };
  });
}

/** Stores new papers, giving their revisions an id, and known papers that changed. Returns the ids of both. */
export async function saveRevisions(
  trx: Trx,
  revisions: readonly Revision[],
  sequence: Sequence,
): Promise<{ created: number[]; updated: number[] }> {
  const created = revisions.filter(({ stored }) => !stored);
  const updated = revisions.filter(({ stored, facts }) => stored && !sameFacts(facts, stored));
  await releaseArxivIds(trx, updated);
  await updatePapers(trx, updated, sequence);
  await insertPapers(trx, created, sequence);
  return { created: created.map(({ id }) => id), updated: updated.map(({ id }) => id) };
}

/** A reread may take an arXiv id from one paper and give it to another, even in a circle: first all are let go. */
async function releaseArxivIds(trx: Trx, revisions: Revision[]): Promise<void> {
  const losing = revisions.filter(({ stored, facts }) => stored?.arxiv_id && stored.arxiv_id !== facts.arxiv_id);
  const ids = losing.map(({ id }) => id);
  if (ids.length > 0) await trx.updateTable('papers').set({ arxiv_id: null }).where('id', 'in', ids).execute();
}

async function insertPapers(trx: Trx, revisions: Revision[], sequence: Sequence): Promise<void> {
  if (revisions.length === 0) return;
  const bySequence = new Map(revisions.map((revision) => [sequence.next(), revision]));
  const rows = await trx
    .insertInto('papers')
    .values([...bySequence].map(([next, { facts }]) => ({ ...facts, added_sequence: next, changed_sequence: next })))
    .returning(['id', 'added_sequence'])
    .execute();
  for (const { id, added_sequence } of rows) {
    const revision = bySequence.get(added_sequence);
    if (revision) revision.id = id;
  }
}

async function updatePapers(trx: Trx, revisions: Revision[], sequence: Sequence): Promise<void> {
  const rows = revisions.flatMap(({ stored, facts }) =>
    stored ? { ...stored, ...facts, changed_sequence: sequence.next() } : [],
  );
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first) as (keyof PaperRow)[];
  await trx
    .insertInto('papers')
    .values(rows)
    .onConflict((oc) =>
      oc
        .column('id')
        .doUpdateSet((eb) => Object.fromEntries(columns.map((name) => [name, eb.ref(`excluded.${name}`)]))),
    )
    .execute();
}

async function selectShowings(trx: Trx, paperIds: number[]): Promise<(Showing & { paper_id: number })[]> {
  return trx
    .selectFrom('appearances')
    .innerJoin('digests', 'digests.id', 'appearances.digest_id')
    .select(['paper_id', 'digest_id', 'position', 'comments', 'upvotes'])
    .select((eb) => eb.fn.coalesce('date', 'read_on').as('day'))
    .where('paper_id', 'in', paperIds)
    .execute();
}
