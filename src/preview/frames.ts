import type { RawData } from 'ws';

/** The bytes of a WebSocket message, in whatever form `ws` hands them over. */
export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
