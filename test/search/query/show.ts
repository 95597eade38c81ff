import type { Node } from '../../../src/search/query/node.ts';

/** A query as one readable line. */
export function show(node: Node | null): string {
  if (!node) return '';
  switch (node.kind) {
    case 'and':
      return `(${node.nodes.map(show).join(' ')})`;
    case 'or':
      return `(${node.nodes.map(show).join(' | ')})`;
    case 'not':
      return `-${show(node.node)}`;
    case 'word':
      return `${node.field ? `${node.field}:` : ''}${node.word}`;
    case 'phrase':
      return `${node.field ? `${node.field}:` : ''}${node.inflected ? '~' : ''}"${node.words.join(' ')}"`;
    case 'prefix':
      return `${node.field ? `${node.field}:` : ''}${node.prefix}*`;
    case 'date':
      return `${node.from ?? ''}..${node.to ?? ''}`;
    case 'count':
      return `${node.of} ${node.least}..${node.most === Number.MAX_SAFE_INTEGER ? '' : node.most}`;
    default:
      return 'code';
  }
}
