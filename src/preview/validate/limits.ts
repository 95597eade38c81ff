/** Discord's limits, by the page of https://discord.com/developers/docs that states them. Texts are in characters. */

/** /resources/message#create-message; 4000 in the schema, which is for other clients than bots. */
export const MESSAGE = {
  content: 2000,
  embeds: 10,
  files: 10,
  stickers: 3,
  nonce: 25,
  attachmentDescription: 1024,
  attachmentName: 1024,
} as const;

/** /resources/message#embed-object-embed-limits */
export const EMBED = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  color: 0xffffff,
  url: 2048,
  /** Over all embeds of a message. */
  total: 6000,
} as const;

/** /resources/message#allowed-mentions-object */
export const MENTIONS = { users: 100, roles: 100 } as const;

/** /components/reference */
export const COMPONENT = {
  rows: 5,
  /** Nested ones counted. */
  total: 40,
  buttonsInRow: 5,
  customId: 100,
  label: 80,
  url: 512,
  emojiName: 32,
  placeholder: 150,
  options: 25,
  optionText: 100,
  textDisplay: 4000,
  /** Over all text displays of a message. */
  allText: 4000,
  sectionTexts: 3,
  galleryItems: 10,
  mediaDescription: 1024,
  mediaUrl: 2048,
} as const;

/** /components/reference#text-input, #label and /interactions/receiving-and-responding#modal */
export const MODAL = {
  title: 45,
  components: 5,
  label: 45,
  labelDescription: 100,
  value: 4000,
  placeholder: 100,
} as const;

/** /interactions/receiving-and-responding#autocomplete and /interactions/application-commands#option-choice-structure */
export const CHOICES = { count: 25, name: 100, value: 100 } as const;

/** /interactions/application-commands */
export const COMMAND = {
  name: 32,
  description: 100,
  options: 25,
  optionLength: 6000,
  /** Names, descriptions and values of a command, its options and their choices, taken together. */
  total: 8000,
  /** By type: slash commands, of users, of messages. */
  count: { 1: 100, 2: 15, 3: 15 } as Record<number, number>,
  creationsADay: 200,
} as const;

/** /resources/channel#start-thread-in-forum-or-media-channel */
export const THREAD = { name: 100, tags: 5, slowmode: 21_600, archiveAfter: [60, 1440, 4320, 10_080] } as const;
