import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { findMessage, type World } from '../world.ts';
import { interactionMetadata, interactionPayload, type InteractionSpec } from './payload.ts';

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback */
const TOKEN_LIFETIME = 15 * 60_000;

/** What the user gets to see in the end. */
export type Answer =
  | { type: 'message'; message: APIMessage }
  | { type: 'modal'; modal: APIModalInteractionResponseCallbackData }
  | { type: 'choices'; choices: APIApplicationCommandOptionChoice[] };

/** An interaction that the application left unanswered, as Discord tells its user. */
export class InteractionFailed extends Error {
  override name = 'InteractionFailed';
  /** What Discord shows; the message also names the refusal that led to it. */
  readonly reason: string;

  constructor(reason: string, refusal: string | null) {
    super(refusal ? `${reason} (its answer was refused: ${refusal})` : reason);
    this.reason = reason;
  }
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly spec: InteractionSpec;
  /** What its messages say of it. */
  readonly metadata: object;
  /** In milliseconds. */
  readonly startedAt: number;
  state: 'waiting' | 'answered' | 'expired';
  /** The message that `@original` means; `null` before there is one. */
  originalId: string | null;
  followUps: number;
  /** Why the last first-answer was refused. */
  refusal: string | null;
  /** Settled with the first answer of the application, also when it only defers. */
  readonly acknowledged: Promise<void>;
  /** Settled with what the user gets to see. */
  readonly answered: Promise<Answer>;
  acknowledge(): void;
  settle(answer: Answer): void;
  fail(reason: string): void;
}

export interface Interactions {
  /** Sends an interaction to the application. */
  start(spec: InteractionSpec): Interaction;
  findByToken(token: string): Interaction | undefined;
  /** Whether follow-ups and edits are still taken. */
  isAlive(interaction: Interaction): boolean;
  close(): void;
}

/** Brings an interaction to the application; the server that the bot is in, if any, comes with it. */
export type Deliver = (interaction: Interaction, payload: object, guildId: string | null) => void;

/** The interactions of a world; each must be answered within `answerWithin` milliseconds. */
export function createInteractions(world: World, deliver: Deliver, answerWithin: number): Interactions {
  const byToken = new Map<string, Interaction>();
  const timers = new Set<NodeJS.Timeout>();

  function after(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, milliseconds);
    timers.add(timer);
  }

  function expire(interaction: Interaction): void {
    if (interaction.state !== 'waiting') return;
    interaction.state = 'expired';
    interaction.fail('The application did not respond');
  }

  return {
    findByToken: (token) => byToken.get(token),
    isAlive: (interaction) => world.clock().getTime() - interaction.startedAt <= TOKEN_LIFETIME,
    start(spec) {
      const interaction = createInteraction(world, spec);
      byToken.set(interaction.token, interaction);
      after(answerWithin, () => expire(interaction));
      const message = spec.messageId ? findMessage(world, spec.channel.id, spec.messageId) : undefined;
      const given = { id: interaction.id, token: interaction.token, message: message?.data ?? null };
      const guild = world.guilds.get(spec.channel.guild_id ?? '');
      const payload = interactionPayload(world, spec, given);
      deliver(interaction, payload, guild?.hasBot ? guild.id : null);
      return interaction;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const interaction of byToken.values()) interaction.fail('The preview was closed');
    },
  };
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

/** A promise settled from outside, that nobody needs to wait for. */
function defer<T>(): Deferred<T> {
  let resolve!: Deferred<T>['resolve'];
  let reject!: Deferred<T>['reject'];
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

function createInteraction(world: World, spec: InteractionSpec): Interaction {
  const id = world.nextId();
  const acknowledged = defer<void>();
  const answered = defer<Answer>();
  const interaction: Interaction = {
    id,
    token: Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString('base64url'),
    spec,
    metadata: interactionMetadata(world, spec, id),
    startedAt: world.clock().getTime(),
    state: 'waiting',
    originalId: null,
    followUps: 0,
    refusal: null,
    acknowledged: acknowledged.promise,
    answered: answered.promise,
    acknowledge: acknowledged.resolve,
    settle: (answer) => answered.resolve(structuredClone(answer)),
    fail(reason) {
      const failure = new InteractionFailed(reason, interaction.refusal);
      acknowledged.reject(failure);
      answered.reject(failure);
    },
  };
  return interaction;
}
