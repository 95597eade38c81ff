import { UserError } from '../../src/core/errors.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Services } from '../../src/discord/command.ts';
import { findPaper } from '../../src/store/papers.ts';

/**
 * The paper that a pressed button names.
 * @throws UserError when it is not in the archive any more.
 */
export async function paperWithId(id: string | undefined, { db }: Services): Promise<Paper> {
  const found = await findPaper(db, Number(id));
  if (!found) throw new UserError('This paper is not in the archive any more.');
  return found;
}
