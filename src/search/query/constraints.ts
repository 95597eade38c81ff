import type { Node } from './node.ts';

/**
 * What even close papers must hold: what the query asks of named fields and of facts, and what it leaves out. Words of any
 * text are what a close paper may lack. `null` when there is no such requirement.
 */
export function constraintsOf(node: Node): Node | null {
  if (node.kind === 'and') {
    const nodes = node.nodes.flatMap((child) => constraintsOf(child) ?? []);
    return nodes.length > 0 ? { kind: 'and', nodes } : null;
  }
  if (node.kind === 'or') {
    const nodes = node.nodes.map(constraintsOf);
    return nodes.includes(null) ? null : { kind: 'or', nodes: nodes.flatMap((child) => child ?? []) };
  }
  return 'field' in node && node.field === null ? null : node;
}
