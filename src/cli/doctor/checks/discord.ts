import { type Ask, createAsk, RefusedError } from '../../../discord/ask.ts';
import { inviteUrlOf } from '../../../discord/client.ts';
import { type Application, findAccount, findMembership } from '../../../discord/lookups.ts';
import { tokenProblem } from '../../../discord/token.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';

/**
 * Whether Discord answers, takes the token, and lets the bot do what it is set up for.
 * @throws UserError when Discord cannot be reached.
 */
export async function checkDiscord({ config, fetch }: World): Promise<Finding[]> {
  const { token, guildId } = config;
  if (!token)
    return [ok('No DISCORD_TOKEN is set: `paperboy start` would run the preview, a Discord on this machine.')];
  const problem = tokenProblem(token);
  // What no header can carry must not end up in an error's text.
  if (problem !== null && !/^[\x21-\x7e]+$/.test(token)) return [fault(`DISCORD_TOKEN is wrong. ${problem}`)];
  const ask = createAsk({ ...config, token, fetch });
  try {
    const { id, name, application } = await findAccount(ask);
    const found = [ok(`Discord takes the token; the bot is ${name}.`), ...applicationFindings(application, config)];
    return guildId === null ? found : [...found, await guildFinding(ask, guildId, id, application.id)];
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.status === 429) return [warning(error.message)];
    return [fault(error.status === 401 && problem !== null ? `DISCORD_TOKEN is wrong. ${problem}` : error.message)];
  }
}

function applicationFindings(app: Application, { publicKey }: World['config']): Finding[] {
  const page = `https://discord.com/developers/applications/${app.id}`;
  const endpoint = app.interactions_endpoint_url;
  const findings: Finding[] = [];
  if (publicKey === null && endpoint) {
    findings.push(
      fault(
        `Discord sends commands to ${new URL(endpoint).host}, and DISCORD_PUBLIC_KEY is not set. Empty "Interactions Endpoint URL" at ${page}/information, or set DISCORD_PUBLIC_KEY and PAPERBOY_HTTP_PORT.`,
      ),
    );
  }
  if (publicKey !== null) findings.push(...keyFindings(publicKey, app, page));
  if (app.bot_require_code_grant) {
    findings.push(
      warning(`Nobody can add the bot by its link. Switch "Requires OAuth2 Code Grant" off at ${page}/bot.`),
    );
  }
  return findings;
}

function keyFindings(publicKey: string, app: Application, page: string): Finding[] {
  if (app.verify_key && publicKey.toLowerCase() !== app.verify_key.toLowerCase()) {
    return [
      fault(
        `DISCORD_PUBLIC_KEY is not that of the bot's application: every command over HTTP would be refused. Copy "Public Key" from ${page}/information.`,
      ),
    ];
  }
  if (app.interactions_endpoint_url) {
    return [ok(`Discord sends commands to ${new URL(app.interactions_endpoint_url).host}, and the key is right.`)];
  }
  return [
    ok(
      `DISCORD_PUBLIC_KEY is right. Commands come over HTTP once "Interactions Endpoint URL" is set at ${page}/information.`,
    ),
  ];
}

async function guildFinding(ask: Ask, guildId: string, botId: string, applicationId: string): Promise<Finding> {
  try {
    const { guild } = await findMembership(ask, guildId, botId);
    return ok(`The bot is in server ${guild.name} (${guildId}).`);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.status !== 403 && error.status !== 404) return fault(error.message);
    return fault(
      `The bot is not in server ${guildId}. Add it with ${inviteUrlOf(applicationId)}, or leave DISCORD_GUILD_ID empty.`,
    );
  }
}
