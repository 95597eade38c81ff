import { dayInZone } from '../core/dates.ts';
import { restBegan } from './calendar.ts';
import { fetchedDocument } from './fetched-document.ts';
import type { Policy } from './http/policy.ts';
import type { Calendar, Source } from './source.ts';
import type { SourceTools } from './tools.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export interface FeedOptions {
  name: string;
  address: string;
  /** Looked at no more often, in milliseconds. */
  interval: number;
  calendar: Calendar;
  /** For a host that stands in for another. */
  policy?: Policy;
}

/**
 * An RSS or Atom feed. Each day's fetches make one digest of the papers that the feed has not shown before. It is left alone
 * on days that its `skipDays` name (https://www.rssboard.org/skip-hours-days) once it has been read on the first of them.
 */
export function feedSource(tools: SourceTools, { name, address, interval, calendar, policy }: FeedOptions): Source {
  const { memory, clock, timezone } = tools;
  return {
    name,
    calendar,
    isDue: async () => {
      const last = await memory.recall(address);
      if (!last) return true;
      const rest = restBegan(last.restDays, clock());
      if (rest && last.fetchedAt >= rest) return false;
      return clock().getTime() - last.fetchedAt.getTime() >= interval;
    },
    documents: async () => [
      fetchedDocument(tools, {
        source: name,
        address,
        accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9',
        layouts: ['feed'],
        list: { key: `${address} ${dayInZone(clock(), timezone)}`, onlyNew: true },
        policy,
        isEmpty: (body) => isEmptyFeed(textOf(body)),
        restDays: (body) => skipDays(textOf(body)),
      }),
    ],
  };
}

/** The answer of an address is text wherever its markup is. */
function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString('latin1');
}

/** A feed without items, which says that nothing is new; something else is for the reader to judge. */
function isEmptyFeed(text: string): boolean {
  return /<(?:rss|feed|rdf:RDF)[\s>]/i.test(text) && !/<(?:item|entry)[\s>]/i.test(text);
}

function skipDays(text: string): number[] {
  const [, list = ''] = /<skipDays>([^]{0,1000}?)<\/skipDays>/i.exec(text) ?? [];
  const names = [...list.matchAll(/<day>\s*([a-z]+)\s*<\/day>/gi)].map(([, name = '']) => name.toLowerCase());
  return [...new Set(names.map((name) => DAYS.indexOf(name)).filter((day) => day >= 0))];
}
