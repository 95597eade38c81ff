import type { Db } from '../store/database.ts';
import { findPaperTexts } from '../store/paper-texts.ts';
import { findPapers } from '../store/papers.ts';
import { AnalysedPaper, AnalysedText } from './analysed-paper.ts';
import type { RankedPaper } from './index/ranking.ts';
import type { Node } from './query/node.ts';
import type { Hit } from './result.ts';
import { markedText, snippetOf, type Weight, wantedIn } from './snippet.ts';
import { why } from './why.ts';

/** Hits made at once: a few milliseconds' work. */
const AT_ONCE = 20;

export interface HitOptions {
  /** The query; `null` where there is none. */
  node: Node | null;
  /** Whether hits say why they match. */
  explain: boolean;
  weight: Weight;
}

/** Ranked papers as readers see them; those that the store no longer has are left out. */
export async function hitsOf(db: Db, ranked: readonly RankedPaper[], options: HitOptions): Promise<Hit[]> {
  const make =
    options.explain && options.node ? await explaining(db, ranked, options) : await plain(db, ranked, options);
  const hits: Hit[] = [];
  for (const [place, paper] of ranked.entries()) {
    if (place % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const hit = make(paper);
    if (hit) hits.push(hit);
  }
  return hits;
}

type MakeHit = (ranked: RankedPaper) => Hit | null;

async function plain(db: Db, ranked: readonly RankedPaper[], { node, weight }: HitOptions): Promise<MakeHit> {
  const papers = await findPaperTexts(db, idsOf(ranked));
  const shown = shownBy(node, weight);
  return ({ id, score, close }) => {
    const paper = papers.get(id);
    if (!paper) return null;
    const { externalId, title, abstract } = paper;
    const texts = shown(title, new AnalysedText(title), abstract ?? '', new AnalysedText(abstract ?? ''));
    return { id, externalId, title, score, close, ...texts };
  };
}

async function explaining(db: Db, ranked: readonly RankedPaper[], { node, weight }: HitOptions): Promise<MakeHit> {
  const papers = new Map((await findPapers(db, idsOf(ranked))).map((paper) => [paper.id, paper]));
  const shown = shownBy(node, weight);
  return ({ id, score, close }) => {
    const paper = papers.get(id);
    if (!paper) return null;
    const { externalId, title, abstract } = paper;
    const analysed = new AnalysedPaper(paper);
    const texts = shown(title, analysed.texts('title')[0], abstract ?? '', analysed.texts('abstract')[0]);
    return { id, externalId, title, score, close, ...texts, ...(node && { why: why(node, analysed) }) };
  };
}

function idsOf(ranked: readonly RankedPaper[]): number[] {
  return ranked.map(({ id }) => id);
}

/** Marks titles, and the best sentences of abstracts, for a query. */
function shownBy(node: Node | null, weight: Weight) {
  const [inTitle, inAbstract] = [wantedIn(node, 'title'), wantedIn(node, 'abstract')];
  type Words = AnalysedText | undefined;
  return (
    title: string,
    titleWords: Words,
    abstract: string,
    abstractWords: Words,
  ): Pick<Hit, 'titleSpans' | 'snippet'> => ({
    titleSpans: markedText(title, titleWords, inTitle),
    snippet: snippetOf(abstract, abstractWords, inAbstract, weight),
  });
}
