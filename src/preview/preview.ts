import type { APIUser } from 'discord.js';
import { systemClock, type Clock } from '../core/clock.ts';
import { silentLog, type Log } from '../core/log.ts';
import { projectPath } from '../core/root.ts';
import { createControl, type WorldControl } from './control.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGateway, type GatewayFaults } from './gateway/gateway.ts';
import { createEndpoint, type InteractionsEndpoint } from './interactions/endpoint.ts';
import { createInteractions, type Deliver } from './interactions/interactions.ts';
import type { Actor } from './interactions/payload.ts';
import { createApi, type RecordedRequest } from './rest/api.ts';
import type { Discord } from './rest/router.ts';
import { addMember, SEED, seedWorld } from './seed.ts';
import { listen } from './server.ts';
import { createPages } from './socket.ts';
import { createPerson, type PreviewPerson } from './user/user.ts';
import { createUser, createWorld } from './world.ts';

export interface PreviewOptions {
  /** 0 takes a free one. */
  port: number;
  log?: Log;
  clock?: Clock;
  /** Folder of the built page. Default: `dist/preview-page`. */
  pageFolder?: string;
  /** How long the application may take to answer an interaction, in milliseconds. Default: 3000, as on Discord. */
  answerWithin?: number;
  /** Whether limits on the number of requests are enforced. Default: yes. */
  rateLimited?: boolean;
}

/** A Discord on this machine. */
export interface Preview {
  /** The address of the page. */
  url: string;
  /** The REST base for `new Client({ rest: { api } })`. */
  apiUrl: string;
  /** The token of the one bot. */
  token: string;
  /** The user of the page, who owns the server. */
  user: PreviewPerson;
  /** Adds a user who is a plain member of the server. */
  addUser(username: string): PreviewPerson;
  /** The last ten thousand requests of the bot, oldest first. */
  requests: RecordedRequest[];
  /** Changes in the world while the bot runs. */
  world: WorldControl;
  /** What goes wrong with requests. */
  faults: Faults;
  /** What goes wrong with the gateway. */
  gateway: GatewayFaults;
  /** Where interactions go instead of the gateway. */
  endpoint: InteractionsEndpoint;
  /** Stops serving and cuts every connection. */
  close(): Promise<void>;
}

/**
 * Starts a Discord on this machine: the part of REST v10 and of the gateway that a bot like ours uses, and a page to type
 * in. It holds everything in memory and is reached from this machine only.
 * @throws UserError when the port cannot be used.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { log = silentLog, clock = systemClock } = options;
  const server = await listen(options.port);
  const world = createWorld(clock, `http://127.0.0.1:${server.port}`);
  seedWorld(world);
  const gateway = createGateway(world, () => pages.botChanged());
  const requests: RecordedRequest[] = [];
  const endpoint = createEndpoint({ world, log, requests });
  const deliver: Deliver = (interaction, payload, guildId) => {
    if (!endpoint.deliver(interaction, payload)) gateway.dispatch('INTERACTION_CREATE', payload, guildId, 0);
  };
  const interactions = createInteractions(world, deliver, options.answerWithin ?? 3000);
  const discord: Discord = { world, gateway, interactions };
  const reader = createActor(world.users.get(SEED.reader) as APIUser);
  const pages = createPages(discord, reader);
  const faults = createFaults();
  const api = createApi({
    discord,
    faults,
    requests,
    log,
    rateLimited: options.rateLimited ?? true,
    onRefusal(request, error) {
      const { method, path } = request;
      log.warn({ method, path, code: error.code, errors: error.errors }, `the preview refused: ${error.message}`);
      pages.refused(request, error);
    },
  });
  server.serve({
    world,
    pageFolder: options.pageFolder ?? projectPath('dist', 'preview-page'),
    api,
    gateway: (socket) => gateway.accept(socket),
    page: (socket) => pages.accept(socket),
    gatewayReachable: () => gateway.reachable,
  });
  return {
    url: world.url,
    apiUrl: `${world.url}/api`,
    token: world.token,
    user: createPerson(discord, reader),
    addUser: (username) => addPerson(discord, username),
    requests,
    world: createControl(world),
    faults,
    gateway,
    endpoint,
    async close() {
      interactions.close();
      await server.close();
    },
  };
}

function createActor(user: APIUser): Actor {
  return { user, locale: 'en-US', installed: false };
}

function addPerson(discord: Discord, username: string): PreviewPerson {
  const { world } = discord;
  const user = createUser(world.nextId(), username, { name: username });
  world.users.set(user.id, user);
  for (const guild of world.guilds.values()) addMember(world, guild, user.id);
  return createPerson(discord, createActor(user));
}
