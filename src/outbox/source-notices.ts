import type { SourceReport } from '../store/source-states.ts';

/** What whoever runs the bot is told of a source. */
export interface SourceNotice {
  /** The same for the same trouble, so that it is told once. */
  subject: string;
  /** `over`: it does well again. */
  about: 'stale' | 'failed' | 'unreadable' | 'over';
  report: SourceReport;
}

/** Hosts are out for an hour or two now and then; a failure is told when it lasts longer, in milliseconds. */
const FAILING_LIMIT = 6 * 3_600_000;

/** Subjects of notices begin so. */
export const SOURCE_SUBJECTS = 'source:';
const OVER = ':over';

/**
 * What is to be told now: trouble beyond its limit, and the end of trouble that was told.
 * @param told the subjects of the notices so far, in their order
 */
export function planSourceNotices(
  reports: readonly SourceReport[],
  told: readonly string[],
  now: Date,
): SourceNotice[] {
  return reports.flatMap((report): SourceNotice[] => {
    const prefix = `${SOURCE_SUBJECTS}${encodeURIComponent(report.source)}:`;
    const trouble = troubleOf(report, now);
    if (trouble) {
      // A host that is out answers now with an error and now with something else: that is one trouble.
      const kind = trouble.about === 'stale' ? 'stale' : 'failing';
      const subject = `${prefix}${kind}:${trouble.since?.toISOString() ?? 'ever'}`;
      return told.includes(subject) ? [] : [{ subject, about: trouble.about, report }];
    }
    const last = told.findLast((subject) => subject.startsWith(prefix));
    const isWell = report.state === 'fresh' || report.state === 'nothing new';
    if (!last || last.endsWith(OVER) || !isWell) return [];
    return [{ subject: `${last}${OVER}`, about: 'over', report }];
  });
}

interface SourceTrouble {
  about: 'stale' | 'failed' | 'unreadable';
  since: Date | null;
}

function troubleOf({ state, freshAt, failingSince, lookedAt }: SourceReport, now: Date): SourceTrouble | null {
  if (state === 'stale') return { about: state, since: freshAt };
  if (state !== 'failed' && state !== 'unreadable') return null;
  const since = failingSince ?? lookedAt;
  return now.getTime() - since.getTime() < FAILING_LIMIT ? null : { about: state, since };
}
