import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  InteractionContextType,
} from 'discord.js';
import type { ApiObject } from '../protocol.ts';
import { OPTION, SLASH_COMMAND } from './api.ts';

/** An option that takes a value. */
export type Option = APIApplicationCommandBasicOption;

/** One thing to type after `/`: a command without subcommands, or one of its subcommands. */
export interface Call {
  commandId: string;
  /** `topics add`: the command, then its group and subcommand. */
  path: string[];
  description: string;
  /** Required ones first. */
  options: Option[];
  /** Where it may be used; `null` for everywhere. */
  contexts: readonly InteractionContextType[] | null;
}

/** Everything that can be typed after `/`, of the registered slash commands. */
export function listCalls(commands: ApiObject[]): Call[] {
  return (commands as unknown as APIApplicationCommand[])
    .filter((command) => (command.type ?? SLASH_COMMAND) === SLASH_COMMAND)
    .flatMap((command) => {
      const { id, name, description, options = [], contexts = null } = command;
      return callsOf({ commandId: id, path: [name], description, options: [], contexts }, options);
    });
}

/** The call itself, or those of its subcommands. */
function callsOf(call: Call, options: APIApplicationCommandOption[]): Call[] {
  const nested = options.filter((option) => isNesting(option.type));
  if (nested.length === 0) {
    const values = options as Option[];
    const requiredFirst = [...values].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
    return [{ ...call, options: requiredFirst }];
  }
  return nested.flatMap((option) => {
    const { name, description } = option;
    return callsOf({ ...call, path: [...call.path, name], description }, ('options' in option && option.options) || []);
  });
}

function isNesting(type: APIApplicationCommandOption['type']): boolean {
  return type === OPTION.subcommand || type === OPTION.group;
}

/** As typed: `/topics add`. */
export function callText(call: Call): string {
  return `/${call.path.join(' ')}`;
}

/** The calls that `typed` (what follows the slash) may mean: beginnings first, then names and descriptions with it inside. */
export function matchCalls(calls: Call[], typed: string): Call[] {
  const wanted = typed.trim().toLowerCase();
  const rank = (call: Call): number => {
    const name = call.path.join(' ');
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return wanted.length > 2 && call.description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return calls.filter((call) => rank(call) < 3).sort((a, b) => rank(a) - rank(b));
}

/** The call of a command mention (`</topics add:123>`): by its path and id, or by its path alone when ids changed. */
export function findCall(calls: Call[], path: string, commandId: string): Call | null {
  const named = calls.filter((call) => call.path.join(' ') === path);
  return named.find((call) => call.commandId === commandId) ?? named[0] ?? null;
}
