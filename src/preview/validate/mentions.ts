import { isId } from '../snowflake.ts';
import { MENTIONS } from './limits.ts';
import { asObject, checkBoolean, checkChoice, checkList, isAbsent, type Place } from './problems.ts';

/** Notes what Discord would not take as `allowed_mentions`. */
export function checkAllowedMentions(place: Place, value: unknown): void {
  const fields = isAbsent(value) ? null : asObject(place, value);
  if (!fields) return;
  const parse = checkList(place.in('parse'), fields['parse'], { max: 3 });
  for (const [index, item] of parse.entries()) {
    checkChoice(place.in('parse', index), item, ['users', 'roles', 'everyone']);
  }
  for (const kind of ['users', 'roles'] as const) {
    const ids = checkList(place.in(kind), fields[kind], { max: MENTIONS[kind] });
    checkIds(place.in(kind), ids);
    if (ids.length > 0 && parse.includes(kind)) {
      const text = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      place.fault('MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', text);
    }
  }
  checkBoolean(place.in('replied_user'), fields['replied_user']);
}

function checkIds(place: Place, ids: unknown[]): void {
  for (const [index, id] of ids.entries()) {
    if (!isId(id)) place.in(index).fault('NUMBER_TYPE_COERCE', `Value "${String(id)}" is not snowflake.`);
  }
  if (new Set(ids).size < ids.length)
    place.fault('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
}
