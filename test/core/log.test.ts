import { describe, expect, it } from 'vitest';
import { createLog, redact } from '../../src/core/log.ts';

// Made up, in the shape of real ones; put together here so that no scanner takes them for real.
const botToken = [
  Buffer.from('123456789012345678').toString('base64'),
  'Gh1jKl',
  'abcdefghij-klmnopqrst_uvwxyz0123456789',
].join('.');
const interactionToken = `aW50ZXJhY3Rpb246${'MTIzNDU2Nzg5'.repeat(12)}`;

/** What reaches the log's file. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('debug', (line) => lines.push(line)));
  return lines.join('');
}

describe('the log', () => {
  it.each([
    ['a bot token in a message', `login with ${botToken} failed`],
    ['a bot token in quotes', `"${botToken}"`],
    ['an authorization header', `Authorization: Bot ${botToken}`],
    ['a bearer token', `Bearer ${'x1y2'.repeat(8)}`],
    ['a webhook address', `POST https://discord.com/api/webhooks/123456789012345678/${interactionToken}`],
    ['an interaction address', `/api/v10/interactions/123/${interactionToken}/callback`],
    ['a reply address', `/api/v10/webhooks/123/${interactionToken}/messages/@original`],
  ])('hides %s', (_, text) => {
    const out = logged((log) => log.info({ text }, text));
    for (const secret of [botToken, interactionToken, 'x1y2x1y2']) expect(out).not.toContain(secret);
    expect(out).toContain('[redacted]');
  });

  it.each([
    'postgres://paperboy:s3cret@db.example.org/papers',
    'postgres://paperboy:s3c/ret@s3cret@db.example.org:5432/papers',
    'postgresql://:s3cret@localhost',
  ])('hides the password in %s, and keeps the host', (address) => {
    const out = redact(`cannot reach ${address} today`);
    expect(out).not.toMatch(/s3c|ret@/);
    expect(out).toMatch(/@(?:db\.example\.org|localhost)/);
    expect(out).toContain('today');
  });

  it('hides secret fields however deep, in errors, and in JSON inside JSON', () => {
    const event = { t: 'INTERACTION_CREATE', d: { id: '1', data: { token: 'deep-secret' } } };
    const error = Object.assign(new Error(`bad token ${botToken}`), {
      url: `https://discord.com/api/v10/interactions/1/${interactionToken}/callback`,
      requestBody: { headers: { authorization: 'deep-secret' } },
    });
    const out = logged((log) => {
      log.warn({ event, env: { DISCORD_TOKEN: 'deep-secret', LOG_LEVEL: 'debug' } }, 'an event');
      log.error({ err: error }, 'failed');
      log.debug(JSON.stringify(event));
    });
    for (const secret of [botToken, interactionToken, 'deep-secret']) expect(out).not.toContain(secret);
    expect(out).toContain('LOG_LEVEL');
  });

  it('stays JSON, line by line', () => {
    const out = logged((log) => log.info({ password: 'a "quoted" \\ secret', token: 'x', kept: 'kept' }, 'hello'));
    expect(JSON.parse(out)).toMatchObject({ password: '[redacted]', token: '[redacted]', kept: 'kept', msg: 'hello' });
  });

  it.each([
    'paperboy.store.write-digest stored 49 entries',
    'https://huggingface.co/papers/2606.00683 and http://127.0.0.1:8420/@me',
    'the bot Bot is ready',
    'data/inbox/000_22e3028761b35a28.txt',
  ])('leaves %j as it is', (text) => {
    expect(redact(text)).toBe(text);
  });
});
