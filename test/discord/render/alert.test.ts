import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { readCustomId } from '../../../src/discord/custom-id.ts';
import { fit, LIMITS } from '../../../src/discord/fit.ts';
import type { Message } from '../../../src/discord/message.ts';
import { renderAlert } from '../../../src/discord/render/alert.ts';
import { alertId, readAlertKeys } from '../../../src/discord/render/alert-keys.ts';
import type { Alert, AlertPaper } from '../../../src/topics/alert.ts';
import { facts } from '../../search/archive.ts';
import { hostile, long } from '../hostile.ts';

const paper = (id: number, title: string): Paper => ({ ...facts({ title }), id, appearances: [] });
const caught = (id: number, title: string, topicIds: number[]): AlertPaper => ({
  paper: paper(id, title),
  titleSpans: [{ text: title, marked: false }],
  snippet: [
    { text: 'We study ', marked: false },
    { text: 'robots', marked: true },
  ],
  topicIds,
});
const alert = (more: Partial<Alert> = {}): Alert => ({
  destination: { kind: 'channel', id: '1' },
  form: 'message',
  topics: [{ id: 7, name: 'Robots' }],
  mentionRoleIds: [],
  papers: [caught(300, 'Grasping', [7])],
  more: 0,
  ...more,
});
const message = (given: Partial<Alert>) => renderAlert(alert(given)) as Message;

const hostileAlert = fc
  .record({
    names: fc.array(long, { minLength: 1, maxLength: 30 }),
    titles: fc.array(fc.tuple(long, hostile), { minLength: 1, maxLength: 10 }),
    more: fc.nat(100_000),
    roles: fc.array(fc.constantFrom('1180000000000000001', '1180000000000000002'), { maxLength: 3 }),
  })
  .map(({ names, titles, more, roles }) => {
    const topics = names.map((name, index) => ({ id: 1_000_000 + index, name }));
    const topicIds = topics.map(({ id }) => id);
    const papers = titles.map(([title, snippet], index) => ({
      ...caught(1_000_000 + index, title, topicIds),
      snippet: [{ text: snippet, marked: true }],
    }));
    return alert({ topics, papers, more, mentionRoleIds: roles });
  });

describe('an alert', () => {
  it('names its topic and shows the sentence with the words marked', () => {
    const { embeds, content, allowed_mentions } = message({});
    expect(content).toBeUndefined();
    expect(allowed_mentions).toEqual({ parse: [], roles: [] });
    expect(embeds?.[0]).toMatchObject({
      title: 'New paper for Robots',
      description: expect.stringMatching(/^\*\*1\.\*\* \[Grasping\]\(.*\)\nWe study \*\*robots\*\*$/) as unknown,
    });
  });

  it('mentions each chosen role once, and nobody else', () => {
    const { content, allowed_mentions } = message({ mentionRoleIds: ['5', '6', '5'] });
    expect([content, allowed_mentions]).toEqual(['<@&5> <@&6>', { parse: [], roles: ['5', '6'] }]);
  });

  it('shortens the list of many topics', () => {
    const topics = ['A', 'B', 'C', 'D', 'E'].map((name, index) => ({ id: index + 1, name }));
    expect(message({ topics }).embeds?.[0]?.title).toBe('New paper for A, B, C and 2 more topics');
  });

  it('is a post with a title of its own in a forum', () => {
    const one = renderAlert(alert({ form: 'forum post' }));
    expect(one).toMatchObject({ name: 'Grasping', message: { embeds: [{ title: 'New paper for Robots' }] } });
    const two = renderAlert(alert({ form: 'forum post', more: 1 }));
    expect(two).toMatchObject({ name: '2 new papers for Robots' });
    const nameless = renderAlert(alert({ form: 'forum post', papers: [caught(1, '\u200B', [7])] }));
    expect(nameless).toMatchObject({ name: 'New papers' });
  });

  it('keeps within every limit whatever comes, counts all papers, and says what its buttons are about', () => {
    fc.assert(
      fc.property(hostileAlert, (given) => {
        const { embeds = [], components = [], content = '' } = renderAlert(given) as Message;
        expect(fit({ content, embeds, components })).toEqual({ ...(content ? { content } : {}), embeds, components });
        const [embed] = embeds;
        expect(embed?.description?.length ?? 0).toBeLessThanOrEqual(LIMITS.description);
        const shown = embed?.description?.match(/^\*\*\d+\.\*\* /gm)?.length ?? 0;
        const left = given.papers.length + given.more - shown;
        if (left > 0) expect(embed?.description).toContain(`-# ${left.toLocaleString('en')} more paper`);
        const ids = components.flatMap((row) =>
          row.components.flatMap((one) => ('custom_id' in one ? [one.custom_id] : [])),
        );
        const about = ids
          .filter((id) => id.startsWith('topics:why'))
          .map((id) => readAlertKeys(readCustomId(id).action.slice(1)));
        expect(about.map(({ paperIds }) => paperIds)).toEqual([
          given.papers.slice(0, shown).map((each) => each.paper.id),
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the keys of its buttons', () => {
  it('come back as they were; topics that do not fit are left out whole', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 40 });
    const few = fc.array(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(ids, few, (topicIds, paperIds) => {
        const id = alertId('why', { topicIds, paperIds });
        expect(id.length).toBeLessThanOrEqual(100);
        const keys = readAlertKeys(readCustomId(id).action.slice(1));
        expect(keys.paperIds).toEqual(paperIds);
        expect(keys.topicIds).toEqual(topicIds.slice(0, keys.topicIds.length));
      }),
    );
    expect(readAlertKeys(['x y', '!'])).toEqual({ topicIds: [], paperIds: [] });
  });
});
