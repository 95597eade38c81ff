import { writeFileSync } from 'node:fs';
import { projectPath } from '../src/core/root.ts';
import { mean } from './measures.ts';
import { readLabelled, SKIPPED } from './gists/scitldr.ts';
import { chosen, gradeAll, train } from './gists/training.ts';
import { weightsFile } from './gists/weights-file.ts';
import { print } from './table.ts';

/**
 * Trains the ranker of gists on SciTLDR-A's training part and writes its weights; the development part is not read. What it
 * prints comes from five folds of the training part, each judged by weights from the other four.
 */
const FOLDS = 5;
const labelled = readLabelled('train');
if (labelled) {
  const abstracts = gradeAll(labelled);
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = train(abstracts.filter((_, index) => index % FOLDS !== fold));
    return abstracts.filter((_, index) => index % FOLDS === fold).map((candidates) => chosen(weights, candidates));
  }).flat();
  const figures = [0, 1, 2].map((measure) => (100 * mean(judged.map(({ rouge }) => rouge[measure]!))).toFixed(2));
  print(`Cross-validation on ${judged.length} abstracts: ROUGE-1/2/L ${figures.join(' / ')}`);
  writeFileSync(projectPath('src', 'summaries', 'gist', 'weights.ts'), weightsFile(train(abstracts)));
} else print(SKIPPED);
