import { performance } from 'node:perf_hooks';
import { type Engine, type Maker, MAKERS } from './engines.ts';
import { grown } from './grown.ts';
import { latency, type Latency, stopwatch } from './latency.ts';
import { readAbstracts, readSet } from './sets.ts';

/** What an engine costs at one size; `main.ts` runs this file in a process of its own for each engine and step. */
export interface Built {
  /** Seconds. */
  build: number;
}

export interface Restarted {
  /** Seconds until the first query is answered. */
  ready: number;
  /** Megabytes of heap and buffers more than before. */
  memory: number;
  /** Megabytes of resident memory more than before. */
  resident: number;
  keywords: Latency;
  sentences: Latency;
  /** Milliseconds that the event loop was held at most by any of `HARD`. */
  longest: number;
}

/** Queries of nothing but very common words. */
const HARD = [
  '"of the"',
  'general*',
  'a* b* co* in*',
  '"neural networks" OR "machine learning" OR "deep learning" OR "large language" OR "state of" OR "of the" OR "in this"',
];

const [step, name, count = '0', file = ''] = process.argv.slice(2);
const maker = MAKERS.find((candidate) => candidate.name === name);
if (maker) {
  const result = step === 'build' ? await build(maker, Number(count)) : await restart(maker);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function build(maker: Maker, count: number): Promise<Built> {
  const documents = [...grown(readAbstracts() ?? [], count)];
  const start = performance.now();
  await maker.build(documents, file);
  return { build: (performance.now() - start) / 1000 };
}

async function restart(maker: Maker): Promise<Restarted> {
  const texts = (set: string) => readSet(set)?.queries.map(({ text }) => text) ?? [];
  const [keywords, sentences] = [texts('ml-kw'), texts('tldr-dev')];
  globalThis.gc?.();
  const before = process.memoryUsage();
  const watch = stopwatch();
  const engine = await maker.restart(file);
  engine.search(keywords[0] ?? '', 10);
  const ready = watch() / 1000;
  const answers = {
    keywords: await latency(keywords, (text) => engine.search(text, 10)),
    sentences: await latency(sentences, (text) => engine.search(text, 10)),
  };
  const longest = Math.max(...HARD.map((text) => longestStep(engine, text)));
  globalThis.gc?.();
  const after = process.memoryUsage();
  const memory = after.heapUsed + after.external - before.heapUsed - before.external;
  return { ready, memory: memory / 1e6, resident: (after.rss - before.rss) / 1e6, ...answers, longest };
}

/** The best of three times. */
function longestStep(engine: Engine, text: string): number {
  const times = Array.from({ length: 3 }, () => {
    let longest = 0;
    let watch = stopwatch();
    for (const _ of engine.steps(text)) {
      longest = Math.max(longest, watch());
      watch = stopwatch();
    }
    return Math.max(longest, watch());
  });
  return Math.min(...times);
}
