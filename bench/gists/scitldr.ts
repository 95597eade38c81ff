import { existsSync, readFileSync } from 'node:fs';
import { projectPath } from '../../src/core/root.ts';

/** An abstract with the one-sentence summaries that people wrote of it (https://github.com/allenai/scitldr). */
export interface Labelled {
  title: string;
  abstract: string;
  references: string[];
}

/** SciTLDR-A beside the project, not part of it; `null` where it is absent. */
export function readLabelled(part: 'train' | 'dev'): Labelled[] | null {
  const path = projectPath('..', 'shared', 'ir', 'scitldr', `${part}.jsonl`);
  if (!existsSync(path)) return null;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { title, source, target } = JSON.parse(line) as { title: string; source: string[]; target: string[] };
      return { title, abstract: source.join(' '), references: target };
    });
}

export const SKIPPED = 'Skipped: ../shared/ir/scitldr is absent.';
