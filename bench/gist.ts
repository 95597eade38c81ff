import { statSync } from 'node:fs';
import { projectPath } from '../src/core/root.ts';
import { gistOfAbstract } from '../src/summaries/gist/gist.ts';
import { cuePhrases, firstSentence, lexRank, type Summariser, title } from './gists/baselines.ts';
import { publishedRouge } from './gists/published-rouge.ts';
import { againstBest, rouge, type Rouge, rougeWords } from './gists/rouge.ts';
import { type Labelled, readLabelled, SKIPPED } from './gists/scitldr.ts';
import { gradeAll } from './gists/training.ts';
import { mean, significance } from './measures.ts';
import { readAbstracts } from './sets.ts';
import { print, printTable } from './table.ts';

/** How much gists share with what people wrote, on the part of SciTLDR-A that no weight has seen, and how fast they are. */
const SUMMARISERS: Record<string, Summariser> = {
  Paperboy: gistOfAbstract,
  'first sentence': firstSentence,
  LexRank: lexRank,
  'the title': title,
  'cue phrases': cuePhrases,
};

const dev = readLabelled('dev');
if (dev) compare(dev);
else print(SKIPPED);
const abstracts = readAbstracts();
if (abstracts) measureSpeed(abstracts.slice(0, 10_000));
print(`Weights: ${statSync(projectPath('src', 'summaries', 'gist', 'weights.ts')).size} bytes`);

function compare(labelled: Labelled[]): void {
  const published = Object.entries(SUMMARISERS).map(([name, summarise]) => {
    const all = labelled.map(({ title, abstract, references }) => {
      const text = summarise(title, abstract);
      return againstBest((at) => publishedRouge(text, references[at]!), references.length);
    });
    return { name, all };
  });
  const own = labelled.map(({ title, abstract, references }) => {
    const words = rougeWords(gistOfAbstract(title, abstract));
    return againstBest((at) => rouge(words, rougeWords(references[at]!)), references.length);
  });
  const possible = gradeAll(labelled).map(
    (candidates) => candidates.reduce((a, b) => (b.worth > a.worth ? b : a)).rouge,
  );
  const ours = published[0]?.all.map(([one]) => one) ?? [];
  print(`SciTLDR-A dev, ${labelled.length} abstracts: ROUGE F1, stemmed, the reference with the best ROUGE-1`);
  printTable(
    ['', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'chance'],
    [
      ...published.map(({ name, all }, at) => {
        const chance =
          at === 0
            ? ''
            : significance(
                ours,
                all.map(([one]) => one),
              ).toFixed(4);
        return [name, ...figures(all), chance];
      }),
      ['Paperboy, by the harness that it is trained with', ...figures(own), ''],
      ['the best candidate of each abstract', ...figures(possible), ''],
    ],
  );
}

function figures(all: Rouge[]): string[] {
  return [0, 1, 2].map((measure) => (100 * mean(all.map((each) => each[measure]!))).toFixed(1));
}

/** By the clock, and by the processor time that it took, which other work on the machine changes less. */
function measureSpeed(papers: { title: string; abstract: string }[]): void {
  const [warm, timed] = [papers.slice(0, 1000), papers.slice(1000)];
  for (const { title, abstract } of warm) gistOfAbstract(title, abstract);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (const { title, abstract } of timed) gistOfAbstract(title, abstract);
  const { user, system } = process.cpuUsage(before);
  const perSecond = (milliseconds: number) => Math.round((timed.length * 1000) / milliseconds);
  const [clock, processor] = [perSecond(performance.now() - startedAt), perSecond((user + system) / 1000)];
  print(`Speed: ${clock} abstracts a second by the clock, ${processor} by processor time (${timed.length} abstracts)`);
}
