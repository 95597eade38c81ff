import { setImmediate as breathe } from 'node:timers/promises';
import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import type { Db } from '../store/database.ts';
import { findPapers } from '../store/papers.ts';

/** Papers read in one step. */
const STEP = 50;
/** Beyond so many, memory starts afresh. */
const KEPT = 3000;

/** Papers that many messages speak of, each read once. */
export class PapersAtHand {
  private readonly papers = new Map<number, Paper>();
  private readonly analysed = new Map<number, AnalysedPaper>();

  /** Papers that were read for something else. */
  add(papers: readonly Paper[]): void {
    this.makeRoom();
    for (const paper of papers) this.papers.set(paper.id, paper);
  }

  /** The papers with these ids, as far as there are; those that are not at hand are read in small steps. */
  async read(db: Db, ids: Iterable<number>): Promise<Map<number, Paper>> {
    this.makeRoom();
    const found = new Map<number, Paper>();
    const wanted: number[] = [];
    for (const id of new Set(ids)) {
      const paper = this.papers.get(id);
      if (paper) found.set(id, paper);
      else wanted.push(id);
    }
    for (let at = 0; at < wanted.length; at += STEP) {
      for (const paper of await findPapers(db, wanted.slice(at, at + STEP))) {
        this.papers.set(paper.id, paper);
        found.set(paper.id, paper);
      }
      await breathe();
    }
    return found;
  }

  /** A paper as queries see it. */
  words(paper: Paper): AnalysedPaper {
    const known = this.analysed.get(paper.id);
    if (known?.facts === paper) return known;
    const analysed = new AnalysedPaper(paper);
    this.analysed.set(paper.id, analysed);
    return analysed;
  }

  private makeRoom(): void {
    if (this.papers.size <= KEPT) return;
    this.papers.clear();
    this.analysed.clear();
  }
}
