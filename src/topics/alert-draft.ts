import { MOST_SHOWN } from './alert.ts';
import type { PlannedAlert } from './round.ts';

/** What an alert is made of when it is sent. Stored, and read by later versions. */
export interface AlertDraft {
  /** The topics that its papers come for. */
  topicIds: number[];
  mentionRoleIds: string[];
  /** Those shown, the best first. */
  papers: { id: number; topicIds: number[] }[];
  /** How many more papers it tells of. */
  more: number;
}

export function draftOf({ topics, mentionRoleIds, papers }: PlannedAlert): AlertDraft {
  const shown = papers.slice(0, MOST_SHOWN).map(({ paper, topicIds }) => ({ id: paper.id, topicIds }));
  return { topicIds: topics.map(({ id }) => id), mentionRoleIds, papers: shown, more: papers.length - shown.length };
}
