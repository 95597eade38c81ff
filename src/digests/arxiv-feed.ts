import { arxivIdIn } from '../core/identity.ts';
import type { Entry, Rejection } from '../core/paper.ts';
import { namesIn } from './arxiv-names.ts';
import { entryOf } from './entry.ts';
import { categoriesOf, linkOf } from './feed-item.ts';
import { quote } from './lines.ts';
import { dayOfMoment } from './moment.ts';
import { oneLine } from './one-line.ts';
import type { PageEntry } from './pairs.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml.ts';

/** What arXiv's announcements put in front of an abstract. */
const PREAMBLE = /^arXiv:(\S{1,40})\s+Announce Type:\s+[\w-]{1,30}\s+(?:Abstract:\s*)?/i;

/** Whether an item is of a feed of arXiv: of its announcements, or of its query API. */
export function isArxivFeed(item: XmlElement): boolean {
  if (childrenOf(item).some(({ name }) => name.startsWith('arxiv:'))) return true;
  const id = textOf(childOf(item, 'guid', 'id'));
  return (
    /^oai:arXiv\.org:/i.test(id) || (/^https?:\/\/arxiv\.org\/abs\//.test(id) && childOf(item, 'published') !== null)
  );
}

/**
 * Reads an item of https://rss.arxiv.org or https://export.arxiv.org/api. Titles and abstracts are text, in which `<` stands
 * for itself. Announcements do not tell when a paper was published, only that it was announced.
 */
export function readArxivItem(item: XmlElement): PageEntry | Rejection {
  const { line } = item;
  const title = oneLine(textOf(childOf(item, 'title')));
  const arxivId = arxivIdIn(textOf(childOf(item, 'guid', 'id')));
  if (title === '') return { line, reason: 'This item of the feed has no title.' };
  if (arxivId === null) return { line, reason: `${quote(title)} has no arXiv id.` };
  const url = linkOf(item);
  const description = textOf(childOf(item, 'description', 'summary'));
  const preamble = PREAMBLE.exec(description.slice(0, 200));
  const ids = [arxivIdIn(url ?? ''), arxivIdIn(preamble?.[1] ?? '')];
  if (ids.some((id) => id !== null && id !== arxivId)) {
    return { line, reason: `${quote(title)} comes with the arXiv ids of two papers.` };
  }
  const announced = announcementOf(textOf(childOf(item, 'arxiv:announce_type')));
  return {
    ...entryOf(line, {
      title,
      abstract: oneLine(description.slice(preamble?.[0].length ?? 0)) || null,
      ...authorsOf(item),
      publishedOn: announced ? null : dayOfMoment(textOf(childOf(item, 'published'))),
      keywords: categoriesOf(item),
      arxivId,
      url: url ?? `https://arxiv.org/abs/${arxivId}`,
    }),
    ...(announced && { announced }),
  };
}

function announcementOf(type: string): Entry['announced'] {
  if (type === 'new' || type === 'cross') return type;
  return type.startsWith('replace') ? 'replacement' : undefined;
}

function authorsOf(item: XmlElement): ReturnType<typeof namesIn> {
  const authors = childrenOf(item).flatMap((child) => {
    if (child.name === 'author') return oneLine(textOf(childOf(child, 'name') ?? child));
    return [];
  });
  if (authors.length > 1) return { authors, authorCount: authors.length };
  const creators = childrenOf(item).filter(({ name }) => name === 'dc:creator');
  return namesIn(authors[0] ?? oneLine(creators.map((creator) => textOf(creator)).join(', ')));
}
