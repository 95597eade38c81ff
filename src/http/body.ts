import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** In bytes. Discord's interactions have some kilobytes; the longest forms have 20,000 characters. */
const LARGEST = 1024 * 1024;

/**
 * The body of a request that has to be JSON, as its bytes.
 * @throws Refusal 413 where it is larger than a megabyte, 415 where it is said to be something else, 400 where it breaks off.
 */
export async function readJsonBytes(request: IncomingMessage): Promise<Buffer> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new Refusal(415, 'Expected application/json.');
  // What is still to come of a larger one is not read.
  const tooLarge = new Refusal(413, 'More than a megabyte.', { Connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST) return chunks.push(chunk);
      request.pause();
      return reject(tooLarge);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(new Refusal(400, 'The request broke off.')));
  });
}
