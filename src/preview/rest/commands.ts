import { ApplicationCommandType, ApplicationIntegrationType, type APIApplicationCommand } from 'discord.js';
import { refusals } from '../errors.ts';
import { checkCommand, checkCommands, type CommandFields } from '../validate/command.ts';
import { COMMAND } from '../validate/limits.ts';
import type { World } from '../world.ts';
import { noContent, ok, route, type Answer, type Call, type Discord, type Route } from './router.ts';

const DAY = 86_400_000;

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
  const type = fields.type ?? ApplicationCommandType.ChatInput;
  const same = old.find((command) => command.name === fields.name && command.type === type);
  return {
    default_member_permissions: null,
    nsfw: false,
    dm_permission: true,
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: null,
    ...fields,
    id: same?.id ?? world.nextId(),
    application_id: scope.application_id,
    version: world.nextId(),
    type,
    description: fields.description ?? '',
    ...(scope.guild_id ? { guild_id: scope.guild_id } : {}),
  };
}

/** @throws ApiError 30034 when more new commands than allowed were made within a day. */
function countCreations(world: World, scope: Scope, count: number): void {
  const key = scope.guild_id ?? 'global';
  const now = world.clock().getTime();
  const lately = (world.creations.get(key) ?? []).filter((time) => time > now - DAY);
  if (lately.length + count > COMMAND.creationsADay) throw refusals.tooManyCreations();
  world.creations.set(key, [...lately, ...Array<number>(count).fill(now)]);
}

/** @throws ApiError 30032 when there are more commands of a type than a scope may have. */
function checkCount(commands: APIApplicationCommand[]): void {
  for (const [type, count] of Object.entries(COMMAND.count)) {
    if (commands.filter((command) => String(command.type) === type).length > count) throw refusals.tooManyCommands();
  }
}

function store(world: World, commands: APIApplicationCommand[]): void {
  for (const command of commands) world.commands.set(command.id, command);
  world.events.emit('commands');
}

function overwriteAll(discord: Discord, { params, body }: Call<Scope>): Answer {
  const old = commandsIn(discord, params);
  const built = checkCommands(body).map((fields) => build(discord.world, fields, params, old));
  checkCount(built);
  countCreations(discord.world, params, built.filter(({ id }) => !discord.world.commands.has(id)).length);
  for (const { id } of old) discord.world.commands.delete(id);
  store(discord.world, built);
  return ok(built);
}

function create(discord: Discord, { params, body }: Call<Scope>): Answer {
  const old = commandsIn(discord, params);
  const command = build(discord.world, checkCommand(body), params, old);
  const isNew = !discord.world.commands.has(command.id);
  if (isNew) {
    checkCount([...old, command]);
    countCreations(discord.world, params, 1);
  }
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
