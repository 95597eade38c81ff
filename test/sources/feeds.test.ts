import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { daysWithDigests, papersOfDay } from '../../src/store/digests.ts';
import { findPaperByArxivId } from '../../src/store/papers.ts';
import { allPapers } from '../store/fixtures.ts';
import { dailyPapers, item } from './daily-papers.ts';
import { type Host, openHost } from './host.ts';
import { openLooks } from './looks.ts';

interface Item {
  id: string;
  title?: string;
  type?: string;
}

/** A feed as https://rss.arxiv.org answers it. */
function arxivFeed(day: string, items: Item[], skipDays: string[] = ['Saturday', 'Sunday']): string {
  const shown = items.map(({ id, title = `Paper ${id}`, type = 'new' }) =>
    [
      '<item>',
      `<title>${title}</title><link>https://arxiv.org/abs/${id}</link>`,
      `<description>arXiv:${id}v1 Announce Type: ${type} \nAbstract: We wrote ${id}. It is long.</description>`,
      `<guid isPermaLink="false">oai:arXiv.org:${id}v1</guid><category>cs.CL</category>`,
      `<pubDate>${new Date(day).toUTCString()}</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>`,
      '<dc:creator>Ada Byron, Mary Somerville</dc:creator>',
      '</item>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>',
    `<title>cs.CL updates on arXiv.org</title><pubDate>${new Date(day).toUTCString()}</pubDate>`,
    `<skipDays>${skipDays.map((name) => `<day>${name}</day>`).join('')}</skipDays>`,
    ...shown,
    '</channel></rss>',
  ].join('\n');
}

/** A feed of a site, newest first. */
function siteFeed(...titles: string[]): string {
  const entries = titles.map(
    (title) =>
      `<entry><title>${title}</title><id>urn:x:${title}</id><link href="https://site.example/${encodeURIComponent(title)}"/>` +
      `<updated>2026-03-01T00:00:00Z</updated><summary>We tell of ${title}. It is new.</summary></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title>${entries.join('')}</feed>`;
}

const paths = (host: Host) => host.requests.map(({ url }) => url);

/** A bot that follows two categories of an arXiv on this machine. */
async function arxiv() {
  const feed = { text: arxivFeed('2026-03-06', []) };
  const host = await openHost((_request, response) => response.end(feed.text));
  const settings = { arxivCategories: ['cs.CL', 'stat.ML'], arxivFeedUrl: host.url, arxivUrl: host.url };
  return { feed, host, ...(await openLooks({ sources: ['arxiv'], ...settings })) };
}

describe('arXiv by category', () => {
  it('is one feed, whose papers are listed on the day of the announcement', async () => {
    const { feed, host, look, world } = await arxiv();
    feed.text = arxivFeed('2026-03-06', [{ id: '2603.00001' }, { id: '2603.00002', type: 'cross' }]);
    expect(await look('2026-03-06T08:00')).toMatchObject([
      { source: 'arxiv', layout: 'feed', date: '2026-03-06', entries: 2, new: 2 },
    ]);
    expect(paths(host)).toEqual(['/rss/cs.CL+stat.ML']);
    expect(await findPaperByArxivId(world.db, '2603.00001')).toMatchObject({
      authors: ['Ada Byron', 'Mary Somerville'],
    });
  });

  it('is looked at once an hour at most, and not on days that it skips', async () => {
    const { host, look, report, feed } = await arxiv();
    feed.text = arxivFeed('2026-03-06', [{ id: '2603.00001' }]);
    await look('2026-03-06T08:00');
    await look('2026-03-06T08:30');
    expect(host.requests).toHaveLength(1);
    await look('2026-03-06T09:00');
    expect(host.requests).toHaveLength(2);
    await look('2026-03-07T09:00');
    await look('2026-03-08T09:00');
    expect(host.requests).toHaveLength(3);
    expect(await report('2026-03-08T10:00')).toMatchObject([
      { source: 'arxiv', state: 'nothing new', rest: 'the weekend' },
    ]);
    await look('2026-03-09T00:00');
    expect(host.requests).toHaveLength(4);
  });

  it('shows the papers that Hugging Face shows, each of which is one', async () => {
    const list = [item('2026-03-05', { id: '2603.00001', upvotes: 4 })];
    const papers = await openHost(dailyPapers({ '2026-03-05': list }));
    const feed = await openHost((_request, response) => {
      response.end(arxivFeed('2026-03-06', [{ id: '2603.00001', title: 'Another title' }, { id: '2603.00002' }]));
    });
    const { look, world } = await openLooks({
      sources: ['hugging-face', 'arxiv'],
      huggingFaceUrl: papers.url,
      arxivCategories: ['cs.CL'],
      arxivFeedUrl: feed.url,
    });
    await look('2026-03-06T08:00');
    expect(await allPapers(world.db)).toHaveLength(2);
    const { appearances, upvotes } = (await findPaperByArxivId(world.db, '2603.00001')) ?? {};
    expect(appearances?.map(({ source }) => source).sort()).toEqual(['arxiv', 'hugging-face']);
    expect(upvotes).toBe(4);
  });

  it('is not asked when no category is named', async () => {
    const { look, world } = await openLooks({ sources: ['arxiv', 'feeds'] });
    expect(await look('2026-03-06T08:00')).toEqual([]);
    expect(await allPapers(world.db)).toEqual([]);
  });
});

describe('arXiv by query', () => {
  it('asks each query once a day, three seconds apart, and says which it was', async () => {
    const moments: number[] = [];
    const host = await openHost((_request, response) => {
      moments.push(looks.world.clock().getTime());
      response.end(siteFeed());
    });
    const arxivQueries = ['cat:cs.CL AND all:"owls"', 'au:Hinton_G'];
    const looks = await openLooks({ sources: ['arxiv'], arxivQueries, arxivUrl: host.url });
    await looks.look('2026-03-06T08:00');
    await looks.look('2026-03-06T18:00');
    await looks.look('2026-03-07T07:59');
    expect(host.requests).toHaveLength(2);
    await looks.look('2026-03-07T08:01');
    expect(host.requests.map(({ url }) => new URL(url ?? '', host.url).searchParams.get('search_query'))).toEqual([
      ...arxivQueries,
      ...arxivQueries,
    ]);
    expect(moments.map((moment) => moment - (moments[0] ?? 0)).slice(0, 2)).toEqual([0, 3000]);
    expect(await looks.report('2026-03-06T09:00')).toMatchObject([
      { source: 'arxiv au:Hinton_G', state: 'nothing new' },
      { source: 'arxiv cat:cs.CL AND all:"owls"' },
    ]);
  });

  it('keeps what arXiv says of a faulty query, and asks it again the next day', async () => {
    const host = await openHost((_request, response) =>
      response.end(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>malformed</summary></entry></feed>',
      ),
    );
    const { look, report } = await openLooks({ sources: ['arxiv'], arxivQueries: ['('], arxivUrl: host.url });
    await look('2026-03-06T08:00');
    expect(await look('2026-03-06T09:00')).toEqual([]);
    expect(host.requests).toHaveLength(1);
    expect(await report('2026-03-06T10:00')).toMatchObject([
      { state: 'unreadable', problem: expect.stringContaining('malformed') as string },
    ]);
  });
});

describe('any feed', () => {
  it('shows each paper on the day on which it came, and no other', async () => {
    const feed = { text: siteFeed('One', 'Two') };
    const host = await openHost((_request, response) => response.end(feed.text));
    const { look, world } = await openLooks({ sources: ['feeds'], feeds: [`${host.url}/atom.xml`] });
    expect(await look('2026-03-06T08:00')).toMatchObject([{ new: 2 }]);
    expect(await look('2026-03-06T08:30')).toEqual([]);
    feed.text = siteFeed('Three', 'One', 'Two');
    expect(await look('2026-03-06T09:00')).toMatchObject([{ entries: 3, new: 1 }]);
    expect(await look('2026-03-07T09:00')).toEqual([]);
    feed.text = siteFeed('Four', 'Three', 'One');
    expect(await look('2026-03-07T10:00')).toMatchObject([{ entries: 3, new: 1 }]);
    const { papers } = await papersOfDay(world.db, '2026-03-07', { limit: 9, offset: 0 });
    expect(papers.map(({ title }) => title)).toEqual(['Four']);
    expect(await daysWithDigests(world.db, 9)).toEqual(['2026-03-07', '2026-03-06']);
    expect((await allPapers(world.db)).map(({ appearances }) => appearances.length)).toEqual([1, 1, 1, 1]);
  });

  it('is a source of its own, which neither stops nor delays another', async () => {
    const slow = await openHost(() => {});
    const good = await openHost((_request, response) => response.end(siteFeed('Good')));
    const gone = await openHost((_request, response) => response.writeHead(404).end());
    const feeds = [slow, gone, good].map(({ url }) => `${url}/feed?token=secret&page=1`);
    const { look, report, world } = await openLooks({ sources: ['feeds'], feeds });
    const looking = look('2026-03-06T08:00');
    while ((await allPapers(world.db)).length === 0) await pause(10);
    expect(slow.requests).toHaveLength(1);
    slow.requests[0]?.socket.destroy();
    slow.answer = (request) => request.socket.destroy();
    expect(await looking).toMatchObject([
      { error: { reason: expect.stringContaining('(404)') as string } },
      { new: 1 },
    ]);
    const states = await report('2026-03-06T08:10');
    expect(states.map(({ state }) => state).sort()).toEqual(['failed', 'failed', 'fresh']);
    expect(JSON.stringify(states)).not.toContain('secret');
    expect(await look('2026-03-06T08:10')).toEqual([]);
    expect([slow, gone, good].map(({ requests }) => requests.length)).toEqual([6, 1, 1]);
  });
});
