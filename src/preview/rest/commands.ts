import type { APIApplicationCommand } from 'discord.js';
import { refusals } from '../errors.ts';
import { checkCommand, checkCommands, type CommandFields } from '../validate/command.ts';
import type { World } from '../world.ts';
import { noContent, ok, route, type Answer, type Call, type Discord, type Route } from './router.ts';

/** https://discord.com/developers/docs/interactions/application-commands#registering-a-command */
const COMMANDS_A_SCOPE = 100;

interface Scope {
  application_id: string;
  guild_id?: string;
}

/** Commands of the application, everywhere or in one server. */
function commandsIn({ world }: Discord, scope: Scope): APIApplicationCommand[] {
  if (scope.application_id !== world.bot.id) throw refusals.missingAccess();
  if (scope.guild_id && !world.guilds.get(scope.guild_id)?.hasBot) throw refusals.missingAccess();
  return [...world.commands.values()].filter((command) => command.guild_id === scope.guild_id);
}

/** A command as stored; one of the same name and type keeps its id. */
function build(world: World, fields: CommandFields, scope: Scope, old: APIApplicationCommand[]): APIApplicationCommand {
  const type = fields.type ?? 1;
  const same = old.find((command) => command.name === fields.name && command.type === type);
  return {
    default_member_permissions: null,
    nsfw: false,
    dm_permission: true,
    integration_types: [0],
    contexts: null,
    ...fields,
    id: same?.id ?? world.nextId(),
    application_id: scope.application_id,
    version: world.nextId(),
    type,
    description: fields.description ?? '',
    ...(scope.guild_id ? { guild_id: scope.guild_id } : {}),
  } as APIApplicationCommand;
}

function store(world: World, commands: APIApplicationCommand[]): void {
  for (const command of commands) world.commands.set(command.id, command);
  world.events.emit('commands');
}

function overwriteAll(discord: Discord, { params, body }: Call<Scope>): Answer {
  const old = commandsIn(discord, params);
  const built = checkCommands(body).map((fields) => build(discord.world, fields, params, old));
  if (built.length > COMMANDS_A_SCOPE) throw refusals.tooManyCommands();
  for (const { id } of old) discord.world.commands.delete(id);
  store(discord.world, built);
  return ok(built);
}

function create(discord: Discord, { params, body }: Call<Scope>): Answer {
  const old = commandsIn(discord, params);
  const command = build(discord.world, checkCommand(body), params, old);
  const isNew = !discord.world.commands.has(command.id);
  if (isNew && old.length >= COMMANDS_A_SCOPE) throw refusals.tooManyCommands();
  store(discord.world, [command]);
  return { status: isNew ? 201 : 200, body: command };
}

function find(discord: Discord, params: Scope & { command_id: string }): APIApplicationCommand {
  const command = commandsIn(discord, params).find(({ id }) => id === params.command_id);
  if (!command) throw refusals.unknownCommand();
  return command;
}

function remove(discord: Discord, params: Scope & { command_id: string }): Answer {
  discord.world.commands.delete(find(discord, params).id);
  discord.world.events.emit('commands');
  return noContent;
}

function change(discord: Discord, { params, body }: Call<Scope & { command_id: string }>): Answer {
  const old = find(discord, params);
  const merged = checkCommand({ ...old, ...(body as object) });
  const command = { ...build(discord.world, merged, params, []), id: old.id };
  store(discord.world, [command]);
  return ok(command);
}

const GLOBAL = '/applications/{application_id}/commands';
const IN_GUILD = '/applications/{application_id}/guilds/{guild_id}/commands';

export const commandRoutes: Route[] = [
  route('GET', GLOBAL, (discord, { params }) => ok(commandsIn(discord, params))),
  route('PUT', GLOBAL, overwriteAll),
  route('POST', GLOBAL, create),
  route('GET', `${GLOBAL}/{command_id}`, (discord, { params }) => ok(find(discord, params))),
  route('PATCH', `${GLOBAL}/{command_id}`, change),
  route('DELETE', `${GLOBAL}/{command_id}`, (discord, { params }) => remove(discord, params)),
  route('GET', IN_GUILD, (discord, { params }) => ok(commandsIn(discord, params))),
  route('PUT', IN_GUILD, overwriteAll),
  route('POST', IN_GUILD, create),
  route('GET', `${IN_GUILD}/{command_id}`, (discord, { params }) => ok(find(discord, params))),
  route('PATCH', `${IN_GUILD}/{command_id}`, change),
  route('DELETE', `${IN_GUILD}/{command_id}`, (discord, { params }) => remove(discord, params)),
];
