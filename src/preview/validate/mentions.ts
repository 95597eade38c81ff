import { isId } from '../snowflake.ts';
import { MENTIONS } from './limits.ts';
import { checkBoolean, checkChoice, checkItems, ifObject, type Place } from './problems.ts';

/** Notes what Discord would not take as `allowed_mentions`. */
export function checkAllowedMentions(place: Place, value: unknown): void {
  const fields = ifObject(place, value);
  if (!fields) return;
  const parse = checkItems(place.in('parse'), fields['parse'], { max: 3 }, (at, item) =>
    checkChoice(at, item, ['users', 'roles', 'everyone']),
  );
  for (const kind of ['users', 'roles'] as const) {
    const ids = checkIds(place.in(kind), fields[kind], MENTIONS[kind]);
    if (ids.length > 0 && parse.includes(kind)) {
      const text = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      place.fault('MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', text);
    }
  }
  checkBoolean(place.in('replied_user'), fields['replied_user']);
}

function checkIds(place: Place, value: unknown, max: number): unknown[] {
  const ids = checkItems(place, value, { max }, (at, id) => {
    if (!isId(id)) at.fault('NUMBER_TYPE_COERCE', `Value "${String(id)}" is not snowflake.`);
  });
  if (new Set(ids).size < ids.length)
    place.fault('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
  return ids;
}
