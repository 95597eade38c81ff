import type { Node } from './node.ts';

/** Longer queries are cut. An abstract has about 2,000 characters. */
export const LONGEST_QUERY = 10_000;
/** Brackets may be nested so deep. */
export const DEEPEST = 20;

/** What one query may ask for at most, so that its answer takes a bounded time. An abstract has about 200 words. */
const MOST = { words: 300, phrases: 8, prefixes: 4 };
const CALLED = { words: 'words', phrases: '"phrases"', prefixes: 'unfinished words*' };

type Kind = keyof typeof MOST;

/** The query without what exceeds the limits, and what it exceeds, in words for the reader. */
export function limited(node: Node): { node: Node | null; exceeded: string[] } {
  const used = { words: 0, phrases: 0, prefixes: 0 };
  const cut = cutTo(node, (kind, count) => (used[kind] += count) <= MOST[kind]);
  const exceeded = (Object.keys(MOST) as Kind[]).filter((kind) => used[kind] > MOST[kind]);
  return { node: cut, exceeded: exceeded.map((kind) => `at most ${MOST[kind]} ${CALLED[kind]}`) };
}

function cutTo(node: Node, affords: (kind: Kind, count: number) => boolean): Node | null {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const nodes = node.nodes.flatMap((child) => cutTo(child, affords) ?? []);
      return nodes.length <= 1 ? (nodes[0] ?? null) : { kind: node.kind, nodes };
    }
    case 'not': {
      const inner = cutTo(node.node, affords);
      return inner && { kind: 'not', node: inner };
    }
    case 'word':
      return affords('words', 1) ? node : null;
    case 'phrase':
      return (node.inflected || affords('phrases', 1)) && affords('words', node.words.length) ? node : null;
    case 'prefix':
      return affords('prefixes', 1) ? node : null;
    default:
      return node;
  }
}
