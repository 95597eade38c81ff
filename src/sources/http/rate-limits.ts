const SECOND = 1000;
/** Larger numbers in a reset field are a moment (seconds since 1970), smaller ones a number of seconds. */
const EPOCH = 1_000_000_000;

/**
 * How long `Retry-After` asks to wait, in milliseconds; `null` without one that can be understood. A number of seconds or
 * a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfter(headers: Headers, now: Date): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * SECOND;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : Math.max(0, moment - now.getTime());
}

/**
 * How long no request is left, in milliseconds; 0 while some are, `null` when no header says. Understood are
 * `RateLimit: "api";r=0;t=120` (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/), its older form
 * `RateLimit: limit=500, remaining=0, reset=120`, and the fields `RateLimit-…` and `X-RateLimit-…`. Of several limits the
 * longest wait counts.
 */
export function exhaustedFor(headers: Headers, now: Date): number | null {
  const waits = [...structured(headers.get('ratelimit') ?? ''), ...separate(headers)].map(({ left, reset }) =>
    left > 0 ? 0 : waitOf(reset, now),
  );
  return waits.length > 0 ? Math.max(...waits) : null;
}

interface Limit {
  left: number;
  /** In seconds, or a moment in seconds since 1970. */
  reset: number;
}

function structured(field: string): Limit[] {
  const isOld = /\bremaining\s*=/.test(field);
  const limits = isOld ? [field.replaceAll(',', ';')] : field.split(',');
  return limits.flatMap((limit) => {
    const left = numberIn(limit, isOld ? 'remaining' : 'r');
    const reset = numberIn(limit, isOld ? 'reset' : 't');
    return left === null || reset === null ? [] : [{ left, reset }];
  });
}

function separate(headers: Headers): Limit[] {
  return ['ratelimit', 'x-ratelimit'].flatMap((prefix) => {
    const left = Number.parseFloat(headers.get(`${prefix}-remaining`) ?? '');
    const reset = Number.parseFloat(headers.get(`${prefix}-reset`) ?? '');
    return Number.isNaN(left) || Number.isNaN(reset) ? [] : [{ left, reset }];
  });
}

function numberIn(field: string, name: string): number | null {
  const found = new RegExp(`(?:^|[;\\s])${name}\\s*=\\s*(\\d+)`).exec(field);
  return found ? Number(found[1]) : null;
}

function waitOf(reset: number, now: Date): number {
  return reset > EPOCH ? Math.max(0, reset * SECOND - now.getTime()) : reset * SECOND;
}
