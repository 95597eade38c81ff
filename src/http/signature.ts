import { createPublicKey, verify } from 'node:crypto';

/** What is told of who sent a request, and when, in its headers. */
export interface Seal {
  /** 128 hexadecimal digits. */
  signature: string;
  /** Seconds since 1970. */
  timestamp: string;
}

/** Of the same bytes there is one spelling, which is Discord's. */
const SIGNATURE = /^[0-9a-f]{128}$/;
const TIMESTAMP = /^\d{1,12}$/;

/** Reads the seal of a request; `null` where it is missing or is none. */
export function sealOf(headers: NodeJS.Dict<string | string[]>): Seal | null {
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return null;
  return SIGNATURE.test(signature) && TIMESTAMP.test(timestamp) ? { signature, timestamp } : null;
}

/**
 * A function that says whether the owner of a public key (64 hexadecimal digits) sealed a body: Ed25519 over the timestamp and
 * the body, https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
 */
export function createVerifier(publicKey: string): (seal: Seal, body: Buffer) => Promise<boolean> {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return ({ signature, timestamp }, body) =>
    // In a thread of Node's pool: that of the event loop has other things to do.
    new Promise((resolve) => {
      const data = Buffer.concat([Buffer.from(timestamp), body]);
      verify(null, data, key, Buffer.from(signature, 'hex'), (error, isSealed) => resolve(!error && isSealed));
    });
}
