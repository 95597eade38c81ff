import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { reread } from '../../src/ingest/reread.ts';
import { countDigests } from '../../src/store/digests.ts';
import { findPaperByArxivId } from '../../src/store/papers.ts';
import { readingsOf } from '../../src/store/readings.ts';
import { unreadableDocuments } from '../../src/store/unreadable-documents.ts';
import { allPapers } from '../store/fixtures.ts';
import { dailyPapers, item } from './daily-papers.ts';
import { put, temporaryFolder } from './folder.ts';
import { openHost } from './host.ts';
import { openLooks } from './looks.ts';

const MONDAY = '2026-03-09';
const TUESDAY = '2026-03-10';

async function bot() {
  const lists: Record<string, unknown[]> = {};
  const host = await openHost((request, response) => {
    dailyPapers(lists, looks.world.clock().toISOString().slice(0, 10))(request, response);
  });
  const looks = await openLooks({ sources: ['hugging-face'], huggingFaceUrl: host.url });
  return { host, lists, ...looks };
}

describe('the Daily Papers of Hugging Face', () => {
  it('are read a list a day, with everything that they tell', async () => {
    const { look, lists, world } = await bot();
    const more = {
      organization: { _id: 'o', name: 'lanternlab', fullname: 'Lantern Lab' },
      ai_summary: 'It is about lanterns.',
      ai_keywords: ['lanterns'],
      githubRepo: 'https://github.com/lantern/lantern',
      projectPage: 'https://lantern.example/',
    };
    lists[MONDAY] = [item('2026-03-06', { id: '2603.00001', upvotes: 7, comments: 2, more })];
    expect(await look('2026-03-10T12:00')).toMatchObject([
      { source: 'hugging-face', layout: 'hugging-face-api', date: MONDAY, entries: 1, new: 1, rejected: [] },
    ]);
    expect(await findPaperByArxivId(world.db, '2603.00001')).toMatchObject({
      title: 'Paper 2603.00001',
      authors: ['Ada Byron'],
      organization: { handle: 'lanternlab', name: 'Lantern Lab' },
      publishedOn: '2026-03-06',
      upvotes: 7,
      comments: 2,
      keywords: ['lanterns'],
      codeUrl: 'https://github.com/lantern/lantern',
      projectUrl: 'https://lantern.example/',
      summary: 'It is about lanterns.',
      withdrawnOn: null,
      appearances: [{ source: 'hugging-face', date: MONDAY, position: 1 }],
    });
  });

  it('are asked for the last seven list days, never for a day to come, and only for what has changed', async () => {
    const { look, host, lists } = await bot();
    lists[TUESDAY] = [item(TUESDAY, { id: '2603.00001' })];
    await look('2026-03-10T00:30');
    const days = host.requests.map(({ url }) => new URL(url ?? '', host.url).searchParams.get('date'));
    expect(days).toEqual(['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((day) => `2026-03-${day}`));
    expect(await look('2026-03-10T00:40')).toEqual([]);
    expect(host.requests.slice(9).every(({ headers }) => headers['if-none-match'])).toBe(true);
  });

  it('give each paper once over a week of looks, whenever it joined its list', async () => {
    const { look, lists, world } = await bot();
    const week = ['09', '10', '11', '12', '13', '14', '15'].map((day) => `2026-03-${day}`);
    const seen: string[] = [];
    for (const [number, day] of week.entries()) {
      if (number < 5) {
        const id = (index: number) => `2603.${number + 1}000${index}`;
        lists[day] = [1, 2, 3].map((index) => item(day, { id: id(index) }));
      }
      for (const hour of ['01', '09', '17']) {
        // A late paper joins the front of Monday's list, and votes go on.
        if (day === '2026-03-12' && hour === '09') lists[MONDAY]?.unshift(item(MONDAY, { id: '2603.09999' }));
        if (number < 5) lists[day]?.splice(0, 1, item(day, { id: `2603.${number + 1}0001`, upvotes: Number(hour) }));
        for (const report of await look(`${day}T${hour}:00`)) seen.push(...Array<string>(report.new).fill(day));
      }
    }
    expect(seen).toHaveLength(16);
    const papers = await allPapers(world.db);
    expect(papers).toHaveLength(16);
    expect(papers.every(({ appearances }) => appearances.length === 1)).toBe(true);
    expect(await findPaperByArxivId(world.db, '2603.09999')).toMatchObject({ appearances: [{ date: MONDAY }] });
    expect(await countDigests(world.db)).toBe(5);
  });

  it('keep what left a list, and never blank what they told', async () => {
    const { look, lists, world } = await bot();
    const more = { ai_summary: 'One sentence.', githubRepo: 'https://github.com/a/b' };
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001', more }), item(MONDAY, { id: '2603.00002', upvotes: 5 })];
    await look('2026-03-10T12:00');
    lists[MONDAY] = [item(MONDAY, { id: '2603.00003' }), item(MONDAY, { id: '2603.00001' })];
    expect(await look('2026-03-10T12:10')).toMatchObject([{ new: 1, known: 1, updated: 0 }]);
    expect(await findPaperByArxivId(world.db, '2603.00001')).toMatchObject({
      summary: 'One sentence.',
      codeUrl: 'https://github.com/a/b',
      appearances: [{ position: 2 }],
    });
    const gone = { upvotes: 5, appearances: [{ date: MONDAY, position: 3, upvotes: 5 }] };
    expect(await findPaperByArxivId(world.db, '2603.00002')).toMatchObject(gone);
    await reread(world);
    expect(await findPaperByArxivId(world.db, '2603.00002')).toMatchObject(gone);
  });

  it('tell of a paper that was withdrawn', async () => {
    const { look, lists, world } = await bot();
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001' })];
    await look('2026-03-10T12:00');
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001', more: { withdrawnAt: '2026-03-10T08:00:00.000Z' } })];
    await look('2026-03-10T13:00');
    expect(await findPaperByArxivId(world.db, '2603.00001')).toMatchObject({ withdrawnOn: '2026-03-10' });
  });

  it('tell of votes and comments over time, once an hour at most and only when they changed', async () => {
    const { look, lists, world } = await bot();
    const show = async (upvotes: number, moment: string) => {
      lists[TUESDAY] = [item(TUESDAY, { id: '2603.00001', upvotes }), item(TUESDAY, { id: '2603.00002' })];
      await look(`2026-03-10T${moment}`);
    };
    await show(1, '08:00');
    await show(2, '08:30');
    await show(3, '09:30');
    await show(3, '11:00');
    await show(9, '12:00');
    const paper = await findPaperByArxivId(world.db, '2603.00001');
    expect(paper?.upvotes).toBe(9);
    expect((await readingsOf(world.db, paper?.id ?? 0)).map(({ upvotes }) => upvotes)).toEqual([1, 3, 9]);
    const other = await findPaperByArxivId(world.db, '2603.00002');
    expect(await readingsOf(world.db, other?.id ?? 0)).toHaveLength(1);
  });

  it('are read page by page, also when a paper slides to the next page meanwhile', async () => {
    const { look, lists, host } = await bot();
    const many = Array.from({ length: 205 }, (_, index) => item(MONDAY, { id: `2603.${String(10_000 + index)}` }));
    lists[MONDAY] = many.toSpliced(100, 0, many[99]);
    expect(await look('2026-03-10T12:00')).toMatchObject([{ entries: 205, new: 205 }]);
    expect(host.requests.filter(({ url }) => url?.includes(`date=${MONDAY}`))).toHaveLength(3);
    expect(await look('2026-03-10T12:10')).toEqual([]);
    lists[MONDAY].push(item(MONDAY, { id: '2603.99999' }));
    expect(await look('2026-03-10T12:20')).toMatchObject([{ entries: 206, new: 1 }]);
  });

  it('name a field that has changed, and are read without it', async () => {
    const { look, lists, world } = await bot();
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001', more: { upvotes: 'many' } }), item(MONDAY, { id: '2603.00002' })];
    const [report] = await look('2026-03-10T12:00');
    expect(JSON.stringify(report?.rejected)).toContain('upvotes');
    expect((await allPapers(world.db)).map(({ arxivId }) => arxivId)).toContain('2603.00002');
  });

  it('are the papers that other sources show', async () => {
    const { look, lists, world } = await bot();
    const folder = temporaryFolder();
    put(
      join(folder, 'one.jsonl'),
      '{"title":"Paper 2603.00001","abstract":"Ours."}\n{"title":"Else","abstract":"It."}\n',
    );
    await ingestPaths(world, [folder]);
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001' })];
    expect(await look('2026-03-10T12:00')).toMatchObject([{ new: 0, known: 1, updated: 1 }]);
    expect(await findPaperByArxivId(world.db, '2603.00001')).toMatchObject({ abstract: 'Ours.', authorCount: 1 });
  });
});

describe('how Hugging Face does', () => {
  it('is fresh while papers come, and then has nothing new', async () => {
    const { look, lists, report } = await bot();
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001' })];
    await look('2026-03-10T12:00');
    expect(await report('2026-03-10T12:10')).toMatchObject([{ source: 'hugging-face', state: 'fresh', problem: null }]);
    await look('2026-03-11T13:00');
    expect(await report('2026-03-11T13:10')).toMatchObject([{ state: 'nothing new', rest: null }]);
  });

  it('rests at weekends, and is stale after three days on which papers should have come', async () => {
    const { look, lists, report } = await bot();
    lists['2026-03-05'] = [item('2026-03-05', { id: '2603.00001' })];
    await look('2026-03-05T12:00');
    await look('2026-03-08T12:00');
    expect(await report('2026-03-08T12:10')).toMatchObject([{ state: 'nothing new', rest: 'the weekend' }]);
    await look('2026-03-10T23:50');
    expect(await report('2026-03-10T23:55')).toMatchObject([{ state: 'nothing new', rest: null }]);
    expect(await report('2026-03-11T00:00')).toMatchObject([{ state: 'stale' }]);
  });

  it('is failed with the reason and the next try, until it answers again', async () => {
    const { look, host, report } = await bot();
    const { answer } = host;
    host.answer = (_request, response) => response.writeHead(429, { 'retry-after': '1200' }).end();
    expect(await look('2026-03-10T12:00')).toEqual([]);
    await look('2026-03-10T12:10');
    expect(host.requests).toHaveLength(1);
    expect(await report('2026-03-10T12:15')).toMatchObject([
      {
        state: 'failed',
        problem: expect.stringContaining('(429)') as string,
        failingSince: new Date('2026-03-10T12:00:00Z'),
        nextTryAt: new Date('2026-03-10T12:20:00Z'),
      },
    ]);
    host.answer = answer;
    await look('2026-03-10T12:20');
    expect(await report('2026-03-10T12:25')).toMatchObject([
      { state: 'nothing new', problem: null, failingSince: null },
    ]);
  });

  it('does not keep one bad day from being passed over', async () => {
    const { look, host, lists, report } = await bot();
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001' })];
    const { answer } = host;
    host.answer = (request, response) => {
      if (request.url?.includes('2026-03-04')) response.writeHead(500).end();
      else answer(request, response);
    };
    expect(await look('2026-03-10T12:00')).toMatchObject([{ date: MONDAY, new: 1 }]);
    expect(await report('2026-03-10T12:10')).toMatchObject([{ state: 'failed', freshAt: expect.any(Date) as Date }]);
  });

  it.each([
    ['a page', '<!doctype html><title>Down</title><p>We will be back.</p>'],
    ['another kind of JSON', '{"error":"nothing here"}'],
    ['text like a digest', 'A Title of a Paper\n\nWe show that it is no list. It has sentences.\n'],
    ['half a list', '[{"paper":{"id":"2603.00001","title":"Ha'],
    ['nothing', ''],
  ])('is unreadable when it answers %s, which is kept as it came', async (_name, body) => {
    const { look, host, report, world, lists } = await bot();
    const { answer } = host;
    lists[MONDAY] = [item(MONDAY, { id: '2603.00001' })];
    host.answer = (request, response) => {
      if (request.url?.includes(MONDAY)) response.end(body);
      else answer(request, response);
    };
    expect(await look('2026-03-10T12:00')).toMatchObject([{ layout: null, error: {} }]);
    await look('2026-03-10T12:10');
    expect(await report('2026-03-10T12:20')).toMatchObject([
      { state: 'unreadable', problem: expect.any(String) as string },
    ]);
    const kept = await unreadableDocuments(world.db, 'hugging-face');
    expect(kept.map(({ raw }) => Buffer.from(raw).toString())).toEqual([body]);
    host.answer = answer;
    expect(await look('2026-03-10T12:30')).toMatchObject([{ new: 1 }]);
    expect(await report('2026-03-10T12:40')).toMatchObject([{ state: 'fresh' }]);
    expect(await unreadableDocuments(world.db, 'hugging-face')).toEqual([]);
  });
});
