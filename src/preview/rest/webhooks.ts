import { ChannelType } from 'discord.js';
import { refusals } from '../errors.ts';
import type { Interaction } from '../interactions/interactions.ts';
import { editAnswer, followUp, originalOf } from '../interactions/respond.ts';
import { deleteMessage } from '../messages.ts';
import { checkEdit, checkMessage } from '../validate/message.ts';
import { findMessage, type StoredMessage, type World } from '../world.ts';
import { noContent, ok, route, type Discord, type Route } from './router.ts';

/** For applications that only a user installed: https://discord.com/developers/docs/resources/webhook#execute-webhook */
const FOLLOW_UPS_WITHOUT_SERVER = 5;

interface Address {
  application_id: string;
  interaction_token: string;
}

/** The answered interaction that a webhook address means. */
function findInteraction({ world, interactions }: Discord, address: Address): Interaction {
  const interaction = interactions.findByToken(address.interaction_token);
  if (!interaction || address.application_id !== world.bot.id) throw refusals.unknownWebhook();
  if (!interactions.isAlive(interaction)) throw refusals.tokenExpired();
  if (interaction.state !== 'answered') throw refusals.unknownWebhook();
  return interaction;
}

/** A message of an interaction, by `@original` or by id. */
function findAnswer(world: World, interaction: Interaction, messageId: string): StoredMessage {
  const stored =
    messageId === '@original'
      ? originalOf(world, interaction)
      : findMessage(world, interaction.spec.channel.id, messageId);
  const isOwn = stored?.token === interaction.token || stored?.data.id === interaction.originalId;
  if (!stored || !isOwn) throw refusals.unknownMessage();
  return stored;
}

function hasReachedFollowUpLimit(world: World, { spec, followUps }: Interaction): boolean {
  const isUserInstall = !world.guilds.get(spec.channel.guild_id ?? '')?.hasBot && spec.channel.type !== ChannelType.DM;
  return isUserInstall && followUps >= FOLLOW_UPS_WITHOUT_SERVER;
}

const WITHOUT_AUTH = { auth: false };
const MESSAGE_PATH = '/webhooks/{application_id}/{interaction_token}/messages/{message_id}';

export const webhookRoutes: Route[] = [
  route(
    'POST',
    '/webhooks/{application_id}/{interaction_token}',
    (discord, { params, body, files }) => {
      const interaction = findInteraction(discord, params);
      if (hasReachedFollowUpLimit(discord.world, interaction)) throw refusals.tooManyFollowUps();
      const fields = checkMessage(body, files.length);
      return ok(followUp(discord.world, interaction, fields, files));
    },
    WITHOUT_AUTH,
  ),
  route(
    'GET',
    MESSAGE_PATH,
    (discord, { params }) => ok(findAnswer(discord.world, findInteraction(discord, params), params.message_id).data),
    WITHOUT_AUTH,
  ),
  route(
    'PATCH',
    MESSAGE_PATH,
    (discord, { params, body, files }) => {
      const interaction = findInteraction(discord, params);
      const stored = findAnswer(discord.world, interaction, params.message_id);
      const fields = checkEdit(body, stored.data, files.length);
      return ok(editAnswer(discord.world, interaction, stored, fields, files));
    },
    WITHOUT_AUTH,
  ),
  route(
    'DELETE',
    MESSAGE_PATH,
    (discord, { params }) => {
      deleteMessage(discord.world, findAnswer(discord.world, findInteraction(discord, params), params.message_id));
      return noContent;
    },
    WITHOUT_AUTH,
  ),
];
