import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { World } from '../../src/ingest/document.ts';
import { ingestSources } from '../../src/ingest/ingest.ts';
import { reread } from '../../src/ingest/reread.ts';
import { parseMailboxAddress } from '../../src/sources/mailbox-address.ts';
import { RENDER } from '../digests/documents.ts';
import { ImapServer } from '../helpers/imap-server.ts';
import { sourceSettings } from '../sources/settings.ts';
import { allPapers, memory } from '../store/fixtures.ts';

const HEAD = 'From: digest@example.org\r\nDate: Mon, 1 Jun 2026 07:00:00 +0000\r\nSubject: Papers\r\n';
const PAPERS = [
  { arxivId: '2605.00001', title: 'Kites', abstract: 'We fly kites.', authors: ['Ada Quill'], upvotes: 1, comments: 1 },
  { arxivId: '2605.00002', title: 'Seals', abstract: 'Seals swim.', authors: ['Bo Marsh'], upvotes: 1, comments: 1 },
];

const server = new ImapServer();
beforeEach(() => server.listen());
afterEach(() => server.close());

function settings() {
  const [user, password] = [server.user, server.password].map(encodeURIComponent);
  const mailbox = parseMailboxAddress(`imap://${user}:${password}@127.0.0.1:${server.port}/Papers`);
  return sourceSettings({ sources: ['mailbox'], mailbox });
}

it('a mailbox feeds the archive: each mail once, bad ones flagged and reported, nothing lost while it is away', async () => {
  const db = await memory();
  const world: World = { db, log: silentLog, clock: () => new Date('2026-06-02T08:00:00Z'), timezone: 'UTC' };
  const letter = server.add(`${HEAD}\r\nDear all,\r\n\r\nhello.\r\n`);
  const digest = server.add(`${HEAD}\r\n${RENDER['arxiv-mail'](PAPERS)}`);
  expect(await ingestSources(world, settings())).toMatchObject([
    {
      source: 'mailbox',
      layout: null,
      error: { reason: expect.stringContaining('This mail lists no papers') as string },
    },
    { source: 'mailbox', layout: 'arxiv-mail', date: '2026-06-01', entries: 2, new: 2, rejected: [] },
  ]);
  expect([...letter.flags]).toContain('\\Flagged');
  expect([...digest.flags]).toContain('\\Seen');
  expect(await ingestSources(world, settings())).toEqual([]);
  digest.flags.clear();
  await server.close();
  expect(await ingestSources(world, settingsOfAbsent())).toEqual([]);
  await server.listen();
  expect(await ingestSources(world, settings())).toMatchObject([{ entries: 2, new: 0, known: 2, updated: 0 }]);
  expect((await allPapers(db)).map(({ title }) => title)).toEqual(['Kites', 'Seals']);
  expect(await reread({ db, log: silentLog })).toMatchObject([{ entries: 2, new: 0, updated: 0, removed: 0 }]);
});

/** The address of a mailbox where nobody listens. */
function settingsOfAbsent() {
  return sourceSettings({ sources: ['mailbox'], mailbox: parseMailboxAddress('imap://a:b@127.0.0.1:1/Papers') });
}
