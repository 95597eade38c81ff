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

/** Puts what was picked in groups: what the channel's topics match, the themes and the most discussed papers, all others. */
export function arrange({ candidates, picked, themes, topics, postedBefore }: Arrangement): KeptEdition {
  // What was listed on the day of the post before came after it, as lists fill during their day.
  const late = new Set(
    candidates.flatMap(({ paperId, listDay }) => (postedBefore !== null && listDay < postedBefore ? [paperId] : [])),
  );
  const byId = new Map(candidates.map((candidate) => [candidate.paperId, candidate.paper]));
  const groups = groupsOf({ candidates, picked, themes, topics, postedBefore });
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

type KeptGroup = KeptEdition['groups'][number];

function groupsOf({ candidates, picked, themes, topics }: Arrangement): KeptGroup[] {
  const { ids, discussed } = picked;
  const left = new Set(ids);
  const take = (group: Omit<KeptGroup, 'paperIds'>, belongs: (id: number) => boolean): KeptGroup => {
    const paperIds = ids.filter((id) => left.has(id) && belongs(id));
    for (const id of paperIds) left.delete(id);
    return { ...group, paperIds };
  };
  const wanted = take({ kind: 'topics', name: '', total: topics.size }, (id) => topics.has(id));
  const themed = themes.map(({ name, paperIds }) => {
    const members = new Set(paperIds);
    return take({ kind: 'theme', name, total: paperIds.length }, (id) => members.has(id));
  });
  const outside = candidates.length - new Set(themes.flatMap(({ paperIds }) => paperIds)).size;
  const talkedOf = take({ kind: 'discussed', name: '', total: outside }, (id) => discussed.has(id));
  const others = take({ kind: 'others', name: '', total: outside }, () => true);
  const rank = ({ paperIds }: KeptGroup): number => (paperIds[0] === undefined ? -1 : ids.indexOf(paperIds[0]));
  const middle = [...themed, talkedOf].toSorted((a, b) => rank(a) - rank(b));
  return [wanted, ...middle, others].filter(({ paperIds }) => paperIds.length > 0);
}
