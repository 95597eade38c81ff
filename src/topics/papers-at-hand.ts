import { setImmediate as breathe } from 'node:timers/promises';
import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import type { Db } from '../store/database.ts';
import { findPapers } from '../store/papers.ts';

/** Papers read in one step. */
const STEP = 50;
/** Beyond so many, memory starts afresh. */
const KEPT = 3000;

/** Papers that rounds speak of, each read once. */
export class PapersAtHand {
  private readonly papers = new Map<number, Paper>();
  private readonly analysed = new Map<number, AnalysedPaper>();

  /** Reads those of the papers that are not at hand, in small steps. All of these are at hand until the next call. */
  async read(db: Db, ids: Iterable<number>): Promise<void> {
    if (this.papers.size > KEPT) {
      this.papers.clear();
      this.analysed.clear();
    }
    const wanted = [...new Set(ids)].filter((id) => !this.papers.has(id));
    for (let at = 0; at < wanted.length; at += STEP) {
      for (const paper of await findPapers(db, wanted.slice(at, at + STEP))) this.papers.set(paper.id, paper);
      await breathe();
    }
  }

  get(id: number): Paper | undefined {
    return this.papers.get(id);
  }

  /** A paper as queries see it. */
  words(paper: Paper): AnalysedPaper {
    const known = this.analysed.get(paper.id);
    if (known?.facts === paper) return known;
    const analysed = new AnalysedPaper(paper);
    this.analysed.set(paper.id, analysed);
    return analysed;
  }
}
