import { describe, expect, it } from 'vitest';
import { readDigestOrMail } from '../../src/digests/read-digest-or-mail.ts';
import { UnreadableDigestError } from '../../src/digests/read.ts';
import { RENDER } from './documents.ts';

const options = { readOn: '2026-06-03' };
const PAPERS = [
  {
    arxivId: '2605.20001',
    title: 'Kites für Anfänger — a Study of Strings that Are Longer than Most of the Lines of a Mail',
    abstract:
      'We fly kites in the wind of the northern seas, where they rise — “slowly” — and fall. Then we look at what the seals think of it all.',
    authors: ['Ada Quill'],
    upvotes: 3,
    comments: 1,
  },
  {
    arxivId: '2605.20002',
    title: 'Seals',
    abstract: 'Seals swim in the cold.',
    authors: ['Bo Marsh'],
    upvotes: 0,
    comments: 0,
  },
];
const EXPECTED = PAPERS.map(({ title, abstract }) => ({ title, abstract }));

const PAGE = `Get trending papers in your email inbox!\n\nSubscribe\n\nJun 1\n\n${PAPERS.map(({ title, abstract }) => `${title}\n\n${abstract}\n\n`).join('')}`;

function mail(headers: readonly string[], body: string | Buffer): Buffer {
  const head = ['Received: from a by b', 'From: "Digest" <digest@example.org>', 'Subject: Papers', ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

const DATE = 'Date: Mon, 1 Jun 2026 07:00:00 +0000';
const plain = (charset: string, encoding: string) => [
  DATE,
  'MIME-Version: 1.0',
  `Content-Type: text/plain; charset=${charset}`,
  `Content-Transfer-Encoding: ${encoding}`,
];

function base64(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');
}

function quotedPrintable(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) => {
    const isPlain = (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 10;
    return isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return bytes
    .join('')
    .split('\n')
    .map((line) => line.replace(/(.{60}(?:=..|[^=]){0,3})(?=.)/g, '$1=\r\n'))
    .join('\r\n');
}

function wrap(text: string): string {
  return text.replace(/(.{1,72})(?:\s|$)/gm, '$1\n');
}

async function read(document: Buffer | string) {
  return readDigestOrMail(document, options);
}

async function refusal(document: Buffer | string): Promise<string> {
  const error: unknown = await read(document).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnreadableDigestError);
  return error instanceof Error ? error.message : '';
}

describe('a mail with the page in it', () => {
  it.each([
    ['in base64', mail(plain('utf-8', 'base64'), base64(PAGE))],
    ['in quoted-printable', mail(plain('utf-8', 'quoted-printable'), quotedPrintable(PAGE))],
    [
      'in Windows-1252',
      mail(
        plain('windows-1252', '8bit'),
        Buffer.from(
          PAGE.replace(/[—“”]/g, (c) => ({ '—': '\x97', '“': '\x93', '”': '\x94' })[c] ?? c),
          'latin1',
        ),
      ),
    ],
    ['with lines broken to a width', mail(plain('utf-8', '8bit'), wrap(PAGE))],
    [
      'with a footer and a signature',
      mail(plain('utf-8', '8bit'), `${PAGE}Unsubscribe from this list\n\n-- \nDigest\n`),
    ],
    ['as HTML alone', mail([DATE, 'Content-Type: text/html; charset=utf-8'], htmlOf())],
    ['as text and HTML', multipart('Open this mail in a browser.', htmlOf())],
    [
      'from a mail program with a From line',
      Buffer.concat([Buffer.from('From a@b Mon Jun  1 07:00:00 2026\r\n'), mail(plain('utf-8', '8bit'), PAGE)]),
    ],
  ])('%s is read', async (_, document) => {
    expect(await read(document)).toMatchObject({ date: '2026-06-01', entries: EXPECTED, rejected: [] });
  });

  it('shows the day it was sent where the page shows none, unless that is yet to come', async () => {
    const body = PAGE.replace('Jun 1\n\n', '');
    expect((await read(mail(plain('utf-8', '8bit'), body))).date).toBe('2026-06-01');
    const later = plain('utf-8', '8bit').map((line) => line.replace('2026', '2027'));
    expect((await read(mail(later, body))).date).toBeNull();
  });
});

function htmlOf(): string {
  const cards = PAPERS.map(
    ({ title, abstract }) => `<tr><td><h3><a href="#">${title}</a></h3><p>${abstract}</p></td></tr>`,
  );
  return `<html><head><title>Papers</title><style>p{}</style></head><body><p>Get trending papers in your email inbox!</p>
<p>Subscribe</p><p>Jun 1</p><table>${cards.join('\n')}</table><p>You are receiving this because you asked for it. <a href="#">Unsubscribe</a></p></body></html>`;
}

function part(type: string, body: string): string {
  return `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(body)}\r\n`;
}

function multipart(text: string, html: string): Buffer {
  const headers = [DATE, 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=x'];
  return mail(headers, `${part('text/plain', text)}${part('text/html', html)}--x--\r\n`);
}

describe('a mail whose lines were broken to a width', () => {
  const dense = wrap(PAGE.replaceAll('\n\n', '\n'));

  it('and that has no blank lines is refused, for nothing says where a text ends', async () => {
    expect(await refusal(mail(plain('utf-8', '8bit'), dense))).toMatch(/The lines of this text are broken/);
  });

  it('is read from its HTML, where it has any', async () => {
    expect(await read(multipart(dense, htmlOf()))).toMatchObject({ entries: EXPECTED, rejected: [] });
  });
});

describe('a mail with another layout in it', () => {
  it.each(Object.entries(RENDER))('%s is read', async (_, render) => {
    const document = mail(plain('utf-8', 'base64'), base64(render(PAPERS)));
    const { entries, rejected } = await read(document);
    expect(rejected).toEqual([]);
    expect(entries).toMatchObject(EXPECTED);
  });

  it("arXiv's in a pre element is read", async () => {
    const text = RENDER['arxiv-mail'](PAPERS).replaceAll('<', '&lt;');
    const document = mail(
      [DATE, 'Content-Type: text/html; charset=utf-8'],
      `<html><body><pre>${text}</pre></body></html>`,
    );
    expect(await read(document)).toMatchObject({ layout: 'arxiv-mail', date: '2026-06-01', entries: EXPECTED });
  });
});

it('a mail with titles and long abstracts in turn is a digest also without the banner of the page', async () => {
  const long = Array.from({ length: 3 }, (_, n) => ({
    title: `Kites of the Northern Seas ${n}`,
    abstract: 'We fly kites in the wind, and look at what the seals think of it all. '.repeat(4).trim(),
  }));
  const body = long.map(({ title, abstract }) => `${title}\n\n${abstract}\n\n`).join('');
  expect(await read(mail(plain('utf-8', '8bit'), body))).toMatchObject({ date: '2026-06-01', entries: long });
});

describe('a mail that is no digest', () => {
  it('is refused with the reason', async () => {
    expect(await refusal(mail([DATE], 'Dear all,\r\n\r\nI write to you today.\r\n\r\nBest,\r\n\r\nBob'))).toMatch(
      /This mail lists no papers in a layout that is known\. .*This is no digest/,
    );
    expect(await refusal(mail([DATE], 'Dear all,\r\n\r\nhello.\r\n'))).toMatch(/This may be a letter/);
    expect(await refusal(mail([DATE], ''))).toBe('This mail has no text.');
  });

  it('or nests its parts without end is refused', async () => {
    const parts = Array.from(
      { length: 100 },
      (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
    );
    const document = mail(['Content-Type: multipart/mixed; boundary=b0'], parts.join(''));
    expect(await refusal(document)).toMatch(/This mail is damaged/);
  });

  it('is told from a page by its headers', async () => {
    expect((await read(PAGE)).layout).toBe('spaced');
    const titled = `Subject: A Study of Kites\n\nWe fly kites. They rise.\n\nSeals\n\nThey swim. They do.\n`;
    expect((await read(`Get trending papers in your email inbox!\n\n${titled}`)).entries).toHaveLength(2);
  });
});
