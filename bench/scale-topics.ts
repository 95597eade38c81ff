import { createMatcher } from '../src/search/matcher.ts';
import { phraseWords } from '../src/search/query/words.ts';
import { stemOf } from '../src/search/text/stem.ts';
import { facts } from '../test/search/archive.ts';
import { latency } from './latency.ts';
import { readAbstracts } from './sets.ts';
import { heavyQueries, typicalQueries } from './topic-queries.ts';

/** What so many stored queries cost; `scale.ts` runs this file in a process of its own. */
export interface Topics {
  /** Seconds. */
  load: number;
  /** Megabytes of heap. */
  memory: number;
  /** Milliseconds a paper. */
  p50: number;
  p99: number;
  /** Matches of a paper. */
  found: number;
}

const PAPERS = 500;

const [kind, count = '0'] = process.argv.slice(2);
const documents = readAbstracts() ?? [];
const frequencies = new Map<string, number>();
for (const { title, abstract } of documents.slice(0, 5000)) {
  for (const stem of new Set(phraseWords(`${title} ${abstract}`).map(stemOf))) {
    frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1);
  }
}
const make = kind === 'all different' ? heavyQueries : typicalQueries;
const followers = new Map<string, number>();
for (const query of make(documents, Number(count))) followers.set(query, (followers.get(query) ?? 0) + 1);
const papers = documents.slice(-PAPERS).map(({ title, abstract }) => facts({ title, abstract }));
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const start = performance.now();
const matcher = createMatcher<string>((stem) => frequencies.get(stem) ?? 0);
// As the planner does: a query is filed once, however many topics have it.
for (const query of followers.keys()) matcher.add(query, query);
const load = (performance.now() - start) / 1000;
globalThis.gc?.();
const memory = (process.memoryUsage().heapUsed - before) / 1e6;
let found = 0;
const { p50, p99 } = await latency(
  papers,
  (paper) => {
    for (const query of matcher.match(paper)) found += followers.get(query) ?? 0;
  },
  { warmUp: PAPERS },
);
const result: Topics = { load, memory, p50, p99, found: found / PAPERS / 2 };
process.stdout.write(`${JSON.stringify(result)}\n`);
