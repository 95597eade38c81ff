import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readLabelled, SKIPPED } from '../../../bench/gists/scitldr.ts';
import { gradeAll, train } from '../../../bench/gists/training.ts';
import { weightsFile } from '../../../bench/gists/weights-file.ts';
import { projectPath } from '../../../src/core/root.ts';

const labelled = readLabelled('train');

it.skipIf(!labelled)(`trains to the very weights that are here. ${labelled ? '' : SKIPPED}`, () => {
  const written = readFileSync(projectPath('src', 'summaries', 'gist', 'weights.ts'), 'utf8');
  expect(weightsFile(train(gradeAll(labelled ?? [])))).toBe(written);
});
