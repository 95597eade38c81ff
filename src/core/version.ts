import { readFileSync } from 'node:fs';
import { projectPath } from './root.ts';

/** Of Paperboy, for example `1.2.3`. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string };
  return version;
}
