import { lookup as systemLookup } from 'node:dns/promises';
import { setTimeout as systemWait } from 'node:timers/promises';
import { type Agent, fetch, type Response } from 'undici';
import type { Clock } from '../../core/clock.ts';
import { checkRedirect, connectionsTo, type Lookup } from './addresses.ts';
import { readBody } from './body.ts';
import { FetchError, HostError, MomentaryError, RestingError } from './errors.ts';
import { faultOf, faultOfAnswer } from './faults.ts';
import { type Policy, policyOf } from './policy.ts';
import { exhaustedFor } from './rate-limits.ts';

/** A request may be repeated so often within one call. */
const REPEATS = 2;
const REDIRECTS = 5;
/** Before the first repetition, doubling; in milliseconds. */
const BACK_OFF = 1000;
/** How long a host that cannot be reached is left alone at first, doubling, and at most; in milliseconds. */
const FIRST_REST = 60_000;
const LONGEST_OWN_REST = 3_600_000;

/** The turns at hosts, shared by all processes. */
interface Turns {
  /** Takes the next turn, `spacing` milliseconds after the one before; none while the host rests until `at`. */
  take(queue: string, spacing: number, now: Date): Promise<{ at: Date; rests: boolean }>;
  /** Lets a host rest for so many milliseconds. Returns when it may be asked again. */
  rest(queue: string, milliseconds: number, now: Date): Promise<Date>;
  /** How often it has been let rest since it last answered. */
  countRests(queue: string): Promise<number>;
  /** Notes that it answers. */
  wake(queue: string): Promise<void>;
}

export interface HttpOptions {
  turns: Turns;
  clock: Clock;
  /** Who asks, with a way to reach whoever runs this. */
  userAgent: string;
  fetch?: typeof fetch;
  /** A number from 0 to below 1. */
  random?: () => number;
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  lookup?: Lookup;
  /** Until the headers of an answer have come, in milliseconds. */
  answerTimeout?: number;
  /** Until its body has come, in milliseconds. */
  totalTimeout?: number;
}

export interface GetOptions {
  /** What is expected, for `Accept`. */
  accept: string;
  /** Of the largest body, unpacked, in bytes. */
  limit: number;
  signal: AbortSignal;
  /** Only when it has changed since an earlier answer. */
  since?: { etag: string | null; lastModified: string | null } | null;
  /** For a host that stands in for another; by default what is known of the host. */
  policy?: Policy | undefined;
}

interface Answer {
  body: Uint8Array<ArrayBuffer>;
  etag: string | null;
  lastModified: string | null;
}

export interface Http {
  /**
   * The document at `address`; `null` when it has not changed.
   * @throws FetchError when it cannot be had.
   */
  get(address: string, options: GetOptions): Promise<Answer | null>;
}

/** A client that is polite to hosts and careful with what they answer. */
export function createHttp(options: HttpOptions): Http {
  const client: Client = {
    fetch,
    random: Math.random,
    wait: (milliseconds, signal) => systemWait(milliseconds, undefined, { signal }),
    lookup: async (host) => (await systemLookup(host, { all: true })).map(({ address }) => address),
    answerTimeout: 20_000,
    totalTimeout: 60_000,
    ...options,
    queues: new Map(),
  };
  return {
    get: async (address, how) => {
      const { url, authorization } = withoutCredentials(address);
      try {
        return await getPatiently(client, url, { ...how, authorization });
      } catch (error) {
        if (!how.signal.aborted) throw error;
        throw new FetchError(`${url.host} had not answered when the time for this look was over.`, 'transient');
      }
    },
  };
}

interface Client extends Required<HttpOptions> {
  /** The request under way at each host, so that there is one at a time. */
  queues: Map<string, Promise<unknown>>;
}

interface Asked extends GetOptions {
  /** For the host that was configured, not for one that it redirects to. */
  authorization: { origin: string; value: string } | null;
}

/** `https://user:password@host/` as the header it stands for: addresses are told to people and to logs. */
function withoutCredentials(address: string): { url: URL; authorization: Asked['authorization'] } {
  const url = new URL(address);
  const { username, password, origin } = url;
  url.username = '';
  url.password = '';
  if (!username && !password) return { url, authorization: null };
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: { origin, value: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

async function getPatiently(client: Client, url: URL, options: Asked): Promise<Answer | null> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await getOnce(client, url, options);
    } catch (error) {
      if (!(error instanceof MomentaryError) || repeats === REPEATS) throw error;
    }
    await client.wait(jitter(client, BACK_OFF * 2 ** repeats), options.signal);
  }
}

async function getOnce(client: Client, start: URL, options: Asked): Promise<Answer | null> {
  let url = start;
  let addresses: string[] | null = null;
  for (let redirects = 0; redirects <= REDIRECTS; redirects += 1) {
    const policy = (url.host === start.host && options.policy) || policyOf(url);
    const answer = await inTurn(client, policy, () => request(client, { url, addresses }, policy, options));
    if (!(answer instanceof URL)) return answer;
    addresses = await checkRedirect(start, answer, client.lookup);
    ({ url } = withoutCredentials(answer.href));
  }
  throw new FetchError(`${start.host} redirects more than ${REDIRECTS} times.`, 'permanent');
}

/** One request at a time at each host. */
async function inTurn<T>({ queues }: Client, { queue }: Policy, work: () => Promise<T>): Promise<T> {
  const before = queues.get(queue) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(queue, mine);
  return mine;
}

/** Where one request goes. */
interface Target {
  url: URL;
  /** The only addresses to connect to; `null`: those of its name. */
  addresses: string[] | null;
}

/** Returns where it leads for a redirect. */
async function request(client: Client, target: Target, policy: Policy, options: Asked): Promise<Answer | URL | null> {
  const { url, addresses } = target;
  await awaitTurn(client, url, policy, options.signal);
  const connections = addresses && connectionsTo(addresses);
  try {
    return await exchange(client, url, policy, options, connections);
  } catch (error) {
    options.signal.throwIfAborted();
    const fault = faultOf(error, url);
    if (!(fault instanceof HostError)) throw fault;
    throw new FetchError(fault.message, 'transient', await rest(client, policy, fault.rest));
  } finally {
    await connections?.destroy();
  }
}

async function awaitTurn(
  client: Client,
  { host }: URL,
  { queue, spacing }: Policy,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const now = client.clock();
  const { at, rests } = await client.turns.take(queue, spacing, now);
  if (rests) throw new RestingError(host, at);
  const wait = at.getTime() - now.getTime();
  if (wait > 0) await client.wait(wait, signal);
}

async function exchange(
  client: Client,
  url: URL,
  policy: Policy,
  options: Asked,
  connections: Agent | null,
): Promise<Answer | URL | null> {
  const timeout = new AbortController();
  const expire = () => timeout.abort(new DOMException('timed out', 'TimeoutError'));
  const answering = setTimeout(expire, client.answerTimeout);
  const total = setTimeout(expire, client.totalTimeout);
  try {
    const response = await client.fetch(url, {
      headers: headersOf(client, url, options),
      redirect: 'manual',
      ...(connections && { dispatcher: connections }),
      signal: AbortSignal.any([timeout.signal, options.signal]),
    });
    clearTimeout(answering);
    return await answerOf(client, response, url, policy, options);
  } finally {
    clearTimeout(answering);
    clearTimeout(total);
  }
}

async function answerOf(
  client: Client,
  response: Response,
  url: URL,
  policy: Policy,
  options: Asked,
): Promise<Answer | URL | null> {
  const { headers, status } = response;
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  if (status !== 200) await response.body?.cancel();
  if (location !== null && URL.canParse(location, url.href)) return new URL(location, url);
  const now = client.clock();
  const fault = faultOfAnswer(response, url, policy, now);
  if (fault) throw fault;
  const exhausted = exhaustedFor(headers, now) ?? 0;
  const answer =
    status === 304
      ? null
      : {
          body: await readBody(response, options.limit),
          etag: headers.get('etag'),
          lastModified: headers.get('last-modified'),
        };
  if (exhausted === 0) await client.turns.wake(policy.queue);
  // That was the last request it had left for us: the next one would be refused.
  else await client.turns.rest(policy.queue, exhausted, now);
  return answer;
}

function headersOf(
  { userAgent }: Client,
  { origin }: URL,
  { accept, since, authorization }: Asked,
): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept,
    ...(authorization?.origin === origin && { authorization: authorization.value }),
    ...(since?.etag && { 'if-none-match': since.etag }),
    ...(since?.lastModified && { 'if-modified-since': since.lastModified }),
  };
}

/** Lets the host rest as long as it asks for, else longer with every failure; always somewhat more, so that not all come back at once. */
async function rest(client: Client, { queue }: Policy, asked: number | null): Promise<Date> {
  const failures = await client.turns.countRests(queue);
  const own = Math.min(FIRST_REST * 2 ** Math.min(failures, 10), LONGEST_OWN_REST);
  const milliseconds = (asked ?? own) * (1 + client.random() / 4);
  return client.turns.rest(queue, milliseconds, client.clock());
}

function jitter({ random }: Client, milliseconds: number): number {
  return milliseconds * (0.5 + random());
}
