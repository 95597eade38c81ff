const PORTAL = 'https://discord.com/developers/applications';
const WHERE = `The token is on the page Bot of your application at ${PORTAL}: press Reset Token, then Copy.`;

/** What is often copied instead of a bot's token, by its form. */
const OTHERS: [form: RegExp, what: string][] = [
  [/^\d{17,20}$/, 'This is an id, perhaps that of the application.'],
  [/^[0-9a-f]{64}$/i, "This is the application's public key."],
  [/^[\w-]{32}$/, "This is the application's client secret."],
  [/^https?:/i, 'This is a web address.'],
  [/\s/, 'This has spaces or line breaks inside: copy it in one piece.'],
];

/** A token as Discord takes it, out of what people paste: a line of an env file, in quotes, with `Bot` in front. */
export function pastedToken(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cc}]+/gu, (found) => (/\s/.test(found) ? ' ' : ''))
    .trim()
    .replace(/^(?:export\s+)?DISCORD_TOKEN\s*=\s*/, '')
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim()
    .replace(/^bot\s+/i, '');
}

/**
 * Why a text cannot be a bot's token, and where that is; `null` when it may be one. Never says the text itself.
 * https://docs.discord.com/developers/reference#authentication
 */
export function tokenProblem(text: string): string | null {
  if (text === '') return `There is no token. ${WHERE}`;
  const other = OTHERS.find(([form]) => form.test(text));
  if (other) return `${other[1]} ${WHERE}`;
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return null;
  return `This is no bot's token, which has three parts with a dot between them. ${WHERE}`;
}
