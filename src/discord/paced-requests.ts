import { RateLimitError, type RawFile, REST } from 'discord.js';
import { apiBase } from './api-base.ts';
import { createPace } from './pace.ts';
import { waitOf } from './trouble.ts';

/** In milliseconds. */
const TIMEOUT = 15_000;
/** Discord's global limit, in requests a second: https://docs.discord.com/developers/topics/rate-limits */
const LIMIT = 50;

export interface Access {
  token: string;
  /** With or without a version. */
  apiUrl: string;
  /** How long Discord may take to answer, in milliseconds. Default: 15,000. */
  timeout?: number;
}

/** Requests to Discord within its limits; each is tried once. What discord.js throws is thrown on. */
export interface Requests {
  /** How many more may begin now or soon. */
  room(): number;
  get(route: `/${string}`, query?: URLSearchParams): Promise<unknown>;
  post(route: `/${string}`, body?: unknown, files?: RawFile[]): Promise<unknown>;
  patch(route: `/${string}`, body: unknown): Promise<unknown>;
}

/**
 * A client of its own, because discord.js repeats what was not answered at once and waits out every limit, and forgets the
 * token after one 401; the outbox decides such things by itself.
 */
export function createRequests({ token, apiUrl, timeout = TIMEOUT }: Access): Requests {
  const api = apiBase(apiUrl);
  const rest = new REST({
    api,
    version: '10',
    timeout,
    retries: 0,
    rejectOnRateLimit: () => true,
    globalRequestsPerSecond: Infinity,
  });
  rest.setToken(token);
  const pace = createPace(LIMIT, 1000);
  const run = async (request: () => Promise<unknown>) => {
    try {
      return await pace.run(request);
    } catch (error) {
      if (error instanceof RateLimitError && error.global) pace.hold(waitOf(error));
      throw error;
    }
  };
  return {
    get: (route, query) => run(() => rest.get(route, query ? { query } : {})),
    post: (route, body, files = []) => run(() => rest.post(route, { body, files })),
    patch: (route, body) => run(() => rest.patch(route, { body })),
    room: () => pace.room(),
  };
}
