import { describe, expect, it } from 'vitest';
import { planSourceNotices } from '../../src/outbox/source-notices.ts';
import type { SourceReport } from '../../src/store/source-states.ts';

const hour = (number: number) => new Date(Date.UTC(2026, 2, 10, number));

const WELL: SourceReport = {
  source: 'feed https://example.org:80/a',
  state: 'nothing new',
  lookedAt: hour(0),
  freshAt: hour(0),
  problem: null,
  failingSince: null,
  nextTryAt: null,
  rest: null,
};
const failed = (since: number): SourceReport => ({
  ...WELL,
  state: 'failed',
  failingSince: hour(since),
  problem: 'Out.',
});
const stale: SourceReport = { ...WELL, state: 'stale' };

/** What is told of one source whose reports come in this order: `hour about`. */
function story(...reports: [at: number, report: SourceReport][]): string[] {
  const told: string[] = [];
  return reports.flatMap(([at, report]) =>
    planSourceNotices([report], told, hour(at)).map(({ subject, about }) => {
      expect(told).not.toContain(subject);
      told.push(subject);
      return `${at} ${about}`;
    }),
  );
}

describe('planSourceNotices', () => {
  it('tells of a failure once it has lasted six hours, and of its end, each once', () => {
    expect(
      story([0, WELL], [1, failed(1)], [6, failed(1)], [7, failed(1)], [8, failed(1)], [9, WELL], [10, WELL]),
    ).toEqual(['7 failed', '9 over']);
  });

  it('says nothing of a failure that ends sooner', () => {
    expect(story([1, failed(1)], [5, WELL])).toEqual([]);
  });

  it('tells of the next failure again', () => {
    expect(story([7, failed(1)], [9, WELL], [20, failed(10)], [21, WELL])).toEqual([
      '7 failed',
      '9 over',
      '20 failed',
      '21 over',
    ]);
  });

  it('takes a host that fails now and answers nonsense then for one trouble', () => {
    expect(story([7, failed(1)], [8, { ...failed(1), state: 'unreadable' }], [9, failed(1)])).toEqual(['7 failed']);
  });

  it('tells once of a source that went quiet, also when it fails in between', () => {
    expect(
      story([72, stale], [73, failed(73)], [74, stale], [80, { ...WELL, state: 'fresh', freshAt: hour(80) }]),
    ).toEqual(['72 stale', '80 over']);
  });

  it('does not take a source for mended while it fails for a short time or is stale', () => {
    expect(story([7, failed(1)], [8, stale], [9, failed(9)], [10, WELL])).toEqual(['7 failed', '8 stale', '10 over']);
  });

  it('keeps sources apart whose names begin alike', () => {
    const other = { ...WELL, source: 'feed https://example.org' };
    const told = planSourceNotices([{ ...failed(1), source: `${other.source}:80` }], [], hour(7)).map(
      (one) => one.subject,
    );
    expect(planSourceNotices([other], told, hour(8))).toEqual([]);
  });
});
