import { DefaultUserAgent, GatewayCloseCodes } from 'discord.js';
import { z } from 'zod';
import { errorText } from '../../../core/errors.ts';
import { inviteUrlOf } from '../../../discord/client.ts';
import { endOf, loginFault } from '../../../discord/login-faults.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 10_000;
/** A clock may be off by so much, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

const user = z.object({ id: z.string(), username: z.string() });

/** https://discord.com/developers/docs/resources/application#application-object */
const application = z.object({
  id: z.string(),
  bot_require_code_grant: z.boolean().optional(),
  interactions_endpoint_url: z.string().nullish(),
});

interface Answer {
  status: number;
  /** Parsed JSON; `null` when it is none. */
  body: unknown;
  /** What the clock there says. */
  date: Date | null;
}

type Ask = (path: string) => Promise<Answer>;

/**
 * Whether Discord answers, takes the token, and lets the bot do what it is set up for.
 * @throws UserError when Discord cannot be reached.
 */
export async function checkDiscord(world: World): Promise<Finding[]> {
  const { token, apiUrl, guildId } = world.config;
  if (!token)
    return [ok('No DISCORD_TOKEN is set: `paperboy start` would run the preview, a Discord on this machine.')];
  // What no header can carry is no token, and must not end up in an error's text.
  if (!/^[\x21-\x7e]+$/.test(token)) return [wrongToken()];
  const ask = asker(world, token);
  const me = await ask('/users/@me');
  const clock = clockFindings(me.date, world.clock());
  const { data: bot } = user.safeParse(me.body);
  if (me.status !== 200 || !bot) return [refusal(me, apiUrl), ...clock];
  const mine = await ask('/applications/@me');
  const { data: app } = application.safeParse(mine.body);
  if (mine.status !== 200 || !app) return [refusal(mine, apiUrl), ...clock];
  const found = [ok(`Discord takes the token; the bot is ${bot.username}.`), ...applicationFindings(app)];
  return [...found, ...(guildId ? [await guildFinding(ask, guildId, app.id, apiUrl)] : []), ...clock];
}

function asker({ config: { apiUrl }, fetch }: World, token: string): Ask {
  const base = apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  const headers = { authorization: `Bot ${token}`, 'user-agent': DefaultUserAgent };
  return async (path) => {
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const response = await fetch(`${base}/v10${path}`, { headers, signal, redirect: 'manual' });
      const body: unknown = JSON.parse((await response.text()) || 'null');
      return { status: response.status, body, date: dateOf(response) };
    } catch (error) {
      if (error instanceof SyntaxError) return { status: 0, body: null, date: null };
      throw loginFault(new Error(causeText(error)), apiUrl);
    }
  };
}

function dateOf({ headers }: Response): Date | null {
  const date = new Date(headers.get('date') ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

/** fetch says no more than that it failed; its cause says why. */
function causeText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return errorText(cause) || code;
}

const wrongToken = () => fault(endOf(GatewayCloseCodes.AuthenticationFailed).message);

function refusal({ status }: Answer, apiUrl: string): Finding {
  if (status === 401) return wrongToken();
  if (status === 429) return warning('Discord wants to be asked less often. Wait some minutes and run this again.');
  return fault(
    `What answers at ${apiUrl} is not Discord, or Discord is down. Check DISCORD_API_URL and https://discordstatus.com.`,
  );
}

function applicationFindings(app: z.infer<typeof application>): Finding[] {
  const page = `https://discord.com/developers/applications/${app.id}`;
  const findings: Finding[] = [];
  if (app.interactions_endpoint_url) {
    findings.push(
      fault(
        `Discord sends commands to ${new URL(app.interactions_endpoint_url).host} instead of here. Empty "Interactions Endpoint URL" at ${page}/information.`,
      ),
    );
  }
  if (app.bot_require_code_grant) {
    findings.push(
      warning(`Nobody can add the bot by its link. Switch "Requires OAuth2 Code Grant" off at ${page}/bot.`),
    );
  }
  return findings;
}

async function guildFinding(ask: Ask, guildId: string, applicationId: string, apiUrl: string): Promise<Finding> {
  const answer = await ask(`/guilds/${guildId}`);
  if (answer.status === 200) return ok(`The bot is in server ${guildId}.`);
  if (answer.status !== 403 && answer.status !== 404) return refusal(answer, apiUrl);
  return fault(
    `The bot is not in server ${guildId}. Add it with ${inviteUrlOf(applicationId)}, or leave DISCORD_GUILD_ID empty.`,
  );
}

/** Discord's tokens for answers last minutes, and summaries are posted by the hour: the clock has to be right. */
function clockFindings(theirs: Date | null, ours: Date): Finding[] {
  if (!theirs) return [];
  const off = ours.getTime() - theirs.getTime();
  if (Math.abs(off) <= CLOCK_TOLERANCE) return [ok("This machine's clock agrees with Discord's.")];
  const seconds = Math.round(Math.abs(off) / 1000);
  const direction = off > 0 ? 'ahead of' : 'behind';
  return [
    warning(`This machine's clock is ${seconds} seconds ${direction} Discord's. Let it be set from the network (NTP).`),
  ];
}
