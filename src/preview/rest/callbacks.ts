import { InteractionResponseType, MessageFlags, type APIMessage } from 'discord.js';
import { refusals } from '../errors.ts';
import { takeFirstAnswer } from '../interactions/first-answer.ts';
import type { Interaction } from '../interactions/interactions.ts';
import type { FirstAnswer } from '../interactions/respond.ts';
import { noContent, ok, route, type Route } from './router.ts';

/** What a callback answers when it was asked for with `with_response`. */
function callbackResponse(interaction: Interaction, answer: FirstAnswer, message: APIMessage | null): object {
  const { spec } = interaction;
  const flags = message?.flags ?? 0;
  const isUpdate = answer.type === InteractionResponseType.DeferredMessageUpdate;
  return {
    interaction: {
      id: interaction.id,
      type: spec.type,
      channel_id: spec.channel.id,
      ...(spec.channel.guild_id ? { guild_id: spec.channel.guild_id } : {}),
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
          }
        : {}),
    },
    resource: { type: answer.type, ...(message && !isUpdate ? { message } : {}) },
  };
}

export const callbackRoutes: Route[] = [
  route(
    'POST',
    '/interactions/{interaction_id}/{interaction_token}/callback',
    ({ world, interactions }, { params, body, files, query }) => {
      const interaction = interactions.findByToken(params.interaction_token);
      if (!interaction || interaction.id !== params.interaction_id) throw refusals.unknownInteraction();
      const { answer, message } = takeFirstAnswer(world, interaction, body, files);
      return query.get('with_response') === 'true' ? ok(callbackResponse(interaction, answer, message)) : noContent;
    },
    { auth: false },
  ),
];
