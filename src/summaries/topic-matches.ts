import { setImmediate as breathe } from 'node:timers/promises';
import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import { matches } from '../search/matches.ts';
import { parseQuery } from '../search/query/parse.ts';
import type { Db } from '../store/database.ts';
import type { Summary } from '../store/summaries.ts';
import { findTopics, type Topic, topicsAt } from '../store/topics.ts';
import type { Candidate } from './pick.ts';

/** After so many papers others have a turn. */
const SLICE = 20;

/** A paper's words are cut once for all summaries that it is read for. */
const analysed = new WeakMap<Paper, AnalysedPaper>();

function analysedOf(paper: Paper): AnalysedPaper {
  const words = analysed.get(paper) ?? new AnalysedPaper(paper);
  analysed.set(paper, words);
  return words;
}

/** By paper: the names of the summary's topics that it matches. Papers that match none are left out. */
export async function topicMatches(
  db: Db,
  summary: Summary,
  candidates: readonly Candidate[],
): Promise<Map<number, string[]>> {
  const topics = await topicsOf(db, summary);
  const queries = topics.flatMap(({ name, query }) => {
    const { node } = parseQuery(query);
    return node ? [{ name, node }] : [];
  });
  const matched = new Map<number, string[]>();
  if (queries.length === 0) return matched;
  for (const [index, { paperId, paper }] of candidates.entries()) {
    if (index % SLICE === SLICE - 1) await breathe();
    const names = queries.filter(({ node }) => matches(node, analysedOf(paper))).map(({ name }) => name);
    if (names.length > 0) matched.set(paperId, names);
  }
  return matched;
}

/** Where none are chosen, all topics of the channel. */
function topicsOf(db: Db, { topicIds, channelId }: Summary): Promise<Topic[]> {
  return topicIds.length > 0 ? findTopics(db, topicIds) : topicsAt(db, { kind: 'channel', id: channelId });
}
