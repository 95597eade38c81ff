import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { validate } from 'node-cron';
import { z } from 'zod';
import { errorText, UserError } from './core/errors.ts';
import { parseShards, type Shards } from './core/shards.ts';
import { SOURCE_NAMES, type SourceSettings } from './sources/configured.ts';
import { parseMailboxAddress } from './sources/mailbox-address.ts';
import { addressFault } from './store/database-address.ts';
import type { Quotas } from './topics/quotas.ts';

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** A list in one variable: `a, b` → `['a', 'b']`. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const port = z.coerce.number('expected a port number').int().min(0).max(65_535);

const address = z.url({ protocol: /^https?$/, error: 'expected an http(s) address' });

/** The address of a host, without a slash at its end. */
const base = address.transform((text) => text.replace(/\/+$/, ''));

/** Queries have commas of their own. */
const queries = z.string().transform((text) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean),
);

const category = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]+)?$/, 'expected arXiv categories, for example cs.CL, stat.ML');

const mailbox = z.string().transform((text, context) => {
  try {
    return parseMailboxAddress(text);
  } catch (error) {
    context.addIssue(errorText(error));
    return z.NEVER;
  }
});

const database = z.string().superRefine((text, context) => {
  const fault = addressFault(text);
  if (fault !== null) context.addIssue(fault);
});

const id = (noun: string) => z.string().regex(/^\d{17,20}$/, `expected a ${noun} id of 17 to 20 digits`);

const shards = z.string().transform((text, context) => {
  try {
    return parseShards(text);
  } catch (error) {
    context.addIssue(errorText(error));
    return z.NEVER;
  }
});

const quota = z.coerce.number('expected a number of topics').int().min(0).max(100_000);

/** Variables whose values no message may show. */
export const SECRET: ReadonlySet<string> = new Set(['DISCORD_TOKEN', 'DATABASE_URL', 'PAPERBOY_IMAP_URL']);

const schema = z.object({
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  DISCORD_GUILD_ID: id('server').optional(),
  DISCORD_SHARDS: shards.optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'expected the "Public Key" of the application, 64 hexadecimal digits')
    .optional(),
  DATABASE_URL: database.optional(),
  PAPERBOY_INBOX: z.string().default('data/inbox'),
  PAPERBOY_SOURCES: list
    .pipe(z.array(z.enum(SOURCE_NAMES, `expected names out of: ${SOURCE_NAMES.join(', ')}`)))
    .default(SOURCE_NAMES),
  PAPERBOY_HUGGING_FACE_URL: base.default('https://huggingface.co'),
  PAPERBOY_ARXIV_CATEGORIES: list.pipe(z.array(category)).default([]),
  PAPERBOY_ARXIV_QUERIES: queries.default([]),
  PAPERBOY_ARXIV_FEED_URL: base.default('https://rss.arxiv.org'),
  PAPERBOY_ARXIV_URL: base.default('https://export.arxiv.org'),
  PAPERBOY_FEEDS: list.pipe(z.array(address)).default([]),
  PAPERBOY_IMAP_URL: mailbox.optional(),
  PAPERBOY_CONTACT: z
    .string()
    .regex(/^[\x20-\x7e]+$/, 'expected an e-mail address or a web address')
    .optional(),
  PAPERBOY_INGEST_CRON: z
    .string()
    .refine(validate, 'expected a cron expression, for example */10 * * * *')
    .default('*/10 * * * *'),
  PAPERBOY_TIMEZONE: z.string().refine(isTimezone, 'expected an IANA zone, for example Europe/Berlin').default('UTC'),
  PAPERBOY_TOPICS_PER_READER: quota.default(50),
  PAPERBOY_TOPICS_PER_SERVER: quota.default(200),
  PAPERBOY_OUTBOX_DAYS: z.coerce.number('expected a number of days').min(4).max(3650).default(30),
  PAPERBOY_RAW_DAYS: z.coerce.number('expected a number of days').min(1).max(36_500).optional(),
  PAPERBOY_OPERATOR_CHANNEL: id('channel').optional(),
  PAPERBOY_HTTP_PORT: port.optional(),
  PAPERBOY_HTTP_HOST: z.string().default('127.0.0.1'),
  PAPERBOY_PREVIEW_PORT: port.default(8420),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'expected trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
});

/** What the environment may say, and what Paperboy assumes where it says nothing. */
export const environmentNames = Object.keys(schema.shape);

export interface Config extends SourceSettings {
  /** `null`: run the preview instead of Discord. */
  token: string | null;
  /** REST base, without version. */
  apiUrl: string;
  /** Register commands in this server alone, for development. */
  guildId: string | null;
  /** Those that this process connects for; `null`: all, as many as Discord says. */
  shards: Shards | null;
  /** With which commands that come over HTTP are verified, 64 hexadecimal digits; `null`: none come. */
  publicKey: string | null;
  databaseUrl: string;
  ingestCron: string;
  /** IANA name. */
  timezone: string;
  /** How many topics there may be. */
  quotas: Quotas;
  /** How long the texts of messages are kept after they went out, in days. */
  outboxDays: number;
  /** How long the documents of digests are kept, in days; `null`: for ever. */
  rawDays: number | null;
  /** Where whoever runs the bot is told of trouble; `null`: nowhere. */
  operatorChannel: string | null;
  /** Where health, metrics and commands over HTTP are served; 0 takes any free port, `null`: nowhere. */
  httpPort: number | null;
  /** The address to listen on there. */
  httpHost: string;
  /** 0 takes any free port. */
  previewPort: number;
  logLevel: string;
}

/**
 * Reads the configuration from `environment`; an empty variable counts as absent.
 * @throws UserError that names every faulty variable at once.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(environmentNames.map((name) => [name, environment[name]?.trim() || undefined]));
  const result = schema.safeParse(given);
  if (!result.success) throw new UserError(faults(result.error, given));
  const { data } = result;
  return {
    token: data.DISCORD_TOKEN ?? null,
    apiUrl: data.DISCORD_API_URL,
    guildId: data.DISCORD_GUILD_ID ?? null,
    shards: data.DISCORD_SHARDS ?? null,
    publicKey: data.DISCORD_PUBLIC_KEY ?? null,
    // The preview's samples must not end up in the archive of a bot that gets its token later.
    databaseUrl: data.DATABASE_URL ?? (data.DISCORD_TOKEN ? 'sqlite:data/paperboy.db' : 'sqlite:data/preview.db'),
    inbox: data.PAPERBOY_INBOX,
    sources: data.PAPERBOY_SOURCES,
    huggingFaceUrl: data.PAPERBOY_HUGGING_FACE_URL,
    arxivCategories: data.PAPERBOY_ARXIV_CATEGORIES,
    arxivQueries: data.PAPERBOY_ARXIV_QUERIES,
    arxivFeedUrl: data.PAPERBOY_ARXIV_FEED_URL,
    arxivUrl: data.PAPERBOY_ARXIV_URL,
    feeds: data.PAPERBOY_FEEDS,
    mailbox: data.PAPERBOY_IMAP_URL ?? null,
    contact: data.PAPERBOY_CONTACT ?? null,
    ingestCron: data.PAPERBOY_INGEST_CRON,
    timezone: data.PAPERBOY_TIMEZONE,
    quotas: { topicsPerReader: data.PAPERBOY_TOPICS_PER_READER, topicsPerServer: data.PAPERBOY_TOPICS_PER_SERVER },
    outboxDays: data.PAPERBOY_OUTBOX_DAYS,
    rawDays: data.PAPERBOY_RAW_DAYS ?? null,
    operatorChannel: data.PAPERBOY_OPERATOR_CHANNEL ?? null,
    httpPort: data.PAPERBOY_HTTP_PORT ?? null,
    httpHost: data.PAPERBOY_HTTP_HOST,
    previewPort: data.PAPERBOY_PREVIEW_PORT,
    logLevel: data.LOG_LEVEL,
  };
}

function faults(error: z.ZodError, given: Record<string, string | undefined>): string {
  const lines = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name}=${SECRET.has(name) ? '…' : (given[name] ?? '')}: ${message}`;
  });
  return ['The configuration has faults (see .env.example):', ...new Set(lines)].join('\n');
}

/** Why `text` cannot be the value of a variable, in words; `null` when it can, or is empty. */
export function valueProblem(name: keyof typeof schema.shape, text: string): string | null {
  const result = schema.shape[name].safeParse(text.trim() || undefined);
  return result.success ? null : result.error.issues.map(({ message }) => message).join(', ');
}

/** The file that says what the environment does not, in the folder where Paperboy is started. */
export const ENV_FILE = '.env';

/** Where the values of variables come from. */
export interface Environment {
  /** What the environment of this process says. */
  given: Record<string, string | undefined>;
  /** What `.env` says; nothing where there is none. */
  written: Record<string, string | undefined>;
}

/**
 * The environment of this process and `.env`.
 * @throws UserError when `.env` cannot be read.
 */
export function readEnvironment(): Environment {
  const given = { ...process.env };
  if (!existsSync(ENV_FILE)) return { given, written: {} };
  try {
    return { given, written: parseEnv(readFileSync(ENV_FILE, 'utf8')) };
  } catch (error) {
    throw new UserError(`${ENV_FILE} cannot be read: ${errorText(error)}. See that it is a file that you may read.`);
  }
}

/** One value for each variable: the environment comes before the file, even where it says nothing. */
export function mergedEnvironment({ given, written }: Environment): Record<string, string | undefined> {
  return { ...written, ...given };
}

/** The configuration of this process: the environment, and `.env` for what the environment does not say. */
export function loadConfig(): Config {
  const environment = readEnvironment();
  // Libraries read variables of their own.
  if (Object.keys(environment.written).length > 0) process.loadEnvFile(ENV_FILE);
  return readConfig(mergedEnvironment(environment));
}
