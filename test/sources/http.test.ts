import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { fetch, getGlobalDispatcher, Response } from 'undici';
import { describe, expect, it } from 'vitest';
import { connectionsTo } from '../../src/sources/http/addresses.ts';
import { FetchError } from '../../src/sources/http/errors.ts';
import { createHttp, type GetOptions, type HttpOptions } from '../../src/sources/http/http.ts';
import { ARXIV } from '../../src/sources/http/policy.ts';
import { hostTurns } from '../../src/store/source-memory.ts';
import { memory } from '../store/fixtures.ts';
import { openHost } from './host.ts';

const START = Date.parse('2026-03-02T12:00:00Z');

/** A client whose waits pass at once, on a clock of its own. */
async function client(options: Partial<HttpOptions> = {}) {
  let now = START;
  const waits: number[] = [];
  const db = await memory();
  const http = createHttp({
    turns: hostTurns(db),
    clock: () => new Date(now),
    userAgent: 'Paperboy/1.0 (contact: me@example.org)',
    random: () => 0.5,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    ...options,
  });
  const get = (address: string, how: Partial<GetOptions> = {}) =>
    http.get(address, { accept: '*/*', limit: 1_000_000, signal: new AbortController().signal, ...how });
  /** The text, or what went wrong. */
  const text = async (address: string, how: Partial<GetOptions> = {}) =>
    get(address, how).then(
      (answer) => answer && Buffer.from(answer.body).toString(),
      (error: unknown) => {
        if (!(error instanceof FetchError)) throw error;
        const until = error.until && (error.until.getTime() - START) / 1000;
        return { problem: error.message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'), kind: error.kind, until };
      },
    );
  return { get, text, waits, pass: (milliseconds: number) => (now += milliseconds) };
}

const status = (code: number, headers: Record<string, string> = {}, body = '') => {
  return (_request: unknown, response: ServerResponse) => response.writeHead(code, headers).end(body);
};

async function refusing(): Promise<Response> {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
}

/** A rest of so many seconds, with the jitter of these tests. */
const seconds = (wait: number) => wait * 1.125;

/** Asks `host`, whatever is asked for. */
function leadingTo(host: { url: string }): typeof fetch {
  return (url, how) =>
    fetch((url as URL).href.replace(/^https?:\/\/[^/]+/, host.url), { ...how, dispatcher: getGlobalDispatcher() });
}

/** A client for which every name leads to `host`, and `lookup` says where names lead. */
async function redirected(lookup: Record<string, string[]>) {
  const host = await openHost();
  const { text } = await client({
    fetch: leadingTo(host),
    lookup: async (name) => lookup[name] ?? [],
  });
  return { host, text };
}

describe('what is asked', () => {
  it('says who asks, and what for', async () => {
    const host = await openHost(status(200, {}, 'hello'));
    const { text } = await client();
    expect(await text(host.url, { accept: 'application/json' })).toBe('hello');
    expect(host.requests[0]?.headers).toMatchObject({
      'user-agent': 'Paperboy/1.0 (contact: me@example.org)',
      accept: 'application/json',
    });
  });

  it('asks only for what has changed', async () => {
    const host = await openHost(status(304));
    const { text } = await client();
    const since = { etag: '"one"', lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT' };
    expect(await text(host.url, { since })).toBeNull();
    expect(host.requests[0]?.headers).toMatchObject({
      'if-none-match': '"one"',
      'if-modified-since': 'Mon, 02 Mar 2026 00:00:00 GMT',
    });
  });

  it('signs in where the address says so, and nowhere else', async () => {
    const { host, text } = await redirected({ 'elsewhere.example': ['93.184.215.14'] });
    host.answer = ({ url }, response) => {
      if (url === '/feed') response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
      else response.writeHead(500).end();
    };
    expect(await text('https://me%40home:p%3Aw@papers.example/feed')).toEqual({
      problem: 'elsewhere.example had a fault (500).',
      kind: 'transient',
      until: null,
    });
    const [first, second] = host.requests.map(({ headers }) => headers.authorization);
    expect(first).toBe(`Basic ${Buffer.from('me@home:p:w').toString('base64')}`);
    expect(second).toBeUndefined();
  });

  it('keeps its distance from one request to the next, also of several at once', async () => {
    const host = await openHost(status(200));
    const { text, waits } = await client();
    await Promise.all([text(host.url), text(host.url), text(host.url)]);
    expect(waits).toEqual([600, 600]);
    await text(`${host.url}/more`, { policy: ARXIV });
    await text(`${host.url}/more`, { policy: ARXIV });
    expect(waits).toEqual([600, 600, 3000]);
  });

  it('has one request under way at a time', async () => {
    let underWay = 0;
    let most = 0;
    const host = await openHost((_request, response) => {
      most = Math.max(most, (underWay += 1));
      setTimeout(() => {
        underWay -= 1;
        response.end();
      }, 20);
    });
    const { text } = await client();
    await Promise.all([text(host.url), text(host.url), text(host.url)]);
    expect(most).toBe(1);
  });
});

describe('what is answered', () => {
  it('unpacks what is packed', async () => {
    const host = await openHost((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
    });
    expect(await (await client()).text(host.url)).toBe('packed');
  });

  it('refuses what is too large, packed or not, without reading on', async () => {
    const host = await openHost((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000)));
    });
    const { text } = await client();
    expect(await text(host.url)).toMatchObject({
      kind: 'permanent',
      problem: expect.stringContaining('1 MB') as string,
    });
    host.answer = (_request, response) => {
      const write = () => response.write(Buffer.alloc(100_000)) && setImmediate(write);
      response.on('drain', write);
      write();
    };
    expect(await text(host.url)).toMatchObject({ kind: 'permanent' });
  });

  it.each([400, 401, 403, 404, 410])('takes %i for final, and asks once', async (code) => {
    const host = await openHost(status(code));
    expect(await (await client()).text(host.url)).toMatchObject({ kind: 'permanent', until: null });
    expect(host.requests).toHaveLength(1);
  });

  it('tries a fault of the moment again, later each time', async () => {
    const host = await openHost(status(500));
    const { text, waits } = await client();
    expect(await text(host.url)).toMatchObject({ kind: 'transient', problem: 'HOST had a fault (500).' });
    expect(host.requests).toHaveLength(3);
    expect(waits).toEqual([1000, 2000]);
    host.answer = (request, response) => {
      status(host.requests.length % 2 === 0 ? 502 : 200, {}, `to ${request.method}`)(request, response);
    };
    expect(await text(host.url)).toBe('to GET');
  });

  it('tries again when the body was cut off, whether its length was announced or not', async () => {
    const host = await openHost((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const { text } = await client();
    expect(await text(host.url)).toMatchObject({ kind: 'transient', problem: 'HOST broke off the connection.' });
    expect(host.requests).toHaveLength(3);
    host.answer = (_request, response) => void response.write('in pieces', () => response.destroy());
    expect(await text(host.url)).toMatchObject({ kind: 'transient', problem: 'HOST broke off the connection.' });
  });

  it('does not wait for ever for an answer, or for its end', async () => {
    const host = await openHost(() => {});
    const { text, pass } = await client({ answerTimeout: 400, totalTimeout: 800 });
    expect(await text(host.url)).toMatchObject({ problem: 'HOST did not answer in time.', until: 67.5 });
    pass(100_000);
    host.answer = (_request, response) => response.writeHead(200).write('slow');
    expect(await text(host.url)).toMatchObject({ problem: 'HOST did not answer in time.', kind: 'transient' });
    expect(host.requests).toHaveLength(2);
  });

  it('leaves a host alone that cannot be reached, longer each time', async () => {
    const { text, pass } = await client({ fetch: refusing });
    const refused = { kind: 'transient', problem: 'HOST cannot be reached (ECONNREFUSED).' };
    const address = 'http://127.0.0.1:9';
    expect(await text(address)).toMatchObject({ ...refused, until: 67.5 });
    expect(await text(address)).toMatchObject({
      problem: expect.stringContaining('left alone') as string,
      until: 67.5,
    });
    pass(67_500);
    expect(await text(address)).toMatchObject({ ...refused, until: 67.5 + 135 });
  });

  it('ends with the look it is part of', async () => {
    const host = await openHost(() => {});
    const { text } = await client();
    const ending = new AbortController();
    const answer = text(host.url, { signal: ending.signal });
    setTimeout(() => ending.abort(), 20);
    expect(await answer).toMatchObject({ kind: 'transient', problem: expect.stringContaining('was over') as string });
  });
});

describe('a host that wants to be left alone', () => {
  it.each([
    ['Retry-After in seconds', { 'retry-after': '120' }, 120],
    ['Retry-After as a date', { 'retry-after': 'Mon, 02 Mar 2026 12:05:00 GMT' }, 300],
    ['RateLimit as a list of limits', { ratelimit: '"api";r=0;t=200, "pages";r=9;t=900' }, 200],
    ['RateLimit as it was before', { ratelimit: 'limit=500, remaining=0, reset=90' }, 90],
    ['RateLimit-… fields', { 'ratelimit-remaining': '0', 'ratelimit-reset': '150' }, 150],
    ['X-RateLimit-… with a moment', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1772453000' }, 200],
    ['no header', {}, 60],
    ['a wait that is too short', { 'retry-after': '1' }, 60],
    ['a wait of a year', { 'retry-after': '31536000' }, 86_400 / 1.125],
  ])('is left alone after a 429 with %s', async (_name, headers, wait) => {
    const host = await openHost(status(429, headers));
    const { text, pass } = await client();
    expect(await text(host.url)).toMatchObject({ kind: 'transient', until: seconds(wait) });
    host.answer = status(200, {}, 'back');
    expect(await text(host.url)).toMatchObject({ until: seconds(wait) });
    expect(host.requests).toHaveLength(1);
    pass(seconds(wait) * 1000);
    expect(await text(host.url)).toBe('back');
  });

  it('is left alone for ten minutes and more when it is arXiv, all its hosts together', async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      return new Response('', { status: 429, headers: { 'retry-after': '5' } });
    };
    const { text } = await client({ fetch });
    expect(await text('https://export.arxiv.org/api/query')).toMatchObject({ until: seconds(600) });
    expect(await text('https://rss.arxiv.org/rss/cs.CL')).toMatchObject({ until: seconds(600) });
    expect(asked).toEqual(['https://export.arxiv.org/api/query']);
  });

  it('is not asked again when it says that no request is left', async () => {
    const host = await openHost(status(200, { ratelimit: '"api";r=0;t=40' }, 'last'));
    const { text } = await client();
    expect(await text(host.url)).toBe('last');
    expect(await text(host.url)).toMatchObject({ until: 40 });
  });

  it('may say so with a 503', async () => {
    const host = await openHost(status(503, { 'retry-after': '30' }));
    expect(await (await client()).text(host.url)).toMatchObject({ kind: 'transient', until: seconds(30) });
    expect(host.requests).toHaveLength(1);
  });
});

describe('redirects', () => {
  it('are followed on the same host and out on the internet', async () => {
    const { host, text } = await redirected({ 'elsewhere.example': ['93.184.215.14', '2606:2800:21f::1'] });
    host.answer = ({ url }, response) => {
      if (url === '/feed') response.writeHead(301, { location: '/feed/' }).end();
      else if (url === '/feed/') response.writeHead(302, { location: 'https://elsewhere.example/new' }).end();
      else response.end(url);
    };
    expect(await text('https://papers.example/feed')).toBe('/new');
  });

  it('out on the internet go over connections of their own, after one look at the name', async () => {
    const host = await openHost();
    host.answer = ({ url }, response) => {
      if (url === '/old') response.writeHead(302, { location: 'https://elsewhere.example/new' }).end();
      else response.end(url);
    };
    let looks = 0;
    const held: boolean[] = [];
    const { text } = await client({
      fetch: (url, how) => {
        held.push(how?.dispatcher !== undefined);
        return leadingTo(host)(url, how);
      },
      lookup: async () => (looks++ === 0 ? ['93.184.215.14'] : ['127.0.0.1']),
    });
    expect(await text('https://papers.example/old')).toBe('/new');
    expect([looks, held]).toEqual([1, [false, true]]);
  });

  it('lead to checked addresses whatever the name says', async () => {
    const host = await openHost(status(200, {}, 'here'));
    const connections = connectionsTo(['127.0.0.1']);
    const address = new URL(host.url);
    address.hostname = 'turning.example';
    expect(await (await fetch(address, { dispatcher: connections })).text()).toBe('here');
    await connections.close();
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://10.1.2.3/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:10.0.0.1]/',
    'http://[fd00::1]/',
    'http://2130706433/',
    'http://inside.example/',
    'http://half.example/',
    'http://nowhere.example/',
    'file:///etc/passwd',
  ])('to %s are not followed', async (location) => {
    const { host, text } = await redirected({
      'inside.example': ['10.0.0.7'],
      'half.example': ['93.184.215.14', '127.0.0.1'],
    });
    host.answer = status(302, { location });
    expect(await text('https://papers.example/feed')).toMatchObject({ kind: 'permanent' });
    expect(host.requests).toHaveLength(1);
  });

  it('in a circle end', async () => {
    const { host, text } = await redirected({});
    host.answer = status(302, { location: '/again' });
    expect(await text('https://papers.example/feed')).toMatchObject({ kind: 'permanent' });
    expect(host.requests).toHaveLength(6);
  });

  it('of a host on this machine stay on it: it was configured, what it names was not', async () => {
    const { text } = await client();
    const other = await openHost(status(200, {}, 'secret'));
    const host = await openHost(status(302, { location: other.url }));
    expect(await text(host.url)).toMatchObject({ kind: 'permanent' });
    expect(other.requests).toEqual([]);
  });
});
