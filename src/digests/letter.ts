import type { Digest } from '../core/paper.ts';
import { takeBanner } from './banner.ts';
import { linesOf } from './lines.ts';

/** Papers, and characters of each abstract, from which a text without anything of the page's banner is no letter. */
const PAPERS = 3;
const ABSTRACT = 200;

/**
 * Whether a body of a mail that was read as a page of plain text may as well be a letter: letters have short lines and
 * paragraphs in turn, too. A page shows its banner or bylines; without them it takes several papers with real abstracts.
 */
export function mayBeLetter(body: string, { layout, entries, rejected }: Digest): boolean {
  if (layout !== 'spaced' && layout !== 'compact') return false;
  if (takeBanner(linesOf(body)).hasBanner) return false;
  const hasAbstracts = entries.every(({ abstract }) => (abstract ?? '').length >= ABSTRACT);
  return entries.length < PAPERS || rejected.length > 0 || !hasAbstracts;
}
