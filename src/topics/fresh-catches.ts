import { setImmediate as breathe } from 'node:timers/promises';
import { type Catch, recordCatches, type WaitingCatch } from '../store/catches.ts';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import { moveMatched, takePlanning } from '../store/matched.ts';
import type { CatchOutcome } from '../store/schema.ts';
import { write } from '../store/write.ts';

/** Catches written in one transaction, which takes some 20 milliseconds. */
const MOST_WRITTEN = 10_000;

/** A catch of a new paper that is yet to be told and stored. */
export interface FreshCatch extends WaitingCatch {
  /** Set by whoever stores it. */
  isStored: boolean;
}

export function isFresh(caught: WaitingCatch | FreshCatch): caught is FreshCatch {
  return 'isStored' in caught;
}

/** What new papers brought. Until all of it is stored they count as not matched, so that nothing of it can be lost. */
export class FreshCatches {
  /** By topic, what is to be told. */
  readonly byTopic = new Map<number, FreshCatch[]>();
  /** How many there are. */
  size = 0;
  /** The sequence number of the last paper that was matched. */
  last: number;
  private readonly settled: NewCatch[] = [];
  /** The sequence number up to which papers were matched before. */
  private readonly from: number;
  /** The version of the topics they were matched with. */
  private readonly version: number;
  private readonly caughtAt: Date;

  constructor(from: number, version: number, caughtAt: Date) {
    this.from = this.last = from;
    this.version = version;
    this.caughtAt = caughtAt;
  }

  /** @param outcome what is settled at once; `null` for what is to be told. */
  add(topicId: number, paperId: number, outcome: CatchOutcome | null): void {
    this.size += 1;
    if (outcome !== null) {
      this.settled.push({ topicId, paperId, outcome, deliveryId: null });
      return;
    }
    const caught = { topicId, paperId, caughtAt: this.caughtAt, told: null, isStored: false };
    const known = this.byTopic.get(topicId);
    if (known) known.push(caught);
    else this.byTopic.set(topicId, [caught]);
  }

  /**
   * Stores what is not stored yet, and that its papers were matched. Returns how many catches it stored; `null` when another process
   * was faster or a topic was changed meanwhile, so that the papers have to be matched again.
   */
  async store(db: Db): Promise<number | null> {
    if (this.last === this.from) return 0;
    let count = 0;
    for (const part of this.parts()) {
      await breathe();
      const stored = await this.storePart(db, part);
      if (stored === null) return null;
      count += stored;
    }
    return count;
  }

  private storePart(db: Db, { caught, isLast }: Part): Promise<number | null> {
    return write(db, async (trx) => {
      const { matched, version } = await takePlanning(trx);
      if (matched !== this.from || version !== this.version) return null;
      if (isLast) await moveMatched(trx, this.last);
      return recordCatches(trx, caught, this.caughtAt);
    });
  }

  /** What is not stored yet, in the order in which it lies: what is written together lies together. */
  private *parts(): Generator<Part> {
    let caught: NewCatch[] = [];
    for (const topicId of [...this.byTopic.keys()].sort((a, b) => a - b)) {
      for (const { paperId, isStored } of this.byTopic.get(topicId) ?? []) {
        if (!isStored) caught.push({ topicId, paperId, outcome: null, deliveryId: null });
      }
      if (caught.length < MOST_WRITTEN) continue;
      yield { caught, isLast: false };
      caught = [];
    }
    for (const some of chunks(this.settled, MOST_WRITTEN)) {
      yield { caught: some.sort((a, b) => a.topicId - b.topicId), isLast: false };
    }
    yield { caught, isLast: true };
  }
}

/** What is stored in one transaction. */
interface Part {
  caught: NewCatch[];
  isLast: boolean;
}

type NewCatch = Pick<Catch, 'topicId' | 'paperId' | 'outcome' | 'deliveryId'>;
