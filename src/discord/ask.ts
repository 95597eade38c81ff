import { DefaultUserAgent, GatewayCloseCodes } from 'discord.js';
import type { z } from 'zod';
import { apiBase } from './api-base.ts';
import { errorText, UserError } from '../core/errors.ts';
import { endOf, loginFault } from './login-faults.ts';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 10_000;

/** Discord, or what answers in its place, did not answer what it was asked. */
export class RefusedError extends UserError {
  override name = 'RefusedError';
  /** Of HTTP; 200 and 0 when it is no answer of Discord's. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks Discord something, for example `/users/@me`, without logging in and without trying again.
 * @throws UserError when Discord cannot be reached within ten seconds, a `RefusedError` when it does not answer.
 */
export type Ask = <T>(path: string, schema: z.ZodType<T>) => Promise<T>;

interface Access {
  token: string;
  /** REST base, with or without version. */
  apiUrl: string;
  fetch: typeof fetch;
}

export function createAsk({ token, apiUrl, fetch }: Access): Ask {
  const headers = { authorization: `Bot ${token}`, 'user-agent': DefaultUserAgent };
  return async (path, schema) => {
    const { status, body } = await answer(fetch, apiUrl, path, headers);
    const { success, data } = schema.safeParse(body);
    if (status === 200 && success) return data;
    throw refused(status, apiUrl);
  };
}

/** What Discord's clock shows; `null` when no answer tells. @throws UserError when Discord cannot be reached. */
export async function discordsClock(apiUrl: string, fetch: Access['fetch']): Promise<Date | null> {
  return (await answer(fetch, apiUrl, '/gateway', {})).date;
}

async function answer(fetch: Access['fetch'], apiUrl: string, path: string, headers: Record<string, string>) {
  const base = apiBase(apiUrl);
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(`${base}/v10${path}`, { headers, signal, redirect: 'manual' });
    const text = await response.text();
    return { status: response.status, body: parsed(text), date: dateOf(response) };
  } catch (error) {
    throw loginFault(new Error(causeText(error)), apiUrl);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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

function refused(status: number, apiUrl: string): RefusedError {
  if (status === 401) return new RefusedError(status, endOf(GatewayCloseCodes.AuthenticationFailed).message);
  if (status === 429) {
    return new RefusedError(status, 'Discord wants to be asked less often. Wait some minutes and run this again.');
  }
  return new RefusedError(
    status,
    `What answers at ${apiUrl} is not Discord, or Discord is down. Check DISCORD_API_URL and https://discordstatus.com.`,
  );
}
