import type { Paper } from '../core/paper.ts';
import type { Span } from '../search/result.ts';
import type { Destination } from '../store/deliveries.ts';
import type { TopicForm } from '../store/topics.ts';

/** A paper with what of it matched. */
export interface AlertPaper {
  paper: Paper;
  /** The title with the matching words marked. */
  titleSpans: Span[];
  /** The sentence of the abstract that tells most of why it matched; empty without an abstract. */
  snippet: Span[];
  /** The topics it comes for, by id; at least one. */
  topicIds: number[];
}

/** One message that tells a destination of papers its topics caught. */
export interface Alert {
  destination: Destination;
  form: TopicForm;
  /** All topics that any of its papers comes for, the oldest first. */
  topics: { id: number; name: string }[];
  /** Of the topics that are told now; each once. */
  mentionRoleIds: string[];
  /** The best first; at most `MOST_SHOWN`. */
  papers: AlertPaper[];
  /** How many more papers it tells of without showing them. */
  more: number;
}

/** Papers shown in one message at most. */
export const MOST_SHOWN = 8;

/** Makes an alert a delivery's payload: a message as Discord's API takes it, or a `ForumPost`. */
export type RenderAlert = (alert: Alert) => object;
