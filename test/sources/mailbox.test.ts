import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/core/errors.ts';
import { readDigestOrMail } from '../../src/digests/read-digest-or-mail.ts';
import { mailboxSource, type MailboxOptions } from '../../src/sources/mailbox.ts';
import { parseMailboxAddress } from '../../src/sources/mailbox-address.ts';
import { ImapServer } from '../helpers/imap-server.ts';

const readOn = '2026-06-03';

function mail(title: string, body = `${title}\n\nWe study ${title} at length, and find much.\n`): string {
  const head = ['From: digest@example.org', 'To: reader@mail.example', 'Date: Mon, 1 Jun 2026 07:00:00 +0000'];
  const page = `Get trending papers in your email inbox!\n\nSubscribe\n\n${body}`;
  return [...head, `Subject: ${title}`, '', ...page.split('\n')].join('\r\n');
}

let server: ImapServer;

beforeEach(async () => {
  server = new ImapServer();
  await server.listen();
});

afterEach(() => server.close());

function source(options: Partial<MailboxOptions> & { host?: string; port?: number; password?: string } = {}) {
  const { host = '127.0.0.1', port = server.port, password = server.password, ...more } = options;
  const [user, secret, folder] = [server.user, password, 'Papers'].map(encodeURIComponent);
  const address = parseMailboxAddress(`imap://${user}:${secret}@${host}:${port}/${folder}`);
  const signal = new AbortController().signal;
  return mailboxSource({ address, limit: 10_000, signal, patience: { connecting: 500, silence: 500 }, ...more });
}

/** What a call was refused with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error instanceof Error ? error.message : '';
}

describe('a mailbox', () => {
  it('hands out the mails of its folder, oldest first, as they are', async () => {
    server.add(mail('Kites'));
    server.add(mail('Seals'));
    const documents = await source().documents();
    expect(documents.map(({ origin }) => origin)).toEqual([
      'Papers;UIDVALIDITY=7/;UID=10',
      'Papers;UIDVALIDITY=7/;UID=20',
    ]);
    const raw = await documents[0]?.read();
    expect(Buffer.from(raw ?? [])).toEqual(server.messages[0]?.raw);
    expect(await readDigestOrMail(raw ?? '', { readOn })).toMatchObject({
      date: '2026-06-01',
      entries: [{ title: 'Kites', abstract: 'We study Kites at length, and find much.' }],
    });
  });

  it('marks what was read, flags what was not, and hands out neither again', async () => {
    const [kites, seals] = [server.add(mail('Kites')), server.add(mail('Seals'))];
    const [first, second] = await source().documents();
    expect(await first?.done()).toBeNull();
    expect(await second?.refuse({ line: 1, reason: 'This is no digest.' })).toBeNull();
    expect([...kites.flags]).toEqual(['\\Seen', 'PaperboyRead']);
    expect([...seals.flags]).toEqual(['\\Flagged', 'PaperboyUnreadable']);
    expect(await source().documents()).toEqual([]);
    kites.flags.delete('PaperboyRead');
    expect(await source().documents()).toHaveLength(1);
  });

  it('takes mails that somebody has seen, where the server keeps keywords', async () => {
    server.add(mail('Kites'), '\\Seen');
    expect(await source().documents()).toHaveLength(1);
  });

  it('goes by seen and flagged where the server keeps no keywords', async () => {
    server.keepsKeywords = false;
    server.add(mail('Kites'), '\\Seen');
    const seals = server.add(mail('Seals'));
    const [document] = await source().documents();
    expect(document?.origin).toContain('UID=20');
    expect(await document?.done()).toBeNull();
    expect([...seals.flags]).toEqual(['\\Seen']);
    expect(await source().documents()).toEqual([]);
  });

  it('takes some mails at a time', async () => {
    for (let index = 0; index < 25; index += 1) server.add(mail(`Kites ${index}`));
    expect(await source().documents()).toHaveLength(20);
  });

  it('refuses a mail that is too large, without fetching it', async () => {
    server.add(mail('Kites', 'x'.repeat(20_000)));
    const [document] = await source().documents();
    expect(await refusal(document?.read() ?? Promise.resolve())).toMatch(/0\.0 MB, and the limit is 0\.0 MB/);
    expect(server.commands.join('\n')).not.toContain('BODY.PEEK');
  });

  it('never deletes, moves or opens a mail for others to see', async () => {
    server.add(mail('Kites'));
    for (const document of await source().documents()) await document.done();
    expect(server.commands.join('\n')).not.toMatch(/Deleted|EXPUNGE|MOVE|BODY\[/);
  });
});

describe('a mailbox that fails', () => {
  it.each([
    ['never greets', /cannot be reached/],
    ['never answers a fetch', /cannot be reached/],
    ['cuts messages', /cannot be reached/],
  ] as const)('because its server %s is told in words', async (fault, words) => {
    server.fault = fault;
    server.add(mail('Kites'));
    expect(await refusal(source().documents())).toMatch(words);
  });

  it('says so when nobody listens', async () => {
    const { port } = server;
    await server.close();
    expect(await refusal(source({ port }).documents())).toMatch(/127\.0\.0\.1 cannot be reached/);
    await server.listen();
  });

  it('says that the password is wrong, and not which it was', async () => {
    const message = await refusal(source({ password: 'hunter-two' }).documents());
    expect(message).toMatch(/refuses the user or the password/);
    expect(message).not.toMatch(/hunter-two|reader@/);
  });

  it('names the folder that is not there', async () => {
    server.folder = 'Other';
    expect(await refusal(source().documents())).toMatch(/refuses the folder Papers/);
  });

  it('leaves a mail unmarked when marking fails, and says so', async () => {
    server.add(mail('Kites'));
    const [document] = await source().documents();
    server.fault = 'refuses marks';
    expect(await document?.done()).toMatch(/cannot be marked, and will be read again/);
    server.fault = null;
    server.uidValidity = 8;
    expect(await document?.done()).toMatch(/was made anew/);
    expect(server.messages[0]?.flags.size).toBe(0);
  });

  it('ends when the look at the sources has to end', async () => {
    server.fault = 'never answers a fetch';
    server.add(mail('Kites'));
    const patience = { connecting: 20_000, silence: 20_000 };
    const message = await refusal(source({ patience, signal: AbortSignal.timeout(300) }).documents());
    expect(message).toMatch(/took too long/);
  });

  it('never sends a password over a connection that others can read', async () => {
    const open = new ImapServer('127.0.0.2');
    await open.listen();
    const message = await refusal(source({ host: '127.0.0.2', port: open.port }).documents());
    expect(message).toMatch(/cannot be reached/);
    expect(open.commands.join('\n')).not.toContain('LOGIN');
    await open.close();
  });
});

describe('the address of a mailbox', () => {
  it('has the usual ports and the inbox where it says nothing else', () => {
    expect(parseMailboxAddress('imaps://a%40b.example:p%3A%2F@mail.example')).toEqual({
      host: 'mail.example',
      port: 993,
      secure: true,
      user: 'a@b.example',
      password: 'p:/',
      folder: 'INBOX',
    });
    expect(parseMailboxAddress('imap://a:b@[::1]:10/Lists/Papers')).toMatchObject({
      host: '::1',
      port: 10,
      folder: 'Lists/Papers',
    });
  });

  it.each([
    'nonsense',
    'https://a:secret@mail.example',
    'imaps://a@mail.example',
    'imaps://:secret@mail.example',
    'imaps://a:secret%@mail.example/',
  ])('%s is refused without the password', (text) => {
    expect(() => parseMailboxAddress(text)).toThrow(UserError);
    expect(() => parseMailboxAddress(text)).not.toThrow(/secret/);
    expect(() => readConfig({ PAPERBOY_IMAP_URL: text })).toThrow(/PAPERBOY_IMAP_URL/);
    expect(() => readConfig({ PAPERBOY_IMAP_URL: text })).not.toThrow(/secret/);
  });
});
