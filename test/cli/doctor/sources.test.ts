import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Look, recordLook } from '../../../src/store/source-states.ts';
import { keepUnreadable } from '../../../src/store/unreadable-documents.ts';
import { NOTHING_NEW } from '../../store/fixtures.ts';
import { folder, inFolders, NOW, examine, fill } from './world.ts';

inFolders();

describe('the doctor on what comes in', () => {
  it('warns of files that nobody looked at', async () => {
    mkdirSync(join(folder, 'inbox', 'unreadable'), { recursive: true });
    for (const name of ['a.txt', 'a.txt.reason.txt']) writeFileSync(join(folder, 'inbox', 'unreadable', name), '');
    expect((await examine()).of('inbox')).toEqual([['warning', expect.stringMatching(/^1 file in .*unreadable/)]]);
  });

  it('says when the inbox is no folder', async () => {
    writeFileSync(join(folder, 'inbox'), '');
    expect((await examine()).of('inbox')).toEqual([['fault', expect.stringContaining('PAPERBOY_INBOX')]]);
    expect((await examine({ PAPERBOY_SOURCES: 'feeds' })).of('inbox')[0]?.[0]).toBe('ok');
  });

  const before = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
  const failed: Look = { ...NOTHING_NEW, outcome: 'failed', problem: 'The host did not\u001b[31m answer.' };

  it.each<[string, Look, number, string, RegExp]>([
    ['fresh', { ...NOTHING_NEW, isFresh: true }, 1, 'ok', /fresh, new papers 2025-03-11 07:00 UTC/],
    [
      'nothing new',
      { ...NOTHING_NEW, rest: 'the weekend' },
      1,
      'ok',
      /nothing new so far; it rests today \(the weekend\)/,
    ],
    ['stale', { ...NOTHING_NEW, staleAfter: () => before(1) }, 2, 'warning', /stale.*nothing new came yet/],
    ['failed', { ...failed, nextTryAt: before(-1) }, 2, 'warning', /answer\. Next try: 2025-03-11 09:00 UTC/],
    ['failed for days', failed, 49, 'fault', /failed since 2025-03-09 07:00 UTC/],
    ['unreadable', { ...failed, outcome: 'unreadable' }, 2, 'warning', /unreadable.*update Paperboy/],
  ])('tells of a source that is %s', async (_, look, hours, level, words) => {
    await fill((db) => recordLook(db, 'hugging-face', look, before(hours)));
    const { of } = await examine({ PAPERBOY_SOURCES: 'hugging-face,inbox' });
    const all = of('sources');
    const found = all.find(([, text]) => text?.startsWith('hugging-face'));
    const other = all.find(([, text]) => text?.startsWith('inbox'));
    expect(found).toEqual([level, expect.stringMatching(words)]);
    expect(found?.[1]).not.toContain('\u001b');
    expect(other).toEqual(['ok', expect.stringContaining('inbox: never read')]);
  });

  it('warns when nobody has looked at the sources for a day', async () => {
    await fill((db) => recordLook(db, 'inbox', NOTHING_NEW, before(30)));
    expect((await examine({ PAPERBOY_SOURCES: 'inbox' })).of('sources')).toContainEqual([
      'warning',
      expect.stringMatching(/^Nobody has looked .*2025-03-10 02:00 UTC/),
    ]);
  });

  it('warns of documents that are kept because they could not be read', async () => {
    await fill(async (db) => {
      const document = {
        source: 'feed.example',
        reason: 'No list of papers.',
        raw: Buffer.from('<p>'),
        readAt: NOW,
        expected: {},
      };
      for (const origin of ['https://feed.example/a', 'https://feed.example/b']) {
        await keepUnreadable(db, { ...document, origin });
      }
    });
    expect((await examine()).of('unreadable')).toEqual([
      ['warning', expect.stringMatching(/^feed\.example: 2 documents kept.*No list of papers\./)],
    ]);
  });
});

describe('the doctor on hosts', () => {
  it('says which ones do not answer from here', async () => {
    const troubled = createServer((_, response) => void response.writeHead(503).end()).listen(0, '127.0.0.1');
    const gone = createServer().listen(0, '127.0.0.1');
    await Promise.all([once(troubled, 'listening'), once(gone, 'listening')]);
    onTestFinished(() => void troubled.close());
    const [in503, nowhere] = [troubled, gone].map((one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`);
    gone.close();
    await once(gone, 'close');
    const given = {
      PAPERBOY_HUGGING_FACE_URL: `${nowhere}`,
      PAPERBOY_ARXIV_CATEGORIES: 'cs.CL',
      PAPERBOY_FEEDS: `${in503}/feed`,
    };
    const { of, code } = await examine(given);
    expect(code).toBe(1);
    expect(of('hosts')).toEqual([
      ['fault', expect.stringMatching(/does not answer \(.*ECONNREFUSED.*PAPERBOY_HUGGING_FACE_URL/)],
      ['warning', expect.stringMatching(/in trouble \(503\)/)],
      ['ok', 'https://rss.arxiv.org answers.'],
    ]);
    expect((await examine({ PAPERBOY_SOURCES: 'inbox' })).of('hosts')).toEqual([['ok', 'No source has one.']]);
  });
});
