import { arxivIdIn, titleKey } from '../../src/core/identity.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Services } from '../../src/discord/command.ts';
import type { Item } from '../../src/discord/render/list.ts';
import { findPaper, findPaperByArxivId, findPapersByTitle } from '../../src/store/papers.ts';
import { chosenPaper, MOST_CHOICES } from './choices.ts';
import { hitItems } from './results.ts';

/** What a reader's words for a paper lead to. */
export type Found =
  | { kind: 'paper'; paper: Paper }
  /** An arXiv id that no digest has shown. */
  | { kind: 'unknown id'; arxivId: string }
  /** Papers with that title, or the nearest ones; may be empty. */
  | { kind: 'several'; exact: boolean; items: Item[] };

const NEAREST = 5;
const ALPHAXIV = /^<?(?:https?:\/\/)?(?:www\.)?alphaxiv\.org\/(?:abs|pdf|overview|html)\/(\S+?)>?$/i;

/** Finds a paper by a chosen suggestion, an arXiv id or address, its title, or words of it. */
export async function findPaperFor(text: string, services: Services): Promise<Found> {
  const chosen = await chosenPaper(text, services);
  if (chosen) return { kind: 'paper', paper: chosen };
  const arxivId = arxivIdIn(ALPHAXIV.exec(text)?.[1] ?? text);
  if (arxivId) {
    const paper = await findPaperByArxivId(services.db, arxivId);
    return paper ? { kind: 'paper', paper } : { kind: 'unknown id', arxivId };
  }
  const titled = await findPapersByTitle(services.db, text);
  const [paper] = titled;
  if (paper && titled.length === 1) return { kind: 'paper', paper };
  if (paper) return { kind: 'several', exact: true, items: titled.slice(0, NEAREST).map((each) => ({ paper: each })) };
  const begun = await findByBeginning(text, services);
  return begun ? { kind: 'paper', paper: begun } : nearest(text, services);
}

/** The only paper whose title begins with these words, as people shorten titles; `null` when there are none or several. */
async function findByBeginning(text: string, { db, search }: Services): Promise<Paper | null> {
  const beginning = `${titleKey(text)} `;
  const [id, ...others] = search.suggest(text, MOST_CHOICES).flatMap(({ kind, text: title, paperId }) => {
    return kind === 'title' && paperId !== null && `${titleKey(title)} `.startsWith(beginning) ? [paperId] : [];
  });
  return id === undefined || others.length > 0 ? null : findPaper(db, id);
}

/** The one paper that has all the words, or the papers nearest to them. */
async function nearest(text: string, services: Services): Promise<Found> {
  const result = await services.search.search(text, { limit: NEAREST, plain: true });
  const items = await hitItems({ ...result, matches: 0 }, services);
  const [first] = items;
  return first && result.matches === 1
    ? { kind: 'paper', paper: first.paper }
    : { kind: 'several', exact: false, items };
}
