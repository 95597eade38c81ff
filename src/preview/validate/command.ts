import type { APIApplicationCommand } from 'discord.js';
import { asObject, checkList, Place } from './problems.ts';

/** What a request says of a command. */
export type CommandFields = Partial<APIApplicationCommand> & { name: string };

/** The command in a request. @throws ApiError 50035 naming what is wrong. */
export function checkCommand(body: unknown, place: Place = new Place()): CommandFields {
  const fields = asObject(place, body);
  place.refuse();
  return fields as CommandFields;
}

/** The list of commands in a request. @throws ApiError 50035 naming what is wrong. */
export function checkCommands(body: unknown): CommandFields[] {
  const place = new Place();
  return checkList(place, body, { max: 130 }).map((item, index) => checkCommand(item, place.in(index)));
}
