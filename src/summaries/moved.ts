import type { Paper } from '../core/paper.ts';
import { type Shown, shownOf } from './edition.ts';
import { talkOf } from './pick.ts';

/** Comments and votes moved much when so many came, and so large a share of what a post shows. */
const MANY = 10;
const SHARE = 0.5;

/** How what is known of a paper differs from what a post shows. `facts`: its title, or that it was withdrawn. */
export type Move = 'none' | 'talk' | 'facts';

/** A paper that is gone from the archive is a matter of facts, too. */
export function moveOf(shown: Shown, paper: Paper | null): Move {
  if (!paper) return 'facts';
  const now = shownOf(paper);
  if (now.title !== shown.title || now.withdrawnOn !== shown.withdrawnOn) return 'facts';
  const [before, after] = [talkOf(shown), talkOf(now)];
  return after - before >= MANY && after - before >= before * SHARE ? 'talk' : 'none';
}
