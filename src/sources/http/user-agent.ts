import { readFileSync } from 'node:fs';
import { projectPath } from '../../core/root.ts';

/** Who asks: `Paperboy/1.2.3 (contact: me@example.org)`. */
export function userAgent(contact: string | null): string {
  const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string };
  return `Paperboy/${version}${contact === null ? '' : ` (contact: ${contact})`}`;
}
