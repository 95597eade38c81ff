import { setTimeout as pause } from 'node:timers/promises';
import {
  type APIInteraction,
  DiscordAPIError,
  InteractionResponseType as Type,
  RESTJSONErrorCodes as Code,
  type REST,
} from 'discord.js';
import type { Log } from '../core/log.ts';
import { InteractionOver } from '../discord/failure.ts';
import type { Message } from '../discord/message.ts';
import { type Responder, restResponder } from '../discord/responder.ts';
import type { Send } from './server.ts';

/** How long to wait before each new try, in milliseconds. */
const TRIES = [100, 200, 400, 800, 1600];

/** Answers an interaction that came over HTTP: first with `send`, later by Discord's API, which takes no bot token for it. */
export function httpResponder(send: Send, rest: REST, interaction: APIInteraction, log: Log): Responder {
  const later = restResponder(rest, interaction);
  let state: 'waiting' | 'announced' | 'answered' = 'waiting';
  const answer = (body: object) =>
    send({ status: 200, type: 'application/json', body: JSON.stringify(body) }).catch((error: unknown) => {
      log.warn({ err: error }, 'the connection broke before an interaction was answered');
      throw new InteractionOver();
    });
  const responder: Responder = {
    async callback(body, files = []) {
      // What an answer with files could not bring comes in its place.
      const { flags, ...message } = (body.data ?? {}) as Message;
      if (state === 'announced') return responder.editOriginal(message, files);
      if (state === 'answered') throw new InteractionOver();
      state = files.length > 0 ? 'announced' : 'answered';
      if (state === 'answered') return answer(body);
      // An answer over HTTP cannot bring files: https://github.com/discord/discord-api-docs/issues/5933
      await answer(isUpdate(body) ? { type: Type.DeferredMessageUpdate } : announcement(flags));
      return responder.editOriginal(message, files);
    },
    editOriginal: (message, files) => onceThere(() => later.editOriginal(message, files)),
    followUp: (message, files) => onceThere(() => later.followUp(message, files)),
  };
  return responder;
}

function isUpdate({ type }: { type: Type }): boolean {
  return type === Type.UpdateMessage;
}

function announcement(flags: number | undefined): object {
  const type = Type.DeferredChannelMessageWithSource;
  return flags === undefined ? { type } : { type, data: { flags } };
}

/** Discord may still be reading the first answer when it is asked for the next. */
async function onceThere<T>(request: () => Promise<T>): Promise<T> {
  for (const milliseconds of TRIES) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.code !== Code.UnknownWebhook) throw error;
    }
    await pause(milliseconds);
  }
  return request();
}
