import type { IncomingMessage } from 'node:http';
import { type APIInteraction, ApplicationIntegrationType, REST } from 'discord.js';
import type { Clock } from '../core/clock.ts';
import { dispatch, type DispatchContext } from '../discord/dispatch.ts';
import { createShortMemory } from '../discord/short-memory.ts';
import { within } from '../core/within.ts';
import { readJsonBytes } from './body.ts';
import { Refusal } from './refusal.ts';
import { httpResponder } from './responder.ts';
import type { Handler, Send } from './server.ts';
import { createVerifier, sealOf } from './signature.ts';

export interface EndpointOptions {
  /** The application's public key, 64 hexadecimal digits. */
  publicKey: string;
  /** The REST base without version. */
  apiUrl: string;
  context: DispatchContext;
  clock: Clock;
  /** Told at most once an hour of a server that the bot is in, since nobody else tells of servers without the gateway. */
  onGuild?: (guildId: string) => Promise<unknown>;
}

/** What answers the interactions that Discord sends over HTTP. Nothing is kept between two of them. */
export interface Endpoint {
  handle: Handler;
  /** Resolves when what was announced is answered, at the latest after so many milliseconds. */
  settle(milliseconds: number): Promise<void>;
}

const HOUR = 3_600_000;

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { publicKey, apiUrl, context, clock, onGuild = async () => null } = options;
  const { log } = context.services;
  const isSealed = createVerifier(publicKey);
  const rest = new REST({ api: apiUrl, version: '10' });
  const underWay = new Set<Promise<void>>();
  const tellOf = createShortMemory(onGuild, HOUR, clock);

  /** @throws Refusal 401, before anything else is looked at. */
  async function readSealed(request: IncomingMessage): Promise<Buffer> {
    const seal = sealOf(request.headers);
    if (!seal) throw new Refusal(401, 'The request is not signed.');
    const body = await readJsonBytes(request);
    if (!(await isSealed(seal, body))) {
      log.debug('a request was not signed by Discord');
      throw new Refusal(401, 'The signature is wrong.');
    }
    return body;
  }

  async function answer(interaction: APIInteraction, send: Send): Promise<void> {
    let isAnswered = false;
    const once: Send = (given) => {
      isAnswered = true;
      return send(given);
    };
    await dispatch(interaction, httpResponder(once, rest, interaction, log), context);
    if (!isAnswered) throw new Refusal(400, 'This interaction is not known here.');
  }

  return {
    async handle(request, send) {
      const interaction = parse(await readSealed(request));
      const guildId = guildWithBot(interaction);
      if (guildId !== null) {
        tellOf(guildId).catch((error: unknown) =>
          log.error({ err: error }, 'that the bot is in a server was not kept'),
        );
      }
      const answered = answer(interaction, send);
      underWay.add(answered);
      try {
        await answered;
      } finally {
        underWay.delete(answered);
      }
    },
    settle: async (milliseconds) => void (await within(Promise.allSettled(underWay), milliseconds)),
  };
}

/** The server that an interaction comes from, if the bot is in it and not only an application of the reader. */
function guildWithBot(interaction: APIInteraction): string | null {
  if (!('authorizing_integration_owners' in interaction)) return null;
  const { guild_id: guildId, authorizing_integration_owners: owners } = interaction;
  const isInstalled = owners?.[ApplicationIntegrationType.GuildInstall] === guildId;
  return guildId !== undefined && isInstalled ? guildId : null;
}

/** @throws Refusal */
function parse(body: Buffer): APIInteraction {
  const refusal = new Refusal(400, 'This is no interaction.');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw refusal;
  }
  const { id, type } = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown; type?: unknown };
  if (typeof id !== 'string' || typeof type !== 'number') throw refusal;
  return value as APIInteraction;
}
