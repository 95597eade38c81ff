import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import { bytesOf } from '../frames.ts';
import { Session } from './session.ts';

/** https://discord.com/developers/docs/events/gateway#rate-limiting */
const SENDS_PER_MINUTE = 120;
const PAYLOAD_BYTES = 4096;
const HEARTBEAT_INTERVAL = 41_250;

/** Members, presences and message content, which a new application may not ask for. */
const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

/** What a connection needs to know of the gateway. */
export interface Sessions {
  token: string;
  /** Greets a bot that identified. */
  welcome(session: Session): void;
  find(id: string): Session | undefined;
  add(session: Session): void;
  remove(session: Session): void;
  /** A bot came or went. */
  changed(): void;
}

interface Received {
  op?: unknown;
  d?: unknown;
}

function parse(data: Buffer): Received | null {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function isShard(value: unknown): value is [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [id, count] = value as unknown[];
  return Number.isInteger(id) && Number.isInteger(count) && (id as number) >= 0 && (id as number) < (count as number);
}

/** One WebSocket connection of a bot. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #sessions: Sessions;
  #session: Session | null = null;
  #sends: number[] = [];

  constructor(socket: WebSocket, sessions: Sessions) {
    this.#socket = socket;
    this.#sessions = sessions;
    socket.on('message', (data) => this.#receive(bytesOf(data)));
    socket.on('close', (code) => this.#closed(code));
    this.#send(GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL, _trace: [] });
  }

  #send(op: GatewayOpcodes, d: unknown = null): void {
    this.#socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  #isFlood(): boolean {
    const now = performance.now();
    this.#sends = this.#sends.filter((time) => time > now - 60_000);
    this.#sends.push(now);
    return this.#sends.length > SENDS_PER_MINUTE;
  }

  #receive(data: Buffer): void {
    if (this.#isFlood()) return this.#socket.close(GatewayCloseCodes.RateLimited, 'You are being rate limited.');
    const received = data.length > PAYLOAD_BYTES ? null : parse(data);
    if (!received) return this.#socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
    const content = (received.d ?? {}) as Record<string, unknown>;
    if (received.op === GatewayOpcodes.Heartbeat) return this.#send(GatewayOpcodes.HeartbeatAck);
    if (received.op === GatewayOpcodes.Identify) return this.#identify(content);
    if (received.op === GatewayOpcodes.Resume) return this.#resume(content);
    if (!this.#session) return this.#socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
    if (!Object.values(GatewayOpcodes).includes(received.op as GatewayOpcodes)) {
      this.#socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(data: Record<string, unknown>): void {
    if (this.#session) return this.#socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
    const fault = this.#identifyFault(data);
    if (fault) return this.#socket.close(...fault);
    this.#session = new Session(this.#socket, data['intents'] as number, (data['shard'] ?? [0, 1]) as [number, number]);
    this.#sessions.add(this.#session);
    this.#sessions.welcome(this.#session);
    this.#sessions.changed();
  }

  #identifyFault(data: Record<string, unknown>): [code: number, reason: string] | null {
    const { token, intents, shard } = data;
    if (token !== this.#sessions.token) return [GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.'];
    if (shard !== undefined && !isShard(shard)) return [GatewayCloseCodes.InvalidShard, 'Invalid shard.'];
    if (!Number.isInteger(intents)) return [GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).'];
    if ((intents as number) & PRIVILEGED_INTENTS) return [GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).'];
    return null;
  }

  #resume(data: Record<string, unknown>): void {
    if (data['token'] !== this.#sessions.token) {
      return this.#socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    }
    const session = this.#sessions.find(String(data['session_id']));
    if (!session) return this.#send(GatewayOpcodes.InvalidSession, false);
    const sequence = Number(data['seq']);
    if (!(sequence <= session.sequence)) return this.#socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.');
    this.#session = session;
    session.resume(this.#socket, sequence);
    this.#sessions.changed();
  }

  /** A bot that closes with 1000 or 1001 ends its session; after any other end it may resume. */
  #closed(code: number): void {
    const session = this.#session;
    if (session?.socket !== this.#socket) return;
    session.socket = null;
    if (code === 1000 || code === 1001) this.#sessions.remove(session);
    this.#sessions.changed();
  }
}
