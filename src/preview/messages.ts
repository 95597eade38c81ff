import {
  ComponentType,
  EmbedType,
  MessageFlags,
  MessageType,
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIUser,
} from 'discord.js';
import { attachFiles, resolveAttachmentUrls, type AttachmentRequest, type UploadedFile } from './attachments.ts';
import { findMentions } from './mentions.ts';
import { flagsOf, messagesIn, type StoredMessage, type World } from './world.ts';

/** The fields of a request that make or change a message. */
export interface MessageFields {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: APIMessageTopLevelComponent[] | null;
  flags?: number | null;
  allowed_mentions?: APIAllowedMentions | null;
  attachments?: AttachmentRequest[] | null;
  tts?: boolean | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  message_reference?: { message_id?: string; fail_if_not_exists?: boolean } | null;
}

export interface Draft {
  channelId: string;
  author: APIUser;
  fields: MessageFields;
  files?: UploadedFile[];
  viewerId?: string | null;
  token?: string | null;
  /** What the message has besides, for example the metadata of its interaction. */
  extra?: Partial<APIMessage>;
}

/** Flags that a bot may set; the layout flag stays once it is set. */
const REMOVABLE = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;
const SETTABLE = REMOVABLE | MessageFlags.IsComponentsV2;

const ONE_VALUE = { min_values: 1, max_values: 1 };

/** What Discord adds to components that do not say otherwise. */
const DEFAULTS: Partial<Record<ComponentType, object>> = {
  [ComponentType.StringSelect]: ONE_VALUE,
  [ComponentType.UserSelect]: ONE_VALUE,
  [ComponentType.RoleSelect]: ONE_VALUE,
  [ComponentType.MentionableSelect]: ONE_VALUE,
  [ComponentType.ChannelSelect]: ONE_VALUE,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Separator]: { spacing: 1, divider: true },
};

/** Gives every component its defaults, and an `id` where it has none, counted from 1 in the order of the message. */
function completeComponents(components: APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  let last = 0;
  const number = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(number);
    if (typeof value !== 'object' || value === null) return value;
    const own = 'type' in value ? { id: (last += 1), ...DEFAULTS[value.type as ComponentType] } : {};
    const nested = Object.entries(value).map(([key, item]) => [
      key,
      ['components', 'accessory', 'component'].includes(key) ? number(item) : item,
    ]);
    return { ...own, ...(Object.fromEntries(nested) as object) };
  };
  return number(components) as APIMessageTopLevelComponent[];
}

function completeEmbed(embed: APIEmbed): APIEmbed {
  const fields = embed.fields?.map((field) => ({ inline: false, ...field }));
  return { type: EmbedType.Rich, ...embed, ...(fields ? { fields } : {}) };
}

/** Applies the fields of a request to a message; what they do not name stays. */
function applyFields(world: World, message: APIMessage, fields: MessageFields, files: UploadedFile[]): void {
  const attachments = attachFiles(world, message.channel_id, files, fields.attachments, message.attachments);
  const used = new Set<string>();
  if (fields.content !== undefined) {
    const channel = world.channels.get(message.channel_id);
    message.content = fields.content?.trim() ?? '';
    Object.assign(message, findMentions(world, channel, message.content, fields.allowed_mentions));
  }
  if (fields.embeds !== undefined) {
    const embeds = resolveAttachmentUrls(fields.embeds ?? [], attachments, used);
    message.embeds = embeds.map(completeEmbed);
  }
  if (fields.components !== undefined) {
    message.components = completeComponents(resolveAttachmentUrls(fields.components ?? [], attachments, used));
  }
  message.attachments = attachments.filter(({ filename }) => !used.has(filename));
}

/** Adds a message to its channel. */
export function createMessage(world: World, draft: Draft): StoredMessage {
  const { fields } = draft;
  const data: APIMessage = {
    id: world.nextId(),
    type: MessageType.Default,
    channel_id: draft.channelId,
    author: draft.author,
    content: '',
    timestamp: world.clock().toISOString(),
    edited_timestamp: null,
    tts: fields.tts ?? false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    ...draft.extra,
  };
  if (fields.nonce !== undefined && fields.nonce !== null) data.nonce = fields.nonce;
  data.flags = flagsOf(data, ((fields.flags ?? 0) & SETTABLE) | (draft.viewerId ? MessageFlags.Ephemeral : 0));
  applyFields(world, data, fields, draft.files ?? []);
  const stored = { data, viewerId: draft.viewerId ?? null, token: draft.token ?? null };
  addToChannel(world, stored);
  return stored;
}

function addToChannel(world: World, stored: StoredMessage): void {
  const channel = world.channels.get(stored.data.channel_id);
  if (!world.messages.has(stored.data.channel_id)) world.messages.set(stored.data.channel_id, []);
  messagesIn(world, stored.data.channel_id).push(stored);
  if (channel && stored.viewerId === null) {
    channel.last_message_id = stored.data.id;
    if (channel.thread_metadata) {
      channel.message_count = (channel.message_count ?? 0) + 1;
      channel.total_message_sent = (channel.total_message_sent ?? 0) + 1;
    }
  }
  world.events.emit('message', stored);
}

/** Changes a message. The first change of a loading message completes it and does not count as an edit. */
export function editMessage(world: World, stored: StoredMessage, fields: MessageFields, files: UploadedFile[]): void {
  const message = stored.data;
  const wasLoading = ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
  applyFields(world, message, fields, files);
  const given = typeof fields.flags === 'number';
  message.flags = flagsOf(message, 0, MessageFlags.Loading | (given ? REMOVABLE : 0));
  message.flags = flagsOf(message, (fields.flags ?? 0) & SETTABLE);
  if (!wasLoading) message.edited_timestamp = world.clock().toISOString();
  world.events.emit('messageChanged', stored);
}

/** Takes a message out of its channel. */
export function deleteMessage(world: World, stored: StoredMessage): void {
  const messages = messagesIn(world, stored.data.channel_id);
  const index = messages.indexOf(stored);
  if (index < 0) return;
  messages.splice(index, 1);
  world.events.emit('messageDeleted', stored);
}
