import { COMPONENT_LIMITS } from '../fit-components.ts';
import { customId } from '../custom-id.ts';

/** The buttons of an alert, and the questions they may lead to. */
export type AlertAction = 'why' | 'less' | 'pause' | 'save' | 'all' | 'why-of' | 'less-of' | 'save-of';

/** What a button of an alert is about. */
export interface AlertKeys {
  topicIds: readonly number[];
  paperIds: readonly number[];
}

/**
 * The `custom_id` of a button of an alert: an alert is written before it is known which message it will be, so its buttons say
 * themselves what they are about. Topics that do not fit any more are left out.
 */
export function alertId(action: AlertAction, { topicIds, paperIds }: AlertKeys): string {
  const papers = keysOf(paperIds);
  const room = COMPONENT_LIMITS.customId - `topics:${action}::${papers}`.length;
  let topics = keysOf(topicIds);
  while (topics.length > room) topics = topics.slice(0, topics.lastIndexOf('.'));
  return customId('topics', action, topics, papers);
}

/** What follows the action in such a `custom_id`. */
export function readAlertKeys([topics = '', papers = '']: string[]): AlertKeys {
  return { topicIds: idsIn(topics), paperIds: idsIn(papers) };
}

function keysOf(ids: readonly number[]): string {
  return ids.map((id) => id.toString(36)).join('.');
}

function idsIn(keys: string): number[] {
  return keys.split('.').flatMap((key) => (/^[0-9a-z]{1,10}$/.test(key) ? [Number.parseInt(key, 36)] : []));
}
