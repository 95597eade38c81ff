import { isId } from '../snowflake.ts';
import type { Channel } from '../world.ts';
import { THREAD } from './limits.ts';
import {
  asObject,
  checkChoice,
  checkInteger,
  checkItems,
  checkText,
  isAbsent,
  type Fields,
  type Place,
} from './problems.ts';

/** Notes what Discord would not take of a thread: in a request that starts one, or, unless `isNew`, that changes it. */
export function checkThread(place: Place, value: unknown, parent: Channel | undefined, isNew: boolean): Fields {
  const fields = asObject(place, value) ?? {};
  checkText(place.in('name'), fields['name'], { min: 1, max: THREAD.name, required: isNew });
  const { auto_archive_duration: duration, rate_limit_per_user } = fields;
  if (!isAbsent(duration)) checkChoice(place.in('auto_archive_duration'), duration, THREAD.archiveAfter);
  checkInteger(place.in('rate_limit_per_user'), rate_limit_per_user, { min: 0, max: THREAD.slowmode });
  checkItems(place.in('applied_tags'), fields['applied_tags'], { max: THREAD.tags }, (at, tag) => {
    if (!isId(tag)) at.fault('NUMBER_TYPE_COERCE', `Value "${String(tag)}" is not snowflake.`);
    else if (!parent?.available_tags?.some(({ id }) => id === tag)) at.fault('BASE_TYPE_CHOICES', 'Unknown tag');
  });
  return fields;
}
