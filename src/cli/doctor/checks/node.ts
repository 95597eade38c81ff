import { readFileSync } from 'node:fs';
import { projectPath } from '../../../core/root.ts';
import { type Finding, fault, type Machine, ok } from '../finding.ts';

/** Whether this Node.js is new enough for what package.json asks for. */
export async function checkNode({ nodeVersion }: Pick<Machine, 'nodeVersion'>): Promise<Finding[]> {
  const { engines } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { engines: { node: string } };
  const needed = engines.node.replace(/^>=/, '');
  return nodeVersion.localeCompare(needed, 'en', { numeric: true }) < 0
    ? [fault(`Version ${nodeVersion} is too old. Install ${needed} or newer from https://nodejs.org.`)]
    : [ok(`Version ${nodeVersion}.`)];
}
