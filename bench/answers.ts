import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/core/log.ts';
import { createSearch } from '../src/search/search.ts';
import { openDatabase } from '../src/store/database.ts';
import { facts, storePapers } from '../test/search/archive.ts';
import { latency, ms, stopwatch, summary, turn } from './latency.ts';
import { type Document, readSet } from './sets.ts';
import { print, printTable } from './table.ts';
import { watchSteps } from './timed.ts';

const DIGEST = 1000;
/** New papers, one after the other; after the first ones the code is warm. */
const NEW = 400;
const FIRST = 200;

/** Measures whole answers, as chat and the command line get them, over a database that holds the documents. */
export async function measureAnswers(documents: Document[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'papers.db')}`;
  const db = await openDatabase(databaseUrl);
  try {
    const rows: string[][] = [];
    const timed = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
      const watch = stopwatch();
      const result = await work();
      rows.push([what, `${(watch() / 1000).toFixed(3)} s`, '', '']);
      return result;
    };
    const papers = documents.map(({ title, abstract }) => facts({ title, abstract }));
    await timed(`store ${papers.length} papers in digests of ${DIGEST}`, async () => {
      for (let at = 0; at < papers.length; at += DIGEST) await storePapers(db, papers.slice(at, at + DIGEST));
    });
    const setting = { db, log: silentLog, databaseUrl };
    await timed('first start: index built in a worker', () => createSearch(setting));
    const search = await timed('restart: index read from its snapshot and compared with the store', () =>
      createSearch(setting),
    );
    const measured = async (what: string, inputs: string[], call: (text: string) => unknown) => {
      const { p50, p99, most } = await latency(inputs, call);
      rows.push([what, ms(p50), ms(p99), ms(most)]);
    };
    const texts = (set: string) => readSet(set)?.queries.map(({ text }) => text) ?? [];
    await measured('keyword query, 10 papers with snippets', texts('ml-kw'), (text) => search.search(text));
    await measured('sentence query, 10 papers with snippets', texts('tldr-dev'), (text) => search.search(text));
    await measured('sentence query, 100 papers with snippets, as --json', texts('tldr-dev').slice(0, 300), (text) =>
      search.search(text, { limit: 100, explain: false }),
    );
    await measured(
      'abstract as a query',
      documents.slice(0, 200).map(({ abstract }) => abstract),
      (text) => search.search(text),
    );
    await measured('suggestions, first letters of titles', beginnings(documents), (text) => search.suggest(text, 10));
    await measured('suggestions, mistyped', mistyped(documents), (text) => search.suggest(text, 10));
    const ids = Array.from({ length: 300 }, (_, number) => String(number * 100 + 1));
    await measured('related papers', ids, (id) => search.related(Number(id)));
    const added: number[] = [];
    for (const [number, { abstract }] of documents.slice(0, NEW).entries()) {
      await storePapers(db, [facts({ title: `New ${number}`, abstract })]);
      const watch = stopwatch();
      await search.catchUp();
      added.push(watch());
    }
    const caughtUp = { first: added.slice(0, FIRST), further: added.slice(FIRST) };
    for (const [which, times] of Object.entries(caughtUp)) {
      const { p50, p99, most } = summary(times);
      rows.push([`catching up with one new paper, ${which} ${times.length}`, ms(p50), ms(p99), ms(most)]);
    }
    const steps = watchSteps();
    for (const text of [...texts('ml-kw'), ...texts('tldr-dev')]) {
      await search.search(text);
      await turn();
    }
    rows.push(['longest step of the main thread while all are asked again', '', '', ms(steps.longest())]);
    print(`Whole answers over ${documents.length} papers (milliseconds unless said otherwise)`);
    printTable(['', 'p50', 'p99', 'most'], rows);
  } finally {
    await db.destroy();
    await rm(folder, { recursive: true });
  }
}

function beginnings(documents: Document[]): string[] {
  return documents.slice(0, 500).map(({ title }, index) => title.slice(0, 1 + (index % 24)));
}

function mistyped(documents: Document[]): string[] {
  return documents.slice(500, 800).map(({ title }) => `${title.slice(0, 5)}${title.slice(6, 16)}`);
}
