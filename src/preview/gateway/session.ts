import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';

/** Discord forgets old events too; how many it keeps is not documented. */
const REPLAYABLE_EVENTS = 1000;

interface Dispatched {
  s: number;
  text: string;
}

/** One session of a bot: survives its connection, so that the bot may resume it. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  socket: WebSocket | null;
  #sequence = 0;
  #events: Dispatched[] = [];

  constructor(socket: WebSocket, intents: number, shard: readonly [number, number]) {
    this.socket = socket;
    this.intents = intents;
    this.shard = shard;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Whether events of this server belong to this session; direct messages belong to shard 0. */
  serves(guildId: string | null): boolean {
    const [id, count] = this.shard;
    return guildId ? Number((BigInt(guildId) >> 22n) % BigInt(count)) === id : id === 0;
  }

  /** Sends an event, and keeps it for a resume. */
  dispatch(event: string, data: unknown): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.#sequence, d: data });
    this.#events.push({ s: this.#sequence, text });
    if (this.#events.length > REPLAYABLE_EVENTS) this.#events.shift();
    this.socket?.send(text);
  }

  /** Takes the session over to a new connection and sends what came after `sequence`. */
  resume(socket: WebSocket, sequence: number): void {
    this.socket?.terminate();
    this.socket = socket;
    for (const { s, text } of this.#events) if (s > sequence) socket.send(text);
    this.dispatch('RESUMED', { _trace: [] });
  }
}
