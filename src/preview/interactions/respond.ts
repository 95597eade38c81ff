import {
  InteractionResponseType as Type,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { UploadedFile } from '../attachments.ts';
import { refusals } from '../errors.ts';
import { createMessage, editMessage, type MessageFields } from '../messages.ts';
import { findMessage, type StoredMessage, type World } from '../world.ts';
import type { Answer, Interaction } from './interactions.ts';

/** A first answer that was checked. */
export type FirstAnswer =
  | { type: Type.ChannelMessageWithSource | Type.UpdateMessage; data: MessageFields }
  | { type: Type.DeferredChannelMessageWithSource; data: { flags?: number } }
  | { type: Type.DeferredMessageUpdate }
  | {
      type: Type.ApplicationCommandAutocompleteResult;
      data: { choices: Extract<Answer, { type: 'choices' }>['choices'] };
    }
  | { type: Type.Modal; data: APIModalInteractionResponseCallbackData };

/** What every message of an interaction carries. */
function origin(world: World, interaction: Interaction): Partial<APIMessage> {
  const { spec } = interaction;
  const isReply = spec.type !== InteractionType.ApplicationCommand && spec.messageId;
  return {
    type: isReply ? MessageType.Reply : MessageType.ChatInputCommand,
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: interaction.metadata as NonNullable<APIMessage['interaction_metadata']>,
    ...(isReply ? reference(spec.channel, spec.messageId as string) : {}),
  };
}

function reference(channel: { id: string; guild_id?: string }, messageId: string): Partial<APIMessage> {
  const guild = channel.guild_id ? { guild_id: channel.guild_id } : {};
  return {
    message_reference: { type: MessageReferenceType.Default, channel_id: channel.id, message_id: messageId, ...guild },
  };
}

/** The message that `@original` means, while it is there. */
export function originalOf(world: World, interaction: Interaction): StoredMessage | undefined {
  return interaction.originalId ? findMessage(world, interaction.spec.channel.id, interaction.originalId) : undefined;
}

function createOriginal(world: World, interaction: Interaction, fields: MessageFields, files: UploadedFile[]): void {
  const { spec, token } = interaction;
  const viewerId = (fields.flags ?? 0) & MessageFlags.Ephemeral ? spec.actor.user.id : null;
  const extra = origin(world, interaction);
  const draft = { channelId: spec.channel.id, author: world.bot, fields, files, viewerId, token, extra };
  interaction.originalId = createMessage(world, draft).data.id;
}

function createLoading(world: World, interaction: Interaction, flags: number): void {
  const { spec, token } = interaction;
  const viewerId = flags & MessageFlags.Ephemeral ? spec.actor.user.id : null;
  const extra = { ...origin(world, interaction), flags: MessageFlags.Loading };
  const draft = { channelId: spec.channel.id, author: world.bot, fields: {}, viewerId, token, extra };
  interaction.originalId = createMessage(world, draft).data.id;
}

/**
 * Applies the first answer to an interaction; returns the message it made or changed.
 * @throws ApiError 10062 when it is too late, 40060 when there was one already.
 */
export function respond(
  world: World,
  interaction: Interaction,
  answer: FirstAnswer,
  files: UploadedFile[],
): APIMessage | null {
  if (interaction.state === 'expired') throw refusals.unknownInteraction();
  if (interaction.state === 'answered') throw refusals.alreadyAnswered();
  apply(world, interaction, answer, files);
  interaction.state = 'answered';
  interaction.acknowledge();
  const message = originalOf(world, interaction)?.data ?? null;
  if (answer.type === Type.Modal) interaction.settle({ type: 'modal', modal: answer.data });
  else if (answer.type === Type.ApplicationCommandAutocompleteResult) {
    interaction.settle({ type: 'choices', choices: answer.data.choices });
  } else if (message && (answer.type === Type.ChannelMessageWithSource || answer.type === Type.UpdateMessage)) {
    interaction.settle({ type: 'message', message });
  }
  return message;
}

function apply(world: World, interaction: Interaction, answer: FirstAnswer, files: UploadedFile[]): void {
  switch (answer.type) {
    case Type.ChannelMessageWithSource:
      return createOriginal(world, interaction, answer.data, files);
    case Type.DeferredChannelMessageWithSource:
      return createLoading(world, interaction, answer.data.flags ?? 0);
    case Type.DeferredMessageUpdate:
    case Type.UpdateMessage: {
      interaction.originalId = interaction.spec.messageId ?? null;
      if (answer.type === Type.DeferredMessageUpdate) return;
      const source = originalOf(world, interaction);
      if (!source) throw refusals.unknownMessage();
      return editMessage(world, source, answer.data, files);
    }
    case Type.Modal:
    case Type.ApplicationCommandAutocompleteResult:
  }
}

/** Changes a message of an interaction. */
export function editAnswer(
  world: World,
  interaction: Interaction,
  stored: StoredMessage,
  fields: MessageFields,
  files: UploadedFile[],
): APIMessage {
  editMessage(world, stored, fields, files);
  interaction.settle({ type: 'message', message: stored.data });
  return stored.data;
}

/** Adds a message to an interaction; straight after a deferral it completes the loading message instead. */
export function followUp(
  world: World,
  interaction: Interaction,
  fields: MessageFields,
  files: UploadedFile[],
): APIMessage {
  const original = originalOf(world, interaction);
  if (original && (original.data.flags ?? 0) & MessageFlags.Loading) {
    return editAnswer(world, interaction, original, fields, files);
  }
  interaction.followUps += 1;
  const { spec, token } = interaction;
  const viewerId = (fields.flags ?? 0) & MessageFlags.Ephemeral ? spec.actor.user.id : null;
  const extra: Partial<APIMessage> = { ...origin(world, interaction), type: MessageType.Default };
  if (original) {
    const metadata = { ...interaction.metadata, original_response_message_id: original.data.id };
    extra.interaction_metadata = metadata as unknown as NonNullable<APIMessage['interaction_metadata']>;
    Object.assign(extra, { type: MessageType.Reply }, reference(spec.channel, original.data.id));
  }
  const draft = { channelId: spec.channel.id, author: world.bot, fields, files, viewerId, token, extra };
  const message = createMessage(world, draft).data;
  interaction.settle({ type: 'message', message });
  return message;
}
