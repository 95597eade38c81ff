import { createHash } from 'node:crypto';
import type { Match } from './router.ts';

/** Discord's global limit; interaction endpoints are not counted: https://discord.com/developers/docs/topics/rate-limits */
const GLOBAL = { limit: 50, window: 1000 };

/** Limits of single routes are not documented; these are of the size that bots see in Discord's headers. */
const MESSAGES = { limit: 5, window: 5000 };
const WEBHOOKS = { limit: 5, window: 2000 };
const PUBLISHING = { limit: 10, window: 3_600_000 };
const OTHERS = { limit: 50, window: 1000 };

interface Limit {
  limit: number;
  /** In milliseconds. */
  window: number;
}

interface Bucket {
  used: number;
  /** In milliseconds, on a clock that only runs forwards. */
  resetsAt: number;
}

export interface Verdict {
  /** In seconds; 0 when the request may pass. */
  retryAfter: number;
  global: boolean;
  headers: Record<string, string>;
}

const PASS: Verdict = { retryAfter: 0, global: false, headers: {} };

function limitFor(path: string): Limit {
  if (path.startsWith('/webhooks/')) return WEBHOOKS;
  if (path.endsWith('/crosspost')) return PUBLISHING;
  return /^\/channels\/\{channel_id\}\/messages(\/\{message_id\})?$/.test(path) ? MESSAGES : OTHERS;
}

function isInteractionRoute(path: string): boolean {
  return path.startsWith('/interactions/') || path.startsWith('/webhooks/');
}

/** Counts requests against their bucket and the global limit. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  #count(key: string, { limit, window }: Limit): Bucket & { over: boolean } {
    const now = performance.now();
    let bucket = this.#buckets.get(key);
    if (!bucket || bucket.resetsAt <= now) {
      bucket = { used: 0, resetsAt: now + window };
      this.#buckets.set(key, bucket);
    }
    const over = bucket.used >= limit;
    if (!over) bucket.used += 1;
    return { ...bucket, over };
  }

  /** Counts a request; says whether it may pass, and the headers of its answer. */
  check(method: string, { route, params }: Match): Verdict {
    if (route.path.startsWith('/interactions/')) return PASS;
    if (!isInteractionRoute(route.path)) {
      const total = this.#count('global', GLOBAL);
      if (total.over) return { retryAfter: secondsUntil(total.resetsAt), global: true, headers: {} };
    }
    const limit = limitFor(route.path);
    const name = createHash('sha1').update(`${method} ${route.path}`).digest('hex').slice(0, 32);
    const major = params['channel_id'] ?? params['guild_id'] ?? params['interaction_token'] ?? '';
    const bucket = this.#count(`${name}:${major}`, limit);
    const resetAfter = secondsUntil(bucket.resetsAt);
    return {
      retryAfter: bucket.over ? resetAfter : 0,
      global: false,
      headers: {
        'X-RateLimit-Limit': String(limit.limit),
        'X-RateLimit-Remaining': String(limit.limit - bucket.used),
        'X-RateLimit-Reset': (Date.now() / 1000 + resetAfter).toFixed(3),
        'X-RateLimit-Reset-After': resetAfter.toFixed(3),
        'X-RateLimit-Bucket': name,
      },
    };
  }
}

function secondsUntil(time: number): number {
  return Math.max(0, time - performance.now()) / 1000;
}

/** The headers of a 429. */
export function tooManyHeaders(retryAfter: number, global: boolean): Record<string, string> {
  return {
    'Retry-After': String(Math.ceil(retryAfter)),
    'X-RateLimit-Scope': global ? 'global' : 'user',
    ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
  };
}
