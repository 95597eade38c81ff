import { silentLog } from '../../../core/log.ts';
import { sourceTools } from '../../../ingest/ingest.ts';
import { configuredSources } from '../../../sources/configured.ts';
import type { Db } from '../../../store/database.ts';
import { type SourceReport, sourceReport, type SourceState } from '../../../store/source-states.ts';
import { type Finding, fault, minute, ok, warning, withDatabase, type World } from '../finding.ts';

const A_DAY = 24 * 3_600_000;

/** How each configured source does, and whether anybody looks at them. */
export const checkSources = withDatabase('None has been read yet; the first start reads them.', async (db, world) => {
  const { clock } = world;
  const names = configuredNames(world, db);
  if (names.length === 0) return [warning('None is configured. Set PAPERBOY_SOURCES and what belongs to it.')];
  const reports = new Map((await sourceReport(db, clock())).map((report) => [report.source, report]));
  const findings = names.map((name) => {
    const report = reports.get(name);
    return report ? sourceFinding(report, clock()) : ok(`${name}: never read; \`paperboy start\` reads it.`);
  });
  return [...findings, ...neglected([...reports.values()], clock())];
});

function configuredNames({ config, clock }: World, db: Db): string[] {
  const tools = sourceTools({ db, log: silentLog, clock, timezone: config.timezone }, config.contact);
  return configuredSources(config, tools).map(({ name }) => name);
}

/** A source in trouble for a day is a fault; hosts are often away for an hour. */
function sourceFinding(report: SourceReport, now: Date): Finding {
  const { source, freshAt, lookedAt, problem, nextTryAt, rest } = report;
  const since = report.failingSince ?? lookedAt;
  const inTrouble = now.getTime() - since.getTime() >= A_DAY ? fault : warning;
  const why = problem ?? 'It did not say why.';
  const last = freshAt ? `new papers came ${minute(freshAt)} for the last time` : 'it never brought anything';
  const next = `Next try: ${nextTryAt ? minute(nextTryAt) : 'at the next look'}.`;
  const words: Record<SourceState, () => Finding> = {
    fresh: () => ok(`${source}: fresh, new papers ${minute(freshAt ?? lookedAt)}.`),
    'nothing new': () =>
      ok(
        `${source}: nothing new ${freshAt ? `since ${minute(freshAt)}` : 'so far'}${rest ? `; it rests today (${rest})` : ''}.`,
      ),
    stale: () =>
      warning(
        `${source}: stale; it answers, but nothing new came ${freshAt ? `since ${minute(freshAt)}` : 'yet'}. See whether it still publishes at its address.`,
      ),
    failed: () =>
      inTrouble(`${source}: failed since ${minute(since)}; ${last}. ${why} ${next} Check the network and its address.`),
    unreadable: () =>
      inTrouble(
        `${source}: unreadable since ${minute(since)}; ${last}. ${why} Check its address; if that is right, update Paperboy.`,
      ),
  };
  return words[report.state]();
}

/** A quiet archive may be one that nobody feeds. */
function neglected(reports: readonly SourceReport[], now: Date): Finding[] {
  const last = Math.max(...reports.map(({ lookedAt }) => lookedAt.getTime()));
  if (reports.length === 0 || now.getTime() - last < A_DAY) return [];
  return [
    warning(
      `Nobody has looked at any source since ${minute(new Date(last))}. Keep \`paperboy start\` running, or call \`paperboy ingest\` on a schedule.`,
    ),
  ];
}
