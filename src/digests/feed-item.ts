import { arxivIdIn } from '../core/identity.ts';
import type { PaperFacts, Rejection } from '../core/paper.ts';
import { entryOf } from './entry.ts';
import { textOfHtml } from './html-text.ts';
import { dayOfMoment } from './moment.ts';
import { oneLine } from './one-line.ts';
import type { PageEntry } from './pairs.ts';
import { webAddress } from './web-address.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml.ts';

/** Reads one item of any feed. HTML in it becomes text. */
export function readFeedItem(item: XmlElement): PageEntry | Rejection {
  const title = oneLine(shownText(childOf(item, 'title', 'dc:title')));
  if (title === '') return { line: item.line, reason: 'This item of the feed has no title.' };
  const url = linkOf(item);
  const authors = authorsOf(item);
  return entryOf(item.line, {
    title,
    abstract:
      shownText(childOf(item, 'description', 'summary', 'content:encoded', 'content', 'dc:description')) || null,
    authors,
    authorCount: authors && authors.length,
    publishedOn: dayOfMoment(textOf(childOf(item, 'published', 'pubDate', 'dc:date', 'updated'))),
    keywords: categoriesOf(item),
    arxivId: arxivIdIn(textOf(childOf(item, 'guid', 'id'))) ?? arxivIdIn(url ?? ''),
    url,
  });
}

/** The address of what an item is about, or `null`. */
export function linkOf(item: XmlElement): string | null {
  const links = childrenOf(item).filter(({ name }) => name === 'link');
  const main = links.find(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
  const written = main ? (main.attributes['href'] ?? textOf(main)) : '';
  return webAddress(written) ?? webAddress(textOf(childOf(item, 'guid', 'id')));
}

/** The subjects of an item, or `null`. */
export function categoriesOf(item: XmlElement): PaperFacts['keywords'] {
  const categories = childrenOf(item).filter(({ name }) => name === 'category' || name === 'dc:subject');
  const names = categories.map((category) => oneLine(category.attributes['term'] ?? textOf(category)));
  const filled = [...new Set(names)].filter((name) => name !== '');
  return filled.length > 0 ? filled : null;
}

function authorsOf(item: XmlElement): string[] | null {
  const people = childrenOf(item).filter(({ name }) => name === 'author' || name === 'dc:creator');
  const names = people
    .map((person) => oneLine(textOf(childOf(person, 'name') ?? person)))
    .filter((name) => name !== '');
  const [only] = names;
  return only !== undefined && names.length === 1 ? splitNames(only) : names.length > 0 ? names : null;
}

/** The names in a list of whole names; `Doe, Jane` is one name. RSS 2.0 writes `jane@example.org (Jane Doe)`. */
function splitNames(names: string): string[] {
  const mailed = /^\S+@\S+ \((.+)\)$/.exec(names)?.[1] ?? names;
  const pieces = mailed.split(/,\s|;\s/).map((piece) => piece.trim());
  return pieces.every((piece) => /\S\s\S/.test(piece)) ? pieces : [mailed];
}

function shownText(element: XmlElement | null): string {
  if (!element) return '';
  const isPlain = element.attributes['type'] === 'text' || element.attributes['type'] === 'xhtml';
  return isPlain ? oneLine(textOf(element)) : textOfHtml(textOf(element));
}
