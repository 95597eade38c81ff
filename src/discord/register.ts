import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import { getSetting, setSetting } from '../store/settings.ts';
import type { Command } from './command.ts';
import { registrationFault } from './login-faults.ts';

export interface Registration {
  rest: REST;
  db: Db;
  log: Log;
  applicationId: string;
  /** Registers in this server alone, where changes show at once; `null` registers everywhere. */
  guildId: string | null;
}

/** Names to ids. */
export type CommandIds = Record<string, string>;

/** A clickable mention of a command or subcommand; plain text where its id is not known. */
export function mentionIn(ids: CommandIds, command: string): string {
  const id = ids[command.split(' ', 1)[0] ?? ''];
  return id ? `</${command}:${id}>` : `/${command}`;
}

const registered = z.array(z.object({ id: z.string(), name: z.string() }));
const remembered = z.object({ hash: z.string(), ids: z.record(z.string(), z.string()) });

/**
 * Makes Discord know exactly these commands; asks for a change only when a declaration changed since the last time, or when
 * Discord has lost them. Returns the ids that Discord gave them.
 * @throws DiscordAPIError when Discord refuses.
 */
async function register(commands: readonly Command[], registration: Registration): Promise<CommandIds> {
  const { rest, db, log, applicationId, guildId } = registration;
  const body = commands.map(({ declaration }) => declaration);
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const key = `commands:${applicationId}:${guildId ?? 'global'}`;
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const known = remembered.safeParse(JSON.parse((await getSetting(db, key)) ?? 'null')).data;
  if (known?.hash === hash && (await stillThere(rest, route, known.ids))) return known.ids;
  const ids = idsOf(registered.parse(await rest.put(route, { body })));
  await setSetting(db, key, JSON.stringify({ hash, ids }));
  log.info({ commands: Object.keys(ids), guildId }, 'commands registered');
  return ids;
}

/** False only when Discord says otherwise: what cannot be asked is not sent again. */
async function stillThere(rest: REST, route: `/${string}`, ids: CommandIds): Promise<boolean> {
  const answer = registered.safeParse(await rest.get(route).catch(() => null));
  if (!answer.success) return true;
  const there = idsOf(answer.data);
  return Object.entries(ids).every(([name, id]) => there[name] === id);
}

function idsOf(commands: z.infer<typeof registered>): CommandIds {
  return Object.fromEntries(commands.map(({ id, name }) => [name, id]));
}

/**
 * Registers the commands where they changed and returns their ids; where that fails for now, it is logged, and the commands
 * that Discord knows from before go on.
 * @throws UserError saying what to do when Discord refuses the bot.
 */
export async function registerCommands(
  commands: readonly Command[],
  registration: Registration,
  inviteUrl: string,
): Promise<CommandIds> {
  try {
    return await register(commands, registration);
  } catch (error) {
    const fault = registrationFault(error, registration.guildId, inviteUrl);
    if (fault) throw fault;
    registration.log.error(
      { err: error },
      'the commands could not be registered; those Discord knows from before go on',
    );
    return {};
  }
}
