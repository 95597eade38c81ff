import { type RawFile, type REST, Routes } from 'discord.js';
import type { Message } from './message.ts';

/** The first answer to an interaction, as `POST /interactions/{id}/{token}/callback` takes it. */
interface Callback {
  type: number;
  data?: object;
}

/** How an interaction is answered. Each method rejects with what Discord refused. */
export interface Responder {
  /** The first answer; there can be only one, within three seconds. */
  callback(body: Callback, files?: RawFile[]): Promise<unknown>;
  /** Changes the first answer, within fifteen minutes. */
  editOriginal(message: Message, files?: RawFile[]): Promise<unknown>;
  /** One more message, within fifteen minutes. */
  followUp(message: Message, files?: RawFile[]): Promise<unknown>;
}

/** Answers over HTTP. The interaction's own token is the authorization, so that a bad bot token cannot be blamed. */
export function restResponder(
  rest: REST,
  interaction: { id: string; application_id: string; token: string },
): Responder {
  const { id, application_id, token } = interaction;
  return {
    callback: (body, files) => rest.post(Routes.interactionCallback(id, token), request(body, files)),
    editOriginal: (message, files) => rest.patch(Routes.webhookMessage(application_id, token), request(message, files)),
    followUp: (message, files) => rest.post(Routes.webhook(application_id, token), request(message, files)),
  };
}

function request(body: object, files: RawFile[] = []) {
  return { auth: false, body, files };
}
