import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../core/clock.ts';
import type { FirstAnswer } from '../discord/first-answer.ts';
import type { Sender, SendOutcome } from '../outbox/sender.ts';
import type { IndexState } from '../search/result.ts';
import type { SourceState } from '../store/source-states.ts';
import * as names from './metric-names.ts';
import type { Readings } from './readings.ts';
import type { Handler } from './server.ts';

export interface MetricsOptions {
  /** Of Paperboy. */
  version: string;
  /** The names of the commands; interactions for others are counted together. */
  commands: readonly string[];
  clock: Clock;
  read: () => Promise<Readings | null>;
  /** `null` while there is no index in this process. */
  index: () => IndexState | null;
}

/** What a process counts and measures. */
export interface Metrics {
  onFirstAnswer: (command: string, first: FirstAnswer) => void;
  /** The same sender, with what becomes of its messages counted. */
  counted(sender: Sender): Sender;
  /** Answers with all metrics in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  handle: Handler;
}

/** In seconds; Discord waits three. */
const ANSWER_BUCKETS = [0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 5];
const STATES: readonly SourceState[] = ['fresh', 'nothing new', 'stale', 'failed', 'unreadable'];
const OUTCOMES: readonly SendOutcome['kind'][] = ['sent', 'wait', 'unsure', 'refused', 'closed', 'unauthorized'];

export function createMetrics(options: MetricsOptions): Metrics {
  const { version, commands } = options;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({ ...names.build, registers }).labels(version).set(1);
  const answers = new Histogram({ ...names.firstAnswer, buckets: ANSWER_BUCKETS, registers });
  const attempts = new Counter({ ...names.sendAttempts, registers });
  for (const outcome of OUTCOMES) attempts.labels(outcome).inc(0);
  const refresh = createGauges(options, registers);
  return {
    onFirstAnswer(command, { outcome, milliseconds }) {
      answers.labels(commands.includes(command) ? command : 'other', outcome).observe(milliseconds / 1000);
    },
    counted: (sender) => ({
      ...sender,
      async send(outgoing) {
        const outcome = await sender.send(outgoing);
        attempts.labels(outcome.kind).inc();
        return outcome;
      },
    }),
    async handle(_, send) {
      await refresh();
      await send({ status: 200, type: registry.contentType, body: await registry.metrics() });
    },
  };
}

/** Gauges of what is elsewhere; the function that is returned reads it anew. */
function createGauges({ clock, read, index }: MetricsOptions, registers: Registry[]): () => Promise<void> {
  const gauge = (described: names.Described) => new Gauge({ ...described, registers });
  const databaseUp = gauge(names.databaseUp);
  const open = gauge(names.deliveriesOpen);
  const oldest = gauge(names.oldestAge);
  const sources = gauge(names.sourceState);
  const looks = gauge(names.lastLook);
  const leases = gauge(names.leaseHeld);
  const papers = gauge(names.indexPapers);
  const bytes = gauge(names.indexBytes);
  const behind = gauge(names.indexBehind);

  function show({ deliveries, ...readings }: Readings): void {
    open.labels('planned').set(deliveries.planned);
    open.labels('sending').set(deliveries.sending);
    oldest.set(deliveries.oldest ? Math.max((clock().getTime() - deliveries.oldest.getTime()) / 1000, 0) : 0);
    for (const { source, state, lookedAt } of readings.sources) {
      for (const each of STATES) sources.labels(source, each).set(each === state ? 1 : 0);
      looks.labels(source).set(lookedAt.getTime() / 1000);
    }
    for (const [lease, isHeld] of Object.entries(readings.leases)) leases.labels(lease).set(isHeld ? 1 : 0);
  }

  return async () => {
    // What cannot be told now is left out.
    for (const labelled of [open, sources, looks, leases]) labelled.reset();
    for (const single of [oldest, papers, bytes, behind]) single.remove();
    const readings = await read();
    databaseUp.set(readings ? 1 : 0);
    if (readings) show(readings);
    const state = index();
    if (!state) return;
    papers.set(state.papers);
    bytes.set(state.bytes);
    if (readings) behind.set(Math.max(readings.sequence - state.sequence, 0));
  };
}
