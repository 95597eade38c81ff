import { UserError } from '../../core/errors.ts';

/** @throws UserError when the work takes longer than so many milliseconds; what it is at then goes on. */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = Math.round(milliseconds / 1000);
    const message = `This was not answered within ${seconds} seconds. See whether the host or the disk behind it answers at all.`;
    timer = setTimeout(() => reject(new UserError(message)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
