import { errorText } from '../core/errors.ts';
import type { Digest } from '../core/paper.ts';
import { elementsOf, listDigest } from './hugging-face-api.ts';
import { walkMarkup } from './markup.ts';
import { UnreadableDigestError } from './unreadable.ts';

const HOW = 'Save the page again, whole, or copy its text.';

/** Whether a text is the Daily Papers page as its HTML, with the list in it. */
export function isHuggingFaceHtml(document: string): boolean {
  return /^\s*</.test(document) && /\bdata-target\s*=\s*["']?DailyPapers\b/.test(document);
}

/**
 * Reads the list in a saved page, which has the same objects as the API. Nothing of the page is executed or fetched.
 *
 * @throws UnreadableDigestError when there is no list or no paper of it can be read.
 */
export function readHuggingFaceHtml(document: string, given: string | null): Digest {
  const { props, line } = findList(document);
  let value: unknown;
  try {
    value = JSON.parse(props);
  } catch (error) {
    throw new UnreadableDigestError(line, `The list in this page is damaged: ${errorText(error)}. ${HOW}`);
  }
  const items = elementsOf(value).map((each) => ({ value: each, line }));
  return listDigest('hugging-face-html', items, [], given);
}

function findList(document: string): { props: string; line: number } {
  let found: { props: string; line: number } | null = null;
  walkMarkup(document, 'html', {
    open: (_name, attributes, lineAt) => {
      const props = attributes['data-props'];
      if (attributes['data-target'] === 'DailyPapers' && props && !found) found = { props, line: lineAt() };
    },
  });
  if (found) return found;
  throw new UnreadableDigestError(
    1,
    `This is the HTML of the Daily Papers page, but its list is missing or cut. ${HOW}`,
  );
}
