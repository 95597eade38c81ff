import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { ApiError, refusals } from '../errors.ts';
import type { Fault, Faults } from '../faults.ts';
import { readBody } from './body.ts';
import { RateLimits, tooManyHeaders } from './rate-limits.ts';
import { findRoute, type Answer, type Discord, type Match } from './router.ts';
import { routes } from './routes.ts';

/** A request of the bot, for assertions. */
export interface RecordedRequest {
  method: string;
  /** Without `/api/v10`, with the query. */
  path: string;
  /** The path as in Discord's documentation; `null` when there is no such route. */
  route: string | null;
  /** Parsed JSON. */
  body: unknown;
  /** The names of the files that came with it. */
  files: string[];
  /** When it came. */
  time: Date;
  /** HTTP status of the answer; `null` before it, and when the connection was reset. */
  status: number | null;
  /** The answer's body. */
  answer: unknown;
}

export interface ApiOptions {
  discord: Discord;
  faults: Faults;
  /** Every request is added here. */
  requests: RecordedRequest[];
  /** Whether limits on the number of requests are enforced. */
  rateLimited: boolean;
  log: Log;
  /** Called when a request was refused. */
  onRefusal: (request: RecordedRequest, error: ApiError) => void;
}

/** How many requests are remembered. */
const RECORDED = 10_000;

interface Reply extends Answer {
  headers: Record<string, string>;
}

export type Api = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves `/api/v10/…`. */
export function createApi(options: ApiOptions): Api {
  const limits = new RateLimits();
  return async (request, response) => {
    const url = new URL(request.url ?? '/', options.discord.world.url);
    const path = url.pathname.replace(/^\/api(\/v\d+)?/, '');
    const record = createRecord(options, request.method ?? 'GET', path + url.search);
    const fault = options.faults.take(record.method, path);
    if (!fault?.applied) await sleep(fault?.delay);
    const reply = await serve(options, limits, request, { record, fault, path, query: url.searchParams });
    if (fault?.applied) await sleep(fault.delay);
    if (fault?.instead === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const sent = fault?.instead ? faultReply(fault.instead) : reply;
    record.status = sent.status;
    record.answer = sent.body;
    send(response, sent);
  };
}

async function sleep(milliseconds = 0): Promise<void> {
  if (milliseconds > 0) await wait(milliseconds, undefined, { ref: false });
}

function createRecord({ discord, requests }: ApiOptions, method: string, path: string): RecordedRequest {
  const record: RecordedRequest = {
    method,
    path,
    route: null,
    body: undefined,
    files: [],
    time: discord.world.clock(),
    status: null,
    answer: undefined,
  };
  requests.push(record);
  if (requests.length > RECORDED) requests.shift();
  return record;
}

interface Serving {
  record: RecordedRequest;
  fault: Fault | null;
  path: string;
  query: URLSearchParams;
}

/** Applies a request, unless a fault keeps it from taking effect, and words the answer. */
async function serve(
  options: ApiOptions,
  limits: RateLimits,
  request: IncomingMessage,
  { record, fault, path, query }: Serving,
): Promise<Reply> {
  let headers: Record<string, string> = {};
  try {
    const { json, files } = await readBody(request);
    record.body = json;
    record.files = files.map(({ filename }) => filename);
    if (fault?.instead && !fault.applied) return { status: 0, headers };
    const match = authorize(options.discord, request, findRoute(routes, record.method, path));
    record.route = match.route.path;
    if (options.rateLimited) {
      const verdict = limits.check(record.method, match);
      headers = verdict.headers;
      if (verdict.retryAfter > 0) return tooMany(verdict.retryAfter, verdict.global, headers);
    }
    const answer = match.route.handle(options.discord, { params: match.params, query, body: json, files });
    return { ...answer, headers };
  } catch (error) {
    return { ...refuse(options, record, error), headers };
  }
}

function authorize({ world }: Discord, request: IncomingMessage, found: ReturnType<typeof findRoute>): Match {
  const authorized = request.headers.authorization === `Bot ${world.token}`;
  if (found === 'wrong method') throw refusals.methodNotAllowed();
  if (!authorized && (!found || found.route.auth)) throw refusals.unauthorized();
  if (!found) throw refusals.notFound();
  return found;
}

function refuse(options: ApiOptions, record: RecordedRequest, error: unknown): Answer {
  if (error instanceof ApiError) {
    options.onRefusal(record, error);
    return { status: error.status, body: error.toJSON() };
  }
  options.log.error({ err: error, method: record.method, path: record.path }, 'the preview failed on a request');
  return { status: 500, body: { message: `500: Internal Server Error (${errorText(error)})`, code: 0 } };
}

function tooMany(retryAfter: number, global: boolean, headers: Record<string, string>): Reply {
  const body = { message: 'You are being rate limited.', retry_after: retryAfter, global };
  return { status: 429, body, headers: { ...headers, ...tooManyHeaders(retryAfter, global) } };
}

function faultReply(instead: Exclude<Fault['instead'], 'reset' | undefined>): Reply {
  if ('retryAfter' in instead) return tooMany(instead.retryAfter, instead.global ?? false, {});
  const { status, code = 0, message = `${instead.status}: planned fault` } = instead;
  return { status, body: { message, code }, headers: {} };
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (status === 204) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
