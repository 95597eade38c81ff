import type { Response } from 'undici';
import { errorText } from '../../core/errors.ts';
import { FetchError, HostError, MomentaryError } from './errors.ts';
import type { Policy } from './policy.ts';
import { exhaustedFor, retryAfter } from './rate-limits.ts';

/** Codes of connections that broke off; another may hold. `Z_…` is packed data that ends too early. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE']);

/** What an answer's status means; `null` when it is one to read. */
export function faultOfAnswer(response: Response, { host }: URL, policy: Policy, now: Date): FetchError | null {
  const { status, headers } = response;
  if (status === 200 || status === 304) return null;
  const asked = Math.max(retryAfter(headers, now) ?? 0, exhaustedFor(headers, now) ?? 0);
  if (status === 429)
    return new HostError(`${host} asks to be left alone for a while (429).`, Math.max(asked, policy.stop));
  if (status === 503 && asked > 0) return new HostError(`${host} is not available for a while (503).`, asked);
  if (status >= 500 || status === 408 || status === 425) return new MomentaryError(`${host} had a fault (${status}).`);
  if (status === 401 || status === 403) return new FetchError(`${host} does not let us in (${status}).`, 'permanent');
  if (status === 404 || status === 410) {
    return new FetchError(`${host} has nothing at this address (${status}).`, 'permanent');
  }
  return new FetchError(`${host} gave an answer that is not understood (${status}).`, 'permanent');
}

/** What anything thrown by a request means. */
export function faultOf(error: unknown, { host }: URL): FetchError {
  if (error instanceof FetchError) return error;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new HostError(`${host} did not answer in time.`, null);
  }
  const codes = codesOf(error);
  if (codes.some((code) => BROKEN.has(code) || code.startsWith('Z_')) || errorText(error) === 'terminated') {
    return new MomentaryError(`${host} broke off the connection.`);
  }
  const reason = codes[0] ?? errorText(error);
  return new HostError(`${host} cannot be reached (${reason}).`, null);
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
  }
  return codes;
}
