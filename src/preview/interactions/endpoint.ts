import { type KeyObject, sign } from 'node:crypto';
import { InteractionResponseType, InteractionType } from 'discord.js';
import type { Log } from '../../core/log.ts';
import { errorText, UserError } from '../../core/errors.ts';
import type { RecordedRequest } from '../rest/api.ts';
import { ApiError } from '../errors.ts';
import type { World } from '../world.ts';
import { takeFirstAnswer } from './first-answer.ts';
import type { Interaction } from './interactions.ts';

/** Interactions over HTTP: https://docs.discord.com/developers/interactions/overview#configuring-an-interactions-endpoint-url */
export interface InteractionsEndpoint {
  /** The application's public key, 64 hexadecimal digits. */
  readonly publicKey: string;
  /**
   * Sends interactions to this address instead of the gateway, from now on; `null`: to the gateway again.
   * @throws UserError when what is there does not answer a PING, or takes one with a wrong signature.
   */
  use(url: string | null): Promise<void>;
  /** The headers that prove that a body comes from here. */
  headersFor(body: string, at?: Date): Record<string, string>;
  /** Delivers an interaction; false when the gateway is to. */
  deliver(interaction: Interaction, payload: object): boolean;
}

interface EndpointOptions {
  world: World;
  log: Log;
  /** What comes back is added as the callback that it stands for. */
  requests: RecordedRequest[];
}

export function createEndpoint({ world, log, requests }: EndpointOptions): InteractionsEndpoint {
  let address: string | null = null;

  const headersFor = (body: string, at = world.clock()) => signed(world.signingKey, body, at);

  async function send(url: string, body: string, headers: Record<string, string>): Promise<Response> {
    return fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  }

  async function check(url: string): Promise<void> {
    const ping = JSON.stringify({ id: world.nextId(), application_id: world.bot.id, type: InteractionType.Ping });
    const forged = { ...headersFor(ping), 'X-Signature-Ed25519': '0'.repeat(128) };
    const { status } = await send(url, ping, forged);
    if (status !== 401) throw new UserError(`A PING with a wrong signature was answered with ${status}, not 401.`);
    const answer = await send(url, ping, headersFor(ping));
    const { type } = (await answer.json()) as { type?: number };
    if (type !== InteractionResponseType.Pong) throw new UserError('A PING was not answered with a PONG.');
  }

  /** Says what is wrong with the answer where the gateway's callback would. */
  async function ask(url: string, interaction: Interaction, payload: object): Promise<void> {
    const body = JSON.stringify(payload);
    const response = await send(url, body, headersFor(body));
    const answer: unknown = await response.json();
    if (response.status !== 200) throw new Error(`The endpoint answered with ${response.status}`);
    requests.push(callbackOf(interaction, answer, world.clock()));
    takeFirstAnswer(world, interaction, answer, []);
  }

  return {
    publicKey: world.publicKey,
    async use(url) {
      if (url !== null) await check(url);
      address = url;
    },
    headersFor,
    deliver(interaction, payload) {
      if (address === null) return false;
      ask(address, interaction, payload).catch((error: unknown) => {
        if (!(error instanceof ApiError)) interaction.refusal = errorText(error);
        log.warn({ err: error }, 'the endpoint did not answer an interaction');
      });
      return true;
    },
  };
}

function signed(key: KeyObject, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = sign(null, Buffer.from(timestamp + body), key).toString('hex');
  return { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': timestamp };
}

function callbackOf({ id, token }: Interaction, body: unknown, time: Date): RecordedRequest {
  const route = '/interactions/{interaction_id}/{interaction_token}/callback';
  const path = `/interactions/${id}/${token}/callback`;
  return { method: 'POST', path, route, body, files: [], time, status: 204, answer: undefined };
}
