import type { Selectable, Transaction } from 'kysely';
import { titleKey } from '../core/identity.ts';
import type { Entry } from '../core/paper.ts';
import { chunks } from './chunks.ts';
import { loadRevisions, saveRevisions } from './revisions.ts';
import { type LiveList, type Placed, placeEntries } from './entries.ts';
import { newestCounts } from './facts.ts';
import type { AppearancesTable, DigestsTable, Schema } from './schema.ts';
import type { Sequence } from './sequence.ts';

type Trx = Transaction<Schema>;

/** The columns of a digest that depend on how it was read. */
export type ReadingColumns = Pick<DigestsTable, 'layout' | 'date' | 'given_date' | 'read_on' | 'rejected_json'>;

/**
 * Replaces what a stored digest shows by a new reading of it. Papers that no digest shows any more are deleted, unless it
 * is a list that was fetched again: what left such a list stays, after what it shows now. The same reading changes nothing.
 */
export async function replaceReading(
  trx: Trx,
  sequence: Sequence,
  digestId: number,
  reading: ReadingColumns,
  entries: readonly Entry[],
  list: LiveList | null,
): Promise<Placed & { removed: number; arrived: number }> {
  const showings = await trx
    .selectFrom('appearances')
    .selectAll()
    .where('digest_id', '=', digestId)
    .orderBy('position')
    .execute();
  const before = new Map(showings.map(({ position, paper_id }) => [position, paper_id]));
  const papersBefore = new Set(before.values());
  const misnamed = await findMisnamed(trx, digestId, papersBefore, entries);
  await trx.updateTable('digests').set(reading).where('id', '=', digestId).execute();
  await trx.deleteFrom('appearances').where('digest_id', '=', digestId).execute();
  const placing = { digestId, day: reading.date ?? reading.read_on, sequence, before, misnamed, list };
  const placed = await placeEntries(trx, placing, entries);
  const vanished = showings.filter(({ paper_id }) => !placed.shown.has(paper_id));
  let removed = 0;
  if (list) await keepShown(trx, vanished, entries.length);
  else removed = await settlePapers(trx, sequence, [...new Set(vanished.map(({ paper_id }) => paper_id))]);
  await sequence.keep();
  const arrived = [...placed.shown].filter((id) => !papersBefore.has(id)).length;
  return { ...placed, removed, arrived };
}

async function keepShown(trx: Trx, showings: Selectable<AppearancesTable>[], after: number): Promise<void> {
  const rows = showings.map((showing, index) => ({ ...showing, position: after + index + 1 }));
  for (const chunk of chunks(rows)) await trx.insertInto('appearances').values(chunk).execute();
}

/** Papers that only this digest shows, and whose title and arXiv id it no longer names, by abstract. */
async function findMisnamed(
  trx: Trx,
  digestId: number,
  papersBefore: ReadonlySet<number>,
  entries: readonly Entry[],
): Promise<Map<string, number>> {
  const titles = new Set(entries.map(({ title }) => titleKey(title)));
  const arxivIds = new Set(entries.map(({ arxivId }) => arxivId));
  const misnamed = new Map<string, number>();
  for (const chunk of chunks([...papersBefore])) {
    const rows = await trx
      .selectFrom('papers')
      .select(['id', 'title_key', 'arxiv_id', 'abstract'])
      .where('id', 'in', chunk)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('appearances')
              .select('position')
              .whereRef('paper_id', '=', 'papers.id')
              .where('digest_id', '!=', digestId),
          ),
        ),
      )
      .execute();
    for (const { id, title_key, arxiv_id, abstract } of rows) {
      const isNamed = titles.has(title_key) || (arxiv_id !== null && arxivIds.has(arxiv_id));
      if (abstract !== null && !isNamed) misnamed.set(abstract, id);
    }
  }
  return misnamed;
}

/** Settles papers that a digest shows no longer: counts come from the remaining digests; without any, the paper goes. */
async function settlePapers(trx: Trx, sequence: Sequence, ids: number[]): Promise<number> {
  let removed = 0;
  for (const chunk of chunks(ids)) {
    const rows = await trx.selectFrom('papers').selectAll().where('id', 'in', chunk).execute();
    const revisions = await loadRevisions(trx, rows);
    const kept = revisions.filter(({ showings }) => showings.length > 0);
    for (const revision of kept) revision.facts = { ...revision.facts, ...newestCounts(revision.showings) };
    await saveRevisions(trx, kept, sequence);
    const gone = revisions.filter(({ showings }) => showings.length === 0).map(({ id }) => id);
    await removePapers(trx, gone, sequence);
    removed += gone.length;
  }
  return removed;
}

async function removePapers(trx: Trx, ids: number[], sequence: Sequence): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom('papers').where('id', 'in', ids).execute();
  await trx
    .insertInto('removed_papers')
    .values(ids.map((paper_id) => ({ paper_id, sequence: sequence.next() })))
    .execute();
}
