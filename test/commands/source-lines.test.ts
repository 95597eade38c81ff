import { expect, it } from 'vitest';
import { sourceLines } from '../../commands/shared/source-lines.ts';
import type { SourceReport } from '../../src/store/source-states.ts';

const NOON = new Date('2026-03-10T12:00:00Z');
const at = '<t:1773144000:R>';

function report(given: Partial<SourceReport>): SourceReport {
  const unknown = { freshAt: null, problem: null, failingSince: null, nextTryAt: null, rest: null };
  return { source: 'inbox', state: 'nothing new', lookedAt: NOON, ...unknown, ...given };
}

it('says of each source in plain words how it does, what needs attention first', () => {
  const lines = sourceLines([
    report({}),
    report({ source: 'hugging-face', freshAt: NOON, rest: 'the weekend' }),
    report({ source: 'arxiv', state: 'fresh', freshAt: NOON }),
    report({ source: 'arxiv cat:cs.CL', state: 'stale', freshAt: NOON }),
    report({ source: 'blog.example/feed', state: 'unreadable', failingSince: NOON, problem: 'It is a *page*.' }),
    report({ source: 'news.example', state: 'failed', failingSince: NOON, problem: 'It is out.', nextTryAt: NOON }),
  ]);
  expect(lines.split('\n')).toEqual([
    `**news.example**: failed, since ${at}. It is out. Next try: ${at}.`,
    `**blog.example/feed**: unreadable, since ${at}. It is a \\*page\\*. It is kept as it came.`,
    '**arXiv: cat:cs.CL**: stale: it answers, but nothing new came since <t:1773144000:D>.',
    `**arXiv**: fresh, new papers ${at}.`,
    '**Inbox**: nothing new so far.',
    `**Hugging Face Daily Papers**: nothing new since ${at}. It rests today: the weekend.`,
  ]);
});

it('fits a field, and says how many sources are left out', () => {
  const problem = 'Something went wrong. '.repeat(30);
  const many = Array.from({ length: 40 }, (_, number) => report({ source: `s${number}`, state: 'failed', problem }));
  const lines = sourceLines(many);
  expect(lines.length).toBeLessThanOrEqual(1024);
  expect(lines).toMatch(/\n… and 3\d more sources\.$/);
  expect(sourceLines([])).toBe('');
});
