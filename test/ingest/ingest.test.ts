import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import type { IngestReport, World } from '../../src/ingest/document.ts';
import { projectPath } from '../../src/core/root.ts';
import { ingestPaths, ingestSources } from '../../src/ingest/ingest.ts';
import { reread } from '../../src/ingest/reread.ts';
import { lastIngestion } from '../../src/store/ingestions.ts';
import { findPapersByTitle, newestSequence } from '../../src/store/papers.ts';
import { put, temporaryFolder, tree } from '../sources/folder.ts';
import { sourceSettings } from '../sources/settings.ts';
import { allPapers, memory } from '../store/fixtures.ts';

const NOW = new Date('2025-03-14T23:30:00Z');

/** Every file of these tests settled long before. */
const LATER = new Date('2100-01-01T12:00:00Z');

async function world(now = NOW): Promise<World> {
  return { db: await memory(), log: silentLog, clock: () => now, timezone: 'Asia/Tokyo' };
}

/** A page as it is copied from the list of papers. */
function page(day: string, ...papers: [title: string, abstract: string][]): string {
  const head = ['new', 'Get trending papers in your email inbox!', 'Subscribe', 'byAK and the research community'];
  return [...head, day, '', ...papers.flatMap((lines) => lines.flatMap((line) => [line, '']))].join('\n');
}

const owls: [string, string] = ['Owls at Night', 'We count owls. They are many, and they are awake.'];
const bees: [string, string] = ['Bees at Noon', 'We count bees. They are more, and they are busy.'];

const settings = (inbox: string) => sourceSettings({ sources: ['inbox'], inbox });

describe('ingestPaths', () => {
  it('reports each file, in the order of names, and reads on after bad ones', async () => {
    const folder = temporaryFolder();
    put(join(folder, '1.txt'), page('Mar 12', owls));
    put(join(folder, '2.txt'), '');
    put(
      join(folder, '3.jsonl'),
      '{"title":"Owls at night","abstract":"Other."}\nnot JSON\n{"title":"New","abstract":"A."}\n',
    );
    const reports = await ingestPaths(await world(), [folder, join(folder, 'missing.txt')]);
    expect(reports).toMatchObject([
      {
        file: join(folder, '1.txt'),
        source: 'file',
        layout: 'spaced',
        date: '2025-03-12',
        entries: 1,
        new: 1,
        known: 0,
      },
      { file: join(folder, '2.txt'), layout: null, date: null, entries: 0, new: 0, error: { line: 1 } },
      { layout: 'json-lines', entries: 2, new: 1, known: 1, updated: 0, rejected: [{ line: 2 }] },
      {
        file: join(folder, 'missing.txt'),
        error: { line: null, reason: expect.stringContaining('no such file') as string },
      },
    ]);
    expect(tree(folder)).toEqual(['1.txt', '2.txt', '3.jsonl']);
  });

  it('gives a report whose shape other programs rely on', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), page('Mar 12', owls));
    const [report] = await ingestPaths(await world(), [join(folder, 'page.txt')]);
    expect(JSON.stringify(report)).toBe(
      `{"file":${JSON.stringify(join(folder, 'page.txt'))},"source":"file","layout":"spaced","date":"2025-03-12",` +
        '"entries":1,"new":1,"known":0,"updated":0,"rejected":[]}',
    );
  });

  it('adds nothing the second time', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), page('Mar 12', owls, bees));
    const here = await world();
    await ingestPaths(here, [folder]);
    const sequence = await newestSequence(here.db);
    expect(await ingestPaths(here, [folder])).toMatchObject([{ entries: 2, new: 0, known: 2, updated: 0 }]);
    expect(await newestSequence(here.db)).toBe(sequence);
  });

  it('reads yearless dates as of today in the zone of the archive, or as of the day given', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), page('Mar 15', owls));
    const today = await ingestPaths(await world(), [folder]);
    expect(today[0]?.date).toBe('2025-03-15');
    const given = await ingestPaths(await world(), [folder], { date: '2022-12-31' });
    expect(given[0]?.date).toMatch(/^2022-/);
  });

  it('refuses a day that the calendar does not have before it touches any file', async () => {
    const inbox = join(temporaryFolder(), 'inbox');
    put(join(inbox, 'good.txt'), page('Mar 12', owls));
    const here = await world();
    await expect(ingestPaths(here, [inbox], { date: '2025-02-30' })).rejects.toThrow(/2025-02-30.*YYYY-MM-DD/);
    await expect(ingestSources(here, settings(inbox), { date: 'today' })).rejects.toThrow(UserError);
    expect(tree(inbox)).toEqual(['good.txt']);
  });

  it('says after each digest how far it has come', async () => {
    const folder = temporaryFolder();
    for (const name of ['1', '2', '3']) put(join(folder, name), page('Mar 12', [`Title ${name}`, owls[1]]));
    const progress: unknown[] = [];
    const onReport = (report: IngestReport, done: number, total: number) => progress.push([report.new, done, total]);
    await ingestPaths(await world(), [folder], { onReport });
    expect(progress).toEqual([
      [1, 1, 3],
      [1, 2, 3],
      [1, 3, 3],
    ]);
  });

  it('remembers every digest that shows a paper', async () => {
    const folder = temporaryFolder();
    put(join(folder, '1.txt'), page('Mar 12', owls));
    put(join(folder, '2.txt'), page('Mar 13', bees, owls));
    const here = await world();
    await ingestPaths(here, [folder]);
    expect((await findPapersByTitle(here.db, 'owls at night'))[0]?.appearances).toMatchObject([
      { source: 'file', date: '2025-03-12', position: 1 },
      { source: 'file', date: '2025-03-13', position: 2 },
    ]);
  });
});

describe('ingestSources', () => {
  it('empties the inbox into done and unreadable, and records the pass', async () => {
    const inbox = join(temporaryFolder(), 'inbox');
    put(join(inbox, 'good.txt'), page('Mar 12', owls));
    put(join(inbox, 'picture.txt'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
    const here = await world(LATER);
    const reports = await ingestSources(here, settings(inbox));
    expect(reports).toMatchObject([
      { source: 'inbox', new: 1 },
      { source: 'inbox', error: { line: 1 } },
    ]);
    expect(tree(inbox)).toEqual(['done/good.txt', 'unreadable/picture.txt', 'unreadable/picture.txt.reason.txt']);
    const note = readFileSync(join(inbox, 'unreadable/picture.txt.reason.txt'), 'utf8');
    expect(note).toContain(reports[1]?.error?.reason);
    expect(await lastIngestion(here.db)).toEqual({
      startedAt: LATER,
      finishedAt: LATER,
      digests: 1,
      unreadable: 1,
      newPapers: 1,
    });
    expect(await ingestSources(here, settings(inbox))).toEqual([]);
  });

  it('leaves a file that could not be stored, and reads it the next time', async () => {
    const inbox = join(temporaryFolder(), 'inbox');
    put(join(inbox, 'good.txt'), page('Mar 12', owls));
    const here = await world(LATER);
    await here.db.schema.alterTable('appearances').renameTo('mislaid').execute();
    expect(await ingestSources(here, settings(inbox))).toMatchObject([{ new: 0, error: { line: null } }]);
    expect(tree(inbox)).toEqual(['good.txt']);
    await here.db.schema.alterTable('mislaid').renameTo('appearances').execute();
    expect(await ingestSources(here, settings(inbox))).toMatchObject([{ new: 1 }]);
    expect(tree(inbox)).toEqual(['done/good.txt']);
  });

  it('reports an inbox that cannot be used, and finishes the pass', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'file'), '');
    const here = await world(LATER);
    const reports = await ingestSources(here, settings(join(folder, 'file', 'inbox')));
    expect(reports).toMatchObject([
      { source: 'inbox', error: { reason: expect.stringContaining('cannot be used') as string } },
    ]);
    expect(await lastIngestion(here.db)).toMatchObject({ unreadable: 1, finishedAt: LATER });
  });
});

describe('reread', () => {
  it('changes nothing while the reader is the same', async () => {
    const folder = temporaryFolder();
    put(join(folder, '1.txt'), page('Mar 12', owls, bees));
    put(join(folder, '2.jsonl'), '{"id":"x","title":"Owls at night","abstract":"Other.","date":"2024-01-02"}\n');
    const here = await world();
    await ingestPaths(here, [folder]);
    const before = await allPapers(here.db);
    const counts = { new: 0, updated: 0, removed: 0 };
    expect(await reread(here)).toEqual([
      { file: '1.txt', source: 'file', entries: 2, ...counts },
      { file: '2.jsonl', source: 'file', entries: 1, ...counts },
    ]);
    expect(await allPapers(here.db)).toEqual(before);
  });

  it('leaves a digest that it cannot read any more, and says so', async () => {
    const folder = temporaryFolder();
    put(join(folder, '1.txt'), page('Mar 12', owls));
    const here = await world();
    await ingestPaths(here, [folder]);
    const before = await allPapers(here.db);
    await here.db
      .updateTable('digests')
      .set({ raw_gzip: gzipSync(Buffer.from([0])) })
      .execute();
    expect(await reread(here)).toMatchObject([{ file: '1.txt', error: { line: 1 } }]);
    expect(await allPapers(here.db)).toEqual(before);
  });
});

const seeds = projectPath('..', 'shared', 'seeds');

describe.skipIf(!existsSync(seeds))("the owner's pages (skipped where ../shared/seeds is absent)", () => {
  const files = ['000_22e3028761b35a28.txt', '002_a381271d1475ca1a.txt', '004_ca6e3c5588f0f761.txt'];

  it('give 49, 186 and 36 papers, and nothing new the second time', async () => {
    const here = await world();
    const first = await ingestPaths(
      here,
      files.map((file) => join(seeds, file)),
    );
    expect(first.map(({ entries, rejected }) => [entries, rejected])).toEqual([
      [49, []],
      [186, []],
      [36, []],
    ]);
    const second = await ingestPaths(here, [seeds]);
    expect(second.map(({ new: created, known, updated }) => [created, known, updated])).toEqual([
      [0, 49, 0],
      [0, 186, 0],
      [0, 36, 0],
    ]);
    const third = await reread(here);
    expect(third.map(({ entries, new: created, updated, removed }) => [entries, created, updated, removed])).toEqual([
      [49, 0, 0, 0],
      [186, 0, 0, 0],
      [36, 0, 0, 0],
    ]);
  });

  it('come out with titles and abstracts exactly as the pages have them', async () => {
    const here = await world();
    await ingestPaths(here, [seeds]);
    const pages = files.map((file) => linesOf(readFileSync(join(seeds, file), 'utf8')));
    const wrong = (await allPapers(here.db)).filter(({ title, abstract, appearances: [shown] }) => {
      const lines = pages[(shown?.digestId ?? 0) - 1] ?? [];
      const at = lines.findIndex((line) => line === title || line === `Subscribe${title}`);
      return at === -1 || lines[at + 1] !== abstract;
    });
    expect(wrong.map(({ title }) => title)).toEqual([]);
  });
});

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}
