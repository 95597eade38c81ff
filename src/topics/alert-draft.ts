import type { PlannedAlert } from './round.ts';
import { MOST_SHOWN } from './alert.ts';

/** What an alert is made of when it is sent: as it was planned, but for what its papers say. Stored; only add to it. */
export interface AlertDraft {
  topics: { id: number; name: string; query: string }[];
  mentionRoleIds: string[];
  /** Those shown, the best first. */
  papers: { id: number; topicIds: number[] }[];
  /** How many more papers it tells of. */
  more: number;
}

export function draftOf({ topics, mentionRoleIds, papers }: PlannedAlert): AlertDraft {
  const shown = papers.slice(0, MOST_SHOWN);
  return {
    topics: topics.map(({ id, name, query }) => ({ id, name, query })),
    mentionRoleIds,
    papers: shown.map(({ paper, topicIds }) => ({ id: paper.id, topicIds })),
    more: papers.length - shown.length,
  };
}
