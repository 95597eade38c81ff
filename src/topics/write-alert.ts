import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Paper } from '../core/paper.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import { findTopics, type Topic } from '../store/topics.ts';
import type { AlertPaper, RenderAlert } from './alert.ts';
import type { AlertDraft } from './alert-draft.ts';
import { MarksAtHand } from './marks-at-hand.ts';
import { weightAmong } from './marks.ts';
import { PapersAtHand } from './papers-at-hand.ts';
import { Queries } from './queries.ts';

/** Papers are read anew after so long, in milliseconds. */
const FRESH_FOR = 60_000;

/** A message, or why there is none. */
type Written = object | 'nothing left' | 'cannot be made';

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
 * A function that makes an alert's message of its draft, with its topics and papers as they are now. Those that are gone are left
 * out, and the papers that came for them alone.
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

  return async (draft: object, { destination, form }: Pick<Delivery, 'destination' | 'form'>): Promise<Written> => {
    const { topicIds, mentionRoleIds, papers: planned, more } = draft as AlertDraft;
    const now = clock().getTime();
    const hand = atHand && now < atHand.until ? atHand : (atHand = await fresh(now));
    const topics = await findTopics(db, topicIds);
    const found = await hand.papers.read(
      db,
      planned.map(({ id }) => id),
    );
    try {
      const papers = planned.flatMap((one) => shownOf(one, topics, found, hand.marks));
      if (papers.length === 0) return 'nothing left';
      const kept = topics.filter(({ id }) => papers.some((paper) => paper.topicIds.includes(id)));
      return render({
        destination,
        form: form === 'edit' ? 'message' : form,
        topics: kept,
        mentionRoleIds,
        papers,
        more,
      });
    } catch (error) {
      log.error({ err: error, destination }, 'the message of an alert could not be made');
      return 'cannot be made';
    }
  };
}

function shownOf(
  { id, topicIds }: AlertDraft['papers'][number],
  topics: readonly Topic[],
  papers: ReadonlyMap<number, Paper>,
  marks: MarksAtHand,
): AlertPaper[] {
  const paper = papers.get(id);
  const own = topics.filter((topic) => topicIds.includes(topic.id));
  if (!paper || own.length === 0) return [];
  const asked = own.map(({ query }) => query);
  return [{ paper, topicIds: own.map((topic) => topic.id), ...marks.of(paper, asked) }];
}
