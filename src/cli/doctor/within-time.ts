import { UserError } from '../../core/errors.ts';
import { within } from '../../core/within.ts';

/** @throws UserError when the work takes longer than so many milliseconds; what it is at then goes on. */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const done = await within(
    work.then((value) => ({ value })),
    milliseconds,
  );
  if (done) return done.value;
  const seconds = Math.round(milliseconds / 1000);
  throw new UserError(
    `This was not answered within ${seconds} seconds. See whether the host or the disk behind it answers at all.`,
  );
}
