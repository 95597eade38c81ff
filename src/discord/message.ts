import { type APIAllowedMentions, MessageFlags, type RawFile } from 'discord.js';
import type { Reply } from './command.ts';
import { fit } from './fit.ts';

/** A message as Discord's API takes it. */
export interface Message {
  content?: string;
  embeds?: Reply['embeds'];
  components?: Reply['components'];
  attachments?: { id: string; filename: string; description?: string }[];
  allowed_mentions: APIAllowedMentions;
  flags?: number;
}

/** A message and the files that go with it. */
export interface Outgoing {
  message: Message;
  files: RawFile[];
}

/** Nobody is ever notified by a text; a name or a mention in it is shown only. */
const NOBODY: APIAllowedMentions = { parse: [] };

/** A new message: fitted to Discord's limits, for the reader alone when `hidden`. */
export function newMessage(reply: Reply, hidden: boolean): Outgoing {
  const { message, files } = compose(reply);
  return { message: hidden ? { ...message, flags: MessageFlags.Ephemeral } : message, files };
}

/** The change that makes an existing message be exactly this reply: what the reply does not have is taken away. */
export function changedMessage(reply: Reply): Outgoing {
  const { message, files } = compose(reply);
  return { message: { content: '', embeds: [], components: [], attachments: [], ...message }, files };
}

function compose(reply: Reply): Outgoing {
  const { content, embeds, components, files = [] } = fit(reply);
  const message: Message = { allowed_mentions: NOBODY };
  if (content !== undefined) message.content = content;
  if (embeds) message.embeds = embeds;
  if (components) message.components = components;
  if (files.length > 0) {
    message.attachments = files.map(({ name, description }, index) => {
      return { id: String(index), filename: name, ...(description ? { description } : {}) };
    });
  }
  return { message, files: files.map(({ name, data }) => ({ name, data })) };
}
