import type { AnalysedPaper } from './analysed-paper.ts';
import { matches } from './matches.ts';
import type { Node } from './query/node.ts';

/** Which parts of a query a paper holds, and which it lacks, as a reader would type them; each once. */
export function why(node: Node, paper: AnalysedPaper): { found: string[]; missing: string[] } {
  const parts = new Map((node.kind === 'and' ? node.nodes : [node]).map((part) => [labelOf(part), part]));
  const holds = [...parts].map(([label, part]) => ({ label, holds: matches(part, paper) }));
  const labels = (wanted: boolean) => holds.flatMap((part) => (part.holds === wanted ? [part.label] : []));
  return { found: labels(true), missing: labels(false) };
}

/** A part of a query as a reader would type it. */
export function labelOf(node: Node): string {
  switch (node.kind) {
    case 'and':
      return `(${node.nodes.map(labelOf).join(' ')})`;
    case 'or':
      return isCompound(node.nodes) ? labelOf(node.nodes[1]!) : node.nodes.map(labelOf).join(' OR ');
    case 'not':
      return `-${labelOf(node.node)}`;
    case 'word':
      return `${fieldLabel(node.field)}${node.word}`;
    case 'phrase':
      return `${fieldLabel(node.field)}${node.inflected ? node.words.join('-') : `"${node.words.join(' ')}"`}`;
    case 'prefix':
      return `${fieldLabel(node.field)}${node.prefix}*`;
    case 'date':
      return node.from ? `since:${node.from}` : `until:${node.to}`;
    case 'count':
      return `${node.of}:${countLabel(node.least, node.most)}`;
    default:
      return 'has:code';
  }
}

function isCompound([whole, parts]: Node[]): boolean {
  return whole?.kind === 'word' && parts?.kind === 'phrase' && parts.inflected;
}

function fieldLabel(field: string | null): string {
  return field === null ? '' : `${field}:`;
}

function countLabel(least: number, most: number): string {
  if (least === most) return `${least}`;
  return most === Number.MAX_SAFE_INTEGER ? `>=${least}` : `<=${most}`;
}
