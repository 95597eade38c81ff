import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Reply } from './command.ts';
import { fitComponents } from './fit-components.ts';
import { safeUrl } from './links.ts';
import { cut } from './text.ts';

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits, in characters. */
export const LIMITS = {
  content: 2000,
  embeds: 10,
  /** Over all embeds of a message. */
  embedText: 6000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
} as const;

/** An embed of which less than this is left says nothing any more. */
const LEAST = 40;

/**
 * The same reply within every limit of a message. Texts are cut between words, embeds and fields over the limit are left
 * out and counted in a last line; components Discord would refuse are dropped. Never empty.
 */
export function fit(reply: Reply): Reply {
  const { content, embeds, components, ...rest } = reply;
  const fitted: Reply = { ...rest };
  const filled = (embeds ?? []).map(fitEmbed).filter((embed) => size(embed) > 0 || embed.image);
  const shown = fitEmbeds(filled);
  const left = filled.length - shown.length;
  const text = fitContent(content ?? '', left);
  if (text) fitted.content = text;
  if (shown.length > 0) fitted.embeds = shown;
  if (!text && shown.length === 0 && !reply.files?.length) fitted.content = 'There is nothing to show.';
  if (components) fitted.components = fitComponents(components);
  return fitted;
}

function fitContent(content: string, left: number): string {
  const note = left > 0 ? `-# ${left} more did not fit into one message.` : '';
  const text = cut(content.trim(), LIMITS.content - (note ? note.length + 1 : 0));
  return [text, note].filter(Boolean).join('\n');
}

function fitEmbed(embed: APIEmbed): APIEmbed {
  const { title, url, description, fields, footer, author, ...rest } = embed;
  const fitted: APIEmbed = { ...rest };
  const address = url && safeUrl(url);
  if (address) fitted.url = address;
  if (title?.trim()) fitted.title = cut(title.trim(), LIMITS.title);
  if (description?.trim()) fitted.description = cut(description.trim(), LIMITS.description);
  if (footer?.text.trim()) fitted.footer = { ...footer, text: cut(footer.text.trim(), LIMITS.footer) };
  if (author?.name.trim()) fitted.author = { ...author, name: cut(author.name.trim(), LIMITS.author) };
  const kept = fitFields(fields ?? []);
  if (kept.length > 0) fitted.fields = kept;
  return fitted;
}

/** Fields without a name or a value are refused by Discord; they have nothing to say. */
function fitFields(fields: APIEmbedField[]): APIEmbedField[] {
  const kept = fields
    .filter(({ name, value }) => name.trim() && value.trim())
    .map(({ name, value, ...rest }) => ({
      ...rest,
      name: cut(name.trim(), LIMITS.fieldName),
      value: cut(value.trim(), LIMITS.fieldValue),
    }));
  if (kept.length <= LIMITS.fields) return kept;
  const shown = kept.slice(0, LIMITS.fields - 1);
  return [...shown, { name: 'More', value: `${kept.length - shown.length} more did not fit.` }];
}

/** As many embeds, from the first, as the limits of a message allow; the last may be shortened. */
function fitEmbeds(embeds: APIEmbed[]): APIEmbed[] {
  const shown: APIEmbed[] = [];
  let room: number = LIMITS.embedText;
  for (const embed of embeds.slice(0, LIMITS.embeds)) {
    const fitted = size(embed) <= room ? embed : shorten(embed, room);
    if (!fitted) break;
    shown.push(fitted);
    room -= size(fitted);
  }
  return shown;
}

/** The embed with at most `room` characters, or `null` when nothing worth showing is left. */
function shorten(embed: APIEmbed, room: number): APIEmbed | null {
  const { fields = [], description = '', ...rest } = embed;
  const keptFields = [...fields];
  const others = () => size({ ...rest, fields: keptFields });
  while (keptFields.length > 0 && others() + Math.min(description.length, LEAST) > room) keptFields.pop();
  const left = room - others();
  if (left < Math.min(description.length, LEAST)) return null;
  const shortened: APIEmbed = { ...rest };
  if (description) shortened.description = cut(description, left);
  if (keptFields.length > 0) shortened.fields = keptFields;
  return size(shortened) > 0 ? shortened : null;
}

/** What Discord counts towards the 6000 characters of a message. */
function size({ title, description, fields = [], footer, author }: APIEmbed): number {
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
