import { MAKERS } from './engines.ts';
import { mean, measure, type Measured, significance } from './measures.ts';
import { LABELLED_SETS, readSet } from './sets.ts';
import { print, printTable } from './table.ts';

/**
 * How well engines rank labelled sets: nDCG@10 and recall@100, and how likely each difference from Paperboy's nDCG is chance.
 */
const LISTED = 100;
const measured = new Map<string, Measured[]>();
for (const name of LABELLED_SETS) {
  const set = readSet(name);
  if (!set) {
    print(`${name}: skipped, ../shared/ir/${name} is absent`);
    continue;
  }
  const results: Measured[] = [];
  for (const maker of MAKERS) {
    const engine = await maker.build(set.documents, '');
    results.push(measure(set, (text) => engine.search(text, LISTED)));
  }
  measured.set(name, results);
}

const sets = [...measured.keys()];
const table = (title: string, cell: (results: Measured[], maker: number) => string) => {
  print(title);
  printTable(
    ['', ...sets],
    MAKERS.map(({ name }, maker) => [name, ...sets.map((set) => cell(measured.get(set) ?? [], maker))]),
  );
};
if (sets.length > 0) {
  table('nDCG@10', (results, maker) => mean(results[maker]?.ndcg ?? []).toFixed(3));
  table('Recall@100', (results, maker) => mean(results[maker]?.recall ?? []).toFixed(3));
  table("Chance of such a difference from Paperboy's nDCG@10 (paired randomisation, two-sided)", (results, maker) =>
    maker === 0 ? '' : significance(results[0]?.ndcg ?? [], results[maker]?.ndcg ?? []).toFixed(4),
  );
}
