import type { APIMessage } from 'discord.js';
import type { UploadedFile } from '../attachments.ts';
import { ApiError } from '../errors.ts';
import type { PreviewOption } from '../protocol.ts';
import { checkFirstAnswer, type Question } from '../validate/first-answer.ts';
import { findMessage, type World } from '../world.ts';
import type { Interaction } from './interactions.ts';
import { type FirstAnswer, respond } from './respond.ts';

/**
 * Checks and applies the first answer to an interaction, however it came.
 * @throws ApiError when it is refused; the interaction remembers why.
 */
export function takeFirstAnswer(
  world: World,
  interaction: Interaction,
  body: unknown,
  files: UploadedFile[],
): { answer: FirstAnswer; message: APIMessage | null } {
  try {
    const answer = checkFirstAnswer(body, files.length, questionOf(world, interaction));
    return { answer, message: respond(world, interaction, answer, files) };
  } catch (error) {
    if (error instanceof ApiError) interaction.refusal = refusalText(error);
    throw error;
  }
}

function questionOf(world: World, { spec }: Interaction): Question {
  const source = spec.messageId ? findMessage(world, spec.channel.id, spec.messageId) : undefined;
  const { options = [] } = spec.data as { options?: PreviewOption[] };
  return { type: spec.type, source: source?.data ?? null, options };
}

function refusalText(error: ApiError): string {
  return error.errors ? `${error.message} ${JSON.stringify(error.errors)}` : error.message;
}
