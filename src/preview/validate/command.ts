import { ApplicationCommandType, type APIApplicationCommand } from 'discord.js';
import { checkNames } from './command-names.ts';
import { checkOptions, textOfOptions } from './command-options.ts';
import { COMMAND } from './limits.ts';
import {
  asObject,
  checkBoolean,
  checkChoice,
  checkItems,
  checkList,
  isAbsent,
  Place,
  quote,
  type Fields,
} from './problems.ts';

/** What a request says of a command. */
export type CommandFields = Partial<APIApplicationCommand> & { name: string };

/** The command in a request. @throws ApiError 50035 naming what is wrong. */
export function checkCommand(body: unknown): CommandFields {
  const place = new Place();
  const fields = check(place, body);
  place.refuse();
  return fields as CommandFields;
}

/** The list of commands in a request. @throws ApiError 50035 naming what is wrong. */
export function checkCommands(body: unknown): CommandFields[] {
  const place = new Place();
  const most = Object.values(COMMAND.count).reduce((sum, count) => sum + count, 0);
  const commands = checkList(place, body, { max: most, required: true }).map((item, index) =>
    check(place.in(index), item),
  );
  const seen = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const key = `${quote(command['type'] ?? 1)} ${quote(command['name'])}`;
    if (seen.has(key)) {
      place.in(index).fault('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
  }
  place.refuse();
  return commands as CommandFields[];
}

function check(place: Place, body: unknown): Fields {
  const fields = asObject(place, body) ?? {};
  const type = (fields['type'] ?? ApplicationCommandType.ChatInput) as ApplicationCommandType;
  if (!checkChoice(place.in('type'), type, [1, 2, 3])) return fields;
  checkNames(place, fields, { isSlash: type === ApplicationCommandType.ChatInput });
  if (type === ApplicationCommandType.ChatInput) checkOptions(place.in('options'), fields['options'], 'command');
  else if (Array.isArray(fields['options']) && fields['options'].length > 0) {
    place.in('options').fault('APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED', 'Options are only for slash commands');
  }
  checkSettings(place, fields);
  if (textOfOptions(fields) > COMMAND.total) {
    place.fault('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${COMMAND.total})`);
  }
  return fields;
}

function checkSettings(place: Place, fields: Fields): void {
  const permissions = fields['default_member_permissions'];
  if (!isAbsent(permissions) && !/^\d+$/.test(quote(permissions))) {
    place.in('default_member_permissions').fault('NUMBER_TYPE_COERCE', `Value "${quote(permissions)}" is not int.`);
  }
  checkBoolean(place.in('nsfw'), fields['nsfw']);
  checkBoolean(place.in('dm_permission'), fields['dm_permission']);
  checkSet(place.in('contexts'), fields['contexts'], [0, 1, 2]);
  checkSet(place.in('integration_types'), fields['integration_types'], [0, 1]);
}

function checkSet(place: Place, value: unknown, choices: number[]): void {
  if (isAbsent(value)) return;
  const items = checkItems(place, value, { min: 1, max: choices.length }, (at, item) => checkChoice(at, item, choices));
  if (new Set(items).size < items.length) {
    place.fault('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
  }
}
