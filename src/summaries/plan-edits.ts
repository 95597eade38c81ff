import { setImmediate as breathe } from 'node:timers/promises';
import { planDelivery } from '../store/deliveries.ts';
import { departedGuilds } from '../store/departed-guilds.ts';
import { findPapers } from '../store/papers.ts';
import { findSummary } from '../store/summaries.ts';
import { postsSince, recordEdit, type SummaryPost } from '../store/summary-posts.ts';
import { write } from '../store/write.ts';
import { editionOf, type KeptEdition, shownOf } from './edition.ts';
import { type Move, moveOf } from './moved.ts';
import { subjectOf, type SummaryWorld } from './plan-summaries.ts';

const HOUR = 3_600_000;
/** Posts are kept up to date for so long, in milliseconds. */
const KEPT_UP = 72 * HOUR;
/** Between two edits of a post, in milliseconds, by what they are for. */
const REST: Record<Exclude<Move, 'none'>, number> = { talk: 6 * HOUR, facts: HOUR };
/** Nobody reads a post that changes all day. */
const MOST_EDITS = 12;

/**
 * Plans an edit for each post of the last three days of which a paper was renamed or withdrawn (within the hour), or is
 * talked about much more than it shows (every six hours at most). Returns how many edits were planned.
 */
export async function planSummaryEdits(world: SummaryWorld): Promise<number> {
  const { db, clock, log } = world;
  const now = clock();
  const departed = await departedGuilds(db);
  let planned = 0;
  for (const post of await postsSince(db, new Date(now.getTime() - KEPT_UP))) {
    if (world.signal?.aborted) break;
    try {
      if (await planEdit(world, post, departed, now)) planned += 1;
    } catch (error) {
      log.error(
        { err: error, summary: post.summaryId, localDate: post.localDate },
        'a post could not be kept up to date',
      );
    }
    await breathe();
  }
  return planned;
}

async function planEdit(
  world: SummaryWorld,
  post: SummaryPost,
  departed: ReadonlySet<string>,
  now: Date,
): Promise<boolean> {
  const { db, render, gistOf } = world;
  if (post.editionJson === null || post.edits >= MOST_EDITS) return false;
  const kept = JSON.parse(post.editionJson) as KeptEdition;
  const papers = await findPapers(
    db,
    kept.papers.map(({ id }) => id),
  );
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const moves = kept.papers.map(({ id, shown }) => moveOf(shown, byId.get(id) ?? null));
  if (!isDue(moves, now.getTime() - (post.editedAt ?? post.plannedAt).getTime())) return false;
  const summary = await findSummary(db, post.summaryId);
  if (!summary || departed.has(summary.guildId)) return false;
  const { summaryId, localDate } = post;
  const payload = render.message(
    editionOf(kept, { summaryId, localDate, period: summary.period }, papers, gistOf),
    summary,
  );
  const newlyShown = kept.papers.flatMap((marked) => {
    const paper = byId.get(marked.id);
    return paper ? [{ ...marked, shown: shownOf(paper) }] : [];
  });
  return write(db, async (trx) => {
    const edition = JSON.stringify({ ...kept, papers: newlyShown } satisfies KeptEdition);
    if (!(await recordEdit(trx, post, edition, now))) return false;
    const subject = subjectOf(summaryId, localDate);
    const destination = { kind: 'channel', id: summary.channelId } as const;
    const edit = { destination, subject: `${subject}:edit:${post.edits + 1}`, edits: subject, payload };
    return (await planDelivery(trx, edit, now)) !== null;
  });
}

function isDue(moves: readonly Move[], sinceLast: number): boolean {
  if (moves.includes('facts') && sinceLast >= REST.facts) return true;
  return moves.includes('talk') && sinceLast >= REST.talk;
}
