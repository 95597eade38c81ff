import type { z } from 'zod';
import type { Rejection } from '../core/paper.ts';
import { quote } from './lines.ts';

/** A field that is missing or not as expected. */
export interface FieldFault {
  /** `paper.upvotes`. */
  field: string;
  /** What it must be, to follow its name. */
  message: string;
}

type Fields<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.output<Shape[Name]> | null };

/** Reads each field of an object on its own, so that one that changed costs no other. A faulty field is `null`. */
export function readFields<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  value: Record<string, unknown>,
  prefix = '',
): { fields: Fields<Shape>; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const read = Object.entries(shape).map(([name, schema]) => {
    const result = schema.safeParse(Object.hasOwn(value, name) ? value[name] : undefined);
    if (result.success) return [name, result.data];
    const [issue] = result.error.issues;
    const missing = !Object.hasOwn(value, name);
    const inside = (issue?.path ?? []).map((part) => (typeof part === 'number' ? '[]' : `.${String(part)}`)).join('');
    faults.push({
      field: `${prefix}${name}${inside}`,
      message: missing ? 'is missing' : (issue?.message ?? 'is wrong'),
    });
    return [name, null];
  });
  return { fields: Object.fromEntries(read) as Fields<Shape>, faults };
}

/** Collects the faults of the papers of a list, so that a field that changed is reported once and not for every paper. */
export class FieldFaults {
  readonly #found = new Map<string, FieldFault & { line: number; title: string; count: number }>();

  add(fault: FieldFault, line: number, title: string): void {
    const key = `${fault.field} ${fault.message}`;
    const known = this.#found.get(key);
    if (known) known.count += 1;
    else this.#found.set(key, { ...fault, line, title, count: 1 });
  }

  /** `papers` is how many were read. */
  rejections(papers: number): Rejection[] {
    return [...this.#found.values()].map(({ field, message, line, title, count }) => {
      const where = count === 1 ? `In ${quote(title)}` : `In ${count} of ${papers} papers, ${quote(title)} first,`;
      return { line, reason: `${where} the field "${field}" ${message}. The rest of the paper is read.` };
    });
  }
}
