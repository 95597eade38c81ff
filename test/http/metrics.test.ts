import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectPath } from '../../src/core/root.ts';
import type { Outgoing, Sender } from '../../src/outbox/sender.ts';
import { createMetrics, type MetricsOptions } from '../../src/http/metrics.ts';
import { createReadings } from '../../src/http/readings.ts';
import { METRICS } from '../../src/http/metric-names.ts';
import { planDelivery } from '../../src/store/deliveries.ts';
import { disableDestination } from '../../src/store/disabled-destinations.ts';
import { SENDER_LEASE } from '../../src/store/holding.ts';
import { holdLease } from '../../src/store/leases.ts';
import { recordLook } from '../../src/store/source-states.ts';
import { emptyDatabase } from '../helpers/databases.ts';

const NOW = new Date('2026-03-10T08:00:00Z');
const clock = () => NOW;

/** A sample of Prometheus' text format, as https://prometheus.io/docs/instrumenting/exposition_formats/ describes it. */
const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[\d.e+-]+|[+-]Inf|NaN|Nan)$/;

/** What is served, by name with labels; checks the format of every line. */
async function scrape(metrics: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
  let text = '';
  await metrics.handle({} as never, async ({ status, type, body }) => {
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    text = body;
  });
  expect(text.endsWith('\n')).toBe(true);
  const described = new Set<string>();
  const samples = new Map<string, number>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [, kind, name = ''] = /^# (HELP|TYPE) (\S+) ./.exec(line) ?? [];
    if (kind === 'TYPE') expect(line).toMatch(/ (?:counter|gauge|histogram|summary)$/);
    if (kind) described.add(name);
    if (kind) continue;
    const [, metric = '', labels = '', value] = SAMPLE.exec(line) ?? expect.fail(`This is no sample: ${line}`);
    expect([...described].some((name) => metric === name || metric.startsWith(`${name}_`))).toBe(true);
    const key = labels ? `${metric}{${labels}}` : metric;
    expect(samples.has(key)).toBe(false);
    samples.set(key, Number(value));
  }
  return samples;
}

const nothing: MetricsOptions = {
  version: '1.2.3',
  commands: ['search'],
  clock,
  read: async () => null,
  index: () => null,
};

it('tells of deliveries, sources, leases and the index', async () => {
  const db = await emptyDatabase();
  const plan = (id: string, seconds: number) =>
    planDelivery(
      db,
      { destination: { kind: 'channel', id }, subject: 'x', payload: {} },
      new Date(NOW.getTime() - seconds * 1000),
    );
  await plan('1', 90);
  await plan('2', 30);
  await plan('3', 9000);
  await disableDestination(db, { kind: 'channel', id: '3' }, { code: '10003', words: 'The channel is gone.' }, NOW);
  const look = { problem: null, nextTryAt: null, rest: null, staleAfter: () => null } as const;
  await recordLook(db, 'arxiv', { ...look, outcome: 'failed', isFresh: false }, NOW);
  await recordLook(db, 'inbox', { ...look, outcome: 'read', isFresh: true }, NOW);
  await holdLease(db, SENDER_LEASE, 'me', 60_000);
  const index = () => ({ papers: 7, bytes: 1000, sequence: 0 });
  const metrics = createMetrics({ ...nothing, read: createReadings(db, 'me', clock), index });
  const samples = await scrape(metrics);
  const expected = {
    'paperboy_build_info{version="1.2.3"}': 1,
    paperboy_database_up: 1,
    'paperboy_deliveries_open{state="planned"}': 3,
    'paperboy_deliveries_open{state="sending"}': 0,
    paperboy_deliveries_oldest_age_seconds: 90,
    'paperboy_source_state{source="arxiv",state="failed"}': 1,
    'paperboy_source_state{source="arxiv",state="fresh"}': 0,
    'paperboy_source_state{source="inbox",state="fresh"}': 1,
    'paperboy_source_last_look_timestamp_seconds{source="inbox"}': NOW.getTime() / 1000,
    'paperboy_lease_held{lease="sender"}': 1,
    'paperboy_lease_held{lease="schedules"}': 0,
    paperboy_index_papers: 7,
    paperboy_index_bytes: 1000,
    paperboy_index_behind_changes: 0,
  };
  for (const [name, value] of Object.entries(expected)) expect([name, samples.get(name)]).toEqual([name, value]);
});

it('has every metric that it promises, and no other of its own', async () => {
  const metrics = createMetrics({
    ...nothing,
    read: createReadings(await emptyDatabase(), 'me', clock),
    index: () => ({ papers: 0, bytes: 0, sequence: 0 }),
  });
  let text = '';
  await metrics.handle({} as never, async ({ body }) => void (text = body));
  const own = [...text.matchAll(/^# TYPE (paperboy_\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  expect(own.sort()).toEqual(METRICS.map(({ name, type }) => `${name} ${type}`).sort());
  for (const name of [
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_eventloop_lag_max_seconds',
  ]) {
    expect(text).toContain(`# TYPE ${name} `);
  }
});

it('has every metric that the documents name', () => {
  const pages = readdirSync(projectPath('docs')).filter((name) => name.endsWith('.md'));
  const text = pages.map((name) => readFileSync(projectPath('docs', name), 'utf8')).join('\n');
  const named = [...text.matchAll(/\bpaperboy_[a-z_]+[a-z]/g)].map(([name]) => name);
  const known = METRICS.flatMap(({ name, type }) => (type === 'histogram' ? [name, `${name}_bucket`] : [name]));
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

it('measures first answers by command and outcome, and counts commands that nobody knows together', async () => {
  const metrics = createMetrics(nothing);
  metrics.onFirstAnswer('search', { outcome: 'answered', milliseconds: 300 });
  metrics.onFirstAnswer('search', { outcome: 'announced', milliseconds: 1001 });
  for (let index = 0; index < 50; index += 1)
    metrics.onFirstAnswer(`evil${index}`, { outcome: 'answered', milliseconds: 1 });
  const samples = await scrape(metrics);
  const bucket = 'paperboy_interaction_first_answer_seconds_bucket';
  expect(samples.get(`${bucket}{le="0.25",command="search",outcome="answered"}`)).toBe(0);
  expect(samples.get(`${bucket}{le="0.5",command="search",outcome="answered"}`)).toBe(1);
  expect(samples.get(`${bucket}{le="1.25",command="search",outcome="announced"}`)).toBe(1);
  expect(samples.get('paperboy_interaction_first_answer_seconds_count{command="other",outcome="answered"}')).toBe(50);
  expect([...samples.keys()].join()).not.toContain('evil');
});

it('counts what becomes of messages', async () => {
  const metrics = createMetrics(nothing);
  const kinds = ['sent', 'sent', 'closed'] as const;
  let sent = 0;
  const sender = { room: () => 3, send: async () => ({ kind: kinds[sent++] }) } as unknown as Sender;
  const counted = metrics.counted(sender);
  for (const _ of kinds) await counted.send({} as Outgoing);
  expect(counted.room()).toBe(3);
  const samples = await scrape(metrics);
  expect(samples.get('paperboy_send_attempts_total{outcome="sent"}')).toBe(2);
  expect(samples.get('paperboy_send_attempts_total{outcome="closed"}')).toBe(1);
  expect(samples.get('paperboy_send_attempts_total{outcome="refused"}')).toBe(0);
});

it('leaves out what it does not know while the database does not answer, and says so', async () => {
  const db = await emptyDatabase();
  const read = createReadings(db, 'me', clock);
  await db.destroy();
  const samples = await scrape(createMetrics({ ...nothing, read }));
  expect(samples.get('paperboy_database_up')).toBe(0);
  const own = [...samples.keys()].filter((name) => name.startsWith('paperboy_'));
  expect(own.filter((name) => /deliveries|source|lease|index/.test(name))).toEqual([]);
});

it('asks the database once for many scrapes', async () => {
  const db = await emptyDatabase();
  let now = NOW;
  const read = createReadings(db, 'me', () => now);
  const first = await read();
  expect(await read()).toBe(first);
  now = new Date(NOW.getTime() + 6000);
  expect(await read()).not.toBe(first);
});
