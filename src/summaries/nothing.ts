import type { SourceReport, SourceState } from '../store/source-states.ts';
import type { Nothing } from './edition.ts';

const TROUBLE: readonly SourceState[] = ['stale', 'failed', 'unreadable'];

/** Why there is no post: too few papers, trouble with a source, a day on which nothing is published, or simply nothing new. */
export function whyNothing(found: number, minimum: number, reports: readonly SourceReport[]): Nothing {
  if (found > 0) return { kind: 'few', found, minimum };
  const troubled = reports.filter(({ state }) => TROUBLE.includes(state));
  if (troubled.length > 0) return { kind: 'trouble', sources: troubled };
  const rests = reports.flatMap(({ rest }) => rest ?? []);
  const [rest] = rests;
  return rest !== undefined && rests.length === reports.length ? { kind: 'rest', rest } : { kind: 'nothing new' };
}
