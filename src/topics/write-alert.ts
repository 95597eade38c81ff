import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Paper } from '../core/paper.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { Alert, RenderAlert } from './alert.ts';
import type { AlertDraft } from './alert-draft.ts';
import { MarksAtHand } from './marks-at-hand.ts';
import { weightAmong } from './marks.ts';
import { PapersAtHand } from './papers-at-hand.ts';
import { Queries } from './queries.ts';

/** Papers are read anew after so long, in milliseconds. */
const FRESH_FOR = 60_000;

export interface WritingWorld {
  db: Db;
  /** For how rare words are; a process without the index takes all words for equally rare. */
  search: (() => Promise<Pick<Search, 'frequency' | 'size'>>) | null;
  clock: Clock;
  log: Log;
  render: RenderAlert;
}

/** What messages to many destinations share. */
interface AtHand {
  until: number;
  papers: PapersAtHand;
  marks: MarksAtHand;
}

/**
 * A function that makes an alert's message of its draft, with its papers as they are now; `null` when they have all left the
 * archive, or no message can be made of them, which is logged.
 */
export function createAlertWriter({ db, search, clock, log, render }: WritingWorld) {
  const queries = new Queries();
  let atHand: AtHand | null = null;

  async function fresh(now: number): Promise<AtHand> {
    const words = await search?.();
    const weight = words ? weightAmong(words.size, (stem) => words.frequency([stem])) : () => 1;
    const papers = new PapersAtHand();
    return { until: now + FRESH_FOR, papers, marks: new MarksAtHand(papers, queries, weight) };
  }

  return async (
    draft: object,
    { destination, form }: Pick<Delivery, 'destination' | 'form'>,
  ): Promise<object | null> => {
    const now = clock().getTime();
    const hand = atHand && now < atHand.until ? atHand : (atHand = await fresh(now));
    const alert = draft as AlertDraft;
    const papers = await hand.papers.read(
      db,
      alert.papers.map(({ id }) => id),
    );
    if (papers.size === 0) return null;
    try {
      return render({ destination, form: form === 'edit' ? 'message' : form, ...told(alert, papers, hand.marks) });
    } catch (error) {
      log.error({ err: error, destination }, 'an alert could not be made');
      return null;
    }
  };
}

function told(
  { topics, mentionRoleIds, papers, more }: AlertDraft,
  found: ReadonlyMap<number, Paper>,
  marks: MarksAtHand,
): Omit<Alert, 'destination' | 'form'> {
  const queries = new Map(topics.map(({ id, query }) => [id, query]));
  const shown = papers.flatMap(({ id, topicIds }) => {
    const paper = found.get(id);
    const asked = topicIds.flatMap((topicId) => queries.get(topicId) ?? []);
    return paper ? [{ paper, topicIds, ...marks.of(paper, asked) }] : [];
  });
  return { topics: topics.map(({ id, name }) => ({ id, name })), mentionRoleIds, papers: shown, more };
}
