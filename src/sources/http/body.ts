import type { Response } from 'undici';
import { FetchError } from './errors.ts';

/**
 * The body, unpacked, of at most `limit` bytes.
 * @throws FetchError, permanent, when it is larger; whatever the connection throws when it breaks off.
 */
export async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > limit) {
      throw new FetchError(`The answer has more than ${Math.round(limit / 1e6)} MB, which is the limit.`, 'permanent');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
