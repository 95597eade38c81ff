import { parseTimeOfDay } from '../../../commands/shared/topic-when.ts';
import { type Environment, mergedEnvironment, readConfig, SECRET } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import { errorText, UserError } from '../../core/errors.ts';
import { timeOfDay } from '../../core/zone-words.ts';
import { isTimezone, timezones } from '../../core/zones.ts';
import { type Asker, EndedError } from './asker.ts';
import { askBot, type Bot } from './bot.ts';
import { changedEnv, readEnvFile, type Values, writeEnvFile } from './env-file.ts';
import { askDatabase, askSources } from './papers.ts';
import { askPlace } from './place.ts';
import { type Planned, presentSummary, setUpSummary } from './summary.ts';

export interface SetupWorld {
  asker: Asker;
  environment: Environment;
  /** Path of the file to write. */
  envFile: string;
  fetch: typeof fetch;
  clock: Clock;
  /** The zone of this machine, an IANA name. */
  timezone: string;
}

const MORNING = 9 * 60;
const BEGINNING = '# Written by paperboy setup; .env.example explains every variable.\n';

/**
 * Asks for what a bot needs, checks it, writes it to the env file, and sets up the first daily summary. What is set already
 * is offered as the answer. Nothing is changed before the last question is answered.
 * @returns the exit code: 1 when the questions were ended.
 * @throws UserError when an answer cannot be used and nobody is there to ask again.
 */
export async function setup(world: SetupWorld): Promise<number> {
  const { asker } = world;
  try {
    await askAndWrite(world);
    return 0;
  } catch (error) {
    if (!(error instanceof EndedError)) throw error;
    asker.say('Ended. Nothing was changed.');
    return 1;
  }
}

async function askAndWrite(world: SetupWorld): Promise<void> {
  const { asker, environment, envFile, fetch } = world;
  const present = presentValues(environment);
  const token = present('DISCORD_TOKEN');
  const bot = await askBot(asker, { present: token, apiUrl: present('DISCORD_API_URL'), fetch });
  asker.say(`Discord takes the token: the bot is ${bot.name}.`);
  const before = await presentSummary(present('DATABASE_URL'));
  const place = await askPlace(asker, bot, before, world.clock);
  const timezone = await askZone(asker, environment, world.timezone);
  const minute = place ? await askTime(asker, before?.schedule.minute ?? MORNING) : MORNING;
  const planned = place && { ...place, minute, timezone };
  const values: Values = {
    DISCORD_TOKEN: bot.token,
    PAPERBOY_TIMEZONE: timezone,
    ...(await askSources(asker, present)),
    DATABASE_URL: await askDatabase(asker, present('DATABASE_URL')),
  };
  const changes = changesOf(values, environment.written);
  const text = readEnvFile(envFile);
  const changed = changedEnv(text ?? BEGINNING, changes);
  asker.say(review(changes, environment, planned));
  if (!(await asker.confirm('Write this?'))) throw new EndedError();
  if (text === null || Object.keys(changes).length > 0) writeEnvFile(envFile, changed);
  asker.say(await lastWords(world, values, planned, bot));
}

/** What variables say now, or are by default; the default place of papers is that of a bot with a token. */
function presentValues(environment: Environment): (name: string) => string {
  const given = mergedEnvironment(environment);
  return (name) => given[name]?.trim() || DEFAULTS[name] || '';
}

const { apiUrl, databaseUrl, sources } = readConfig({ DISCORD_TOKEN: 'x' });
const DEFAULTS: Values = {
  DISCORD_API_URL: apiUrl,
  DATABASE_URL: databaseUrl,
  PAPERBOY_SOURCES: sources.join(','),
};

async function askZone(asker: Asker, environment: Environment, ofMachine: string): Promise<string> {
  const before = mergedEnvironment(environment)['PAPERBOY_TIMEZONE']?.trim();
  const initial = before && isTimezone(before) ? before : ofMachine;
  const names = [...new Set([initial, ...timezones()])];
  return asker.choose({
    name: 'timezone',
    message: 'Which clock counts? Type to search.',
    choices: names.map((name) => ({ value: name, label: name })),
    initial,
  });
}

async function askTime(asker: Asker, initial: number): Promise<number> {
  const problem = (text: string) => {
    try {
      parseTimeOfDay(text);
      return null;
    } catch (error) {
      return error instanceof UserError ? error.message : String(error);
    }
  };
  const message = 'At what time does the daily summary come?';
  return parseTimeOfDay(await asker.text({ name: 'time', message, initial: timeOfDay(initial), problem }));
}

/** What the file does not say yet; a default need not be said. */
function changesOf(values: Values, written: Environment['written']): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const before = written[name]?.trim() || DEFAULTS[name] || '';
      return value !== before;
    }),
  );
}

function review(changes: Values, { written }: Environment, planned: Planned | null): string {
  const lines = Object.entries(changes).map(([name, value]) => {
    const isSecret = SECRET.has(name) && !value.startsWith('sqlite:');
    const [was, is] = [written[name]?.trim() ?? '', value].map((text) => (text && isSecret ? 'set, not shown' : text));
    return was ? `  ${name}=${is}   (was: ${was})` : `  ${name}=${is}`;
  });
  const file = lines.length > 0 ? ['This is written to .env:', ...lines] : ['.env says all this already.'];
  return [...file, ...(planned ? [`${summaryWords(planned)}.`] : ['No daily summary is set up now.'])].join('\n');
}

function summaryWords({ guild, channel, minute, timezone }: Planned): string {
  return `A daily summary comes in #${channel.name} of ${guild.name}, at ${timeOfDay(minute)} ${timezone}`;
}

async function lastWords(world: SetupWorld, values: Values, planned: Planned | null, bot: Bot): Promise<string> {
  const { given } = world.environment;
  const hidden = Object.keys(values).filter((name) => given[name] !== undefined && given[name].trim() !== values[name]);
  const lines = hidden.map(
    (name) => `${name} is also set in the environment, which comes before .env: unset it there.`,
  );
  try {
    readConfig({ ...mergedEnvironment(world.environment), ...values });
  } catch (error) {
    lines.push(errorText(error));
  }
  if (planned) {
    const next = await setUpSummary(values['DATABASE_URL'] ?? '', planned, bot, world.clock);
    lines.push(`The first summary comes ${next}, if Paperboy runs then.`);
  }
  return [...lines, 'Now start it with `npm start`, and see with `npm run paperboy doctor` whether all is well.'].join(
    '\n',
  );
}
