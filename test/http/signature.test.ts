import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVerifier, type Seal, sealOf } from '../../src/http/signature.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
const isSealed = createVerifier(hex);

function seal(body: Buffer, timestamp = '1700000000'): Seal {
  const data = Buffer.concat([Buffer.from(timestamp), body]);
  return { timestamp, signature: sign(null, data, privateKey).toString('hex') };
}

/** Whether a request with these headers is taken. */
async function takes({ signature, timestamp }: Seal, body: Buffer): Promise<boolean> {
  const read = sealOf({ 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp });
  return read !== null && (await isSealed(read, body));
}

/** The same bytes with one bit of one of them the other way round. */
function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at % changed.length;
  changed[index] = (changed[index] ?? 0) ^ (1 << bit);
  return changed;
}

const bodies = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const places = fc.nat();
const bit = fc.integer({ min: 0, max: 7 });

describe('a signature', () => {
  it('is taken for exactly what was signed, of any bytes', async () => {
    await fc.assert(fc.asyncProperty(bodies, (body) => takes(seal(body), body)));
  });

  it('is refused when any bit of the body, the timestamp or the signature is another', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, places, bit, async (body, at, bit) => {
        const { signature, timestamp } = seal(body);
        const change = (text: string) => flipped(Buffer.from(text), at, bit).toString('latin1');
        expect(await takes({ signature, timestamp }, flipped(body, at, bit))).toBe(false);
        expect(await takes({ signature: change(signature), timestamp }, body)).toBe(false);
        expect(await takes({ signature, timestamp: change(timestamp) }, body)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('of another key is refused', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const body = Buffer.from('{}');
    const signature = sign(null, Buffer.from('1700000000{}'), other).toString('hex');
    expect(await takes({ signature, timestamp: '1700000000' }, body)).toBe(false);
  });

  it.each([
    ['missing', { 'x-signature-timestamp': '1' }],
    ['without a time', { 'x-signature-ed25519': 'a'.repeat(128) }],
    ['too short', { 'x-signature-ed25519': 'a'.repeat(126), 'x-signature-timestamp': '1' }],
    ['in capitals', { 'x-signature-ed25519': 'A'.repeat(128), 'x-signature-timestamp': '1' }],
    ['with a time that is none', { 'x-signature-ed25519': 'a'.repeat(128), 'x-signature-timestamp': '-1e3' }],
    ['there twice', { 'x-signature-ed25519': ['a', 'b'], 'x-signature-timestamp': '1' }],
  ])('that is %s is none', (_, headers) => {
    expect(sealOf(headers)).toBeNull();
  });
});
