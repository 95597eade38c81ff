import type { Digest, Rejection } from '../core/paper.ts';
import { isArxivFeed, readArxivItem } from './arxiv-feed.ts';
import { readFeedItem } from './feed-item.ts';
import { dayOfMoment } from './moment.ts';
import type { PageEntry } from './pairs.ts';
import { oneLine } from './one-line.ts';
import { UnreadableDigestError } from './unreadable.ts';
import { allOf, childOf, childrenOf, parseXml, textOf, type XmlElement } from './xml.ts';

const HEAD_LENGTH = 20_000;
/** After declarations and comments, the first element of RSS 2.0, RSS 1.0 and Atom (RFC 4287). */
const ROOT = /<(?:rss\b|rdf:RDF\b|feed\b[^<>]{0,2000}www\.w3\.org\/2005\/Atom|atom:feed\b)/i;
const ITEMS = ['item', 'entry'];
/** What an item has once. */
const FIELDS = ['title', 'id', 'guid', 'description', 'summary'];
/** RFC 4287, section 4.2.11: where an Atom entry comes from is told with the fields of a feed. */
const MAY_HOLD_FIELDS = new Set(['source']);

/** Whether a text is an RSS or Atom feed. */
export function isFeed(document: string): boolean {
  const head = document.slice(0, HEAD_LENGTH);
  return /^\s*<(?:!--|(?:\?xml|!DOCTYPE (?:rss|rdf|feed)|rss|rdf:RDF|feed|atom:feed)\b)/i.test(head) && ROOT.test(head);
}

/**
 * Reads an RSS 2.0, RSS 1.0 or Atom feed; those of arXiv also give authors, subjects and how each paper was announced. An
 * item without a title, or cut off, is rejected. The digest's day is that of arXiv's announcement, else `given`.
 *
 * @throws UnreadableDigestError when no item can be read, with arXiv's own words when it answered with an error.
 */
export function readFeed(document: string, given: string | null): Digest {
  const root = parseXml(document);
  const items = allOf(root, ITEMS);
  refuseError(items);
  const rejected: Rejection[] = [];
  const entries = items.flatMap((item) => {
    const result = readItem(item);
    if ('title' in result) return result;
    rejected.push(result);
    return [];
  });
  const [fault] = rejected;
  if (entries.length === 0 && fault) {
    throw new UnreadableDigestError(fault.line, `No item of this feed can be read. ${fault.reason}`);
  }
  if (items.length === 0 && !isWhole(root))
    throw new UnreadableDigestError(1, 'This feed is cut off before its first item.');
  const date = announcementDay(root, items) ?? given;
  return {
    layout: 'feed',
    date,
    entries: entries.map((entry, index) => ({ position: index + 1, ...entry })),
    rejected,
  };
}

function readItem(item: XmlElement): PageEntry | Rejection {
  const { line } = item;
  if (!item.whole || childrenOf(item).some((child) => !child.whole)) {
    return { line, reason: 'This item of the feed is cut off or damaged.' };
  }
  if (allOf(item, ITEMS).length > 0) return { line, reason: 'This item of the feed has no end before the next one.' };
  const doubled = FIELDS.find((name) => childrenOf(item).filter((child) => child.name === name).length > 1);
  if (doubled) return { line, reason: `This item of the feed has more than one "${doubled}".` };
  const swallowing = childrenOf(item).find(
    (child) => !MAY_HOLD_FIELDS.has(child.name) && allOf(child, FIELDS).length > 0,
  );
  if (swallowing) return { line, reason: `In this item of the feed "${swallowing.name}" has no end.` };
  return isArxivFeed(item) ? readArxivItem(item) : readFeedItem(item);
}

/** https://info.arxiv.org/help/api/user-manual.html: errors come as a feed with one entry titled `Error`. */
function refuseError(items: readonly XmlElement[]): void {
  const [item] = items;
  if (!item || items.length > 1 || textOf(childOf(item, 'title')) !== 'Error') return;
  if (!/arxiv\.org\/api\/errors/.test(textOf(childOf(item, 'id')))) return;
  const message = oneLine(textOf(childOf(item, 'summary'))) || 'no reason';
  throw new UnreadableDigestError(item.line, `arXiv answered with an error: ${message}. Mend the query.`);
}

/** The day of a list of announcements; feeds of other kinds have papers of many days. */
function announcementDay(root: XmlElement, items: readonly XmlElement[]): string | null {
  if (!items.some((item) => childOf(item, 'arxiv:announce_type'))) return null;
  const [top] = allOf(root, ['channel', 'feed']);
  return top ? dayOfMoment(textOf(childOf(top, 'pubDate', 'updated', 'lastBuildDate', 'dc:date'))) : null;
}

function isWhole(root: XmlElement): boolean {
  return childrenOf(root).every(({ whole }) => whole);
}
