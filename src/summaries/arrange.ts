import { type KeptEdition, shownOf } from './edition.ts';
import type { Candidate, Picked } from './pick.ts';
import type { Theme } from './themes/themes.ts';

export interface Arrangement {
  candidates: readonly Candidate[];
  picked: Picked;
  themes: readonly Theme[];
  /** By paper: the names of the channel's topics that it matches. */
  topics: ReadonlyMap<number, string[]>;
  /** The day of the post before; `null` when this is the first. */
  postedBefore: string | null;
}

/** Puts what was picked in groups: what the channel's topics match, the themes, and all others. */
export function arrange({ candidates, picked, themes, topics, postedBefore }: Arrangement): KeptEdition {
  // What was listed on the day of the post before came after it, as lists fill during their day.
  const late = new Set(
    candidates.flatMap(({ paperId, listDay }) => (postedBefore !== null && listDay < postedBefore ? [paperId] : [])),
  );
  const byId = new Map(candidates.map((candidate) => [candidate.paperId, candidate.paper]));
  const groups = groupsOf(picked.ids, themes, topics, candidates.length);
  return {
    total: candidates.length,
    late: late.size,
    themes: themes.map(({ name, query, paperIds }) => ({ name, query, papers: paperIds.length })),
    groups,
    papers: picked.ids.flatMap((id) => {
      const paper = byId.get(id);
      if (!paper) return [];
      const isUnusual = picked.unusual.has(id);
      return [{ id, isLate: late.has(id), isUnusual, topics: topics.get(id) ?? [], shown: shownOf(paper) }];
    }),
  };
}

function groupsOf(
  ids: readonly number[],
  themes: readonly Theme[],
  topics: ReadonlyMap<number, string[]>,
  papers: number,
): KeptEdition['groups'] {
  const left = new Set(ids);
  const take = (group: Omit<KeptEdition['groups'][number], 'paperIds'>, belongs: (id: number) => boolean) => {
    const paperIds = ids.filter((id) => left.has(id) && belongs(id));
    for (const id of paperIds) left.delete(id);
    return { ...group, paperIds };
  };
  const wanted = take({ kind: 'topics', name: '', total: topics.size }, (id) => topics.has(id));
  const rank = (paperIds: readonly number[]): number => ids.indexOf(paperIds[0] ?? -1);
  const themed = themes
    .map(({ name, paperIds }) => {
      const members = new Set(paperIds);
      return take({ kind: 'theme', name, total: paperIds.length }, (id) => members.has(id));
    })
    .filter(({ paperIds }) => paperIds.length > 0)
    .toSorted((a, b) => rank(a.paperIds) - rank(b.paperIds));
  const inThemes = new Set(themes.flatMap(({ paperIds }) => paperIds));
  const others = take({ kind: 'others', name: '', total: papers - inThemes.size }, () => true);
  return [wanted, ...themed, others].filter(({ paperIds }) => paperIds.length > 0);
}
