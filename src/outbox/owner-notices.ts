import type { Db } from '../store/database.ts';
import { type Destination, type Failure, planDeliveries } from '../store/deliveries.ts';
import { ownersOf } from '../store/destination-owners.ts';
import { disableDestination } from '../store/disabled-destinations.ts';
import { write } from '../store/write.ts';

/** What whoever set something up is told of its destination. */
export interface OwnerNotice {
  /** `closed`: nothing can be sent there any more; `given up`: a message could not. */
  about: 'closed' | 'given up';
  destination: Destination;
  failure: Failure;
}

/** The direct message that says so, as Discord's API takes it. */
export type RenderNotice = (notice: OwnerNotice) => object;

/** Subjects of these notices begin so. */
const CLOSED = 'closed:';
const GIVEN_UP = 'given-up:';

/**
 * Disables a destination, and plans a direct message to each who set something up for it. Returns how many are told; `null`
 * when it was disabled already. That one's own direct messages are closed nobody is told: `/inbox` shows what came.
 */
export function closeDestination(
  db: Db,
  destination: Destination,
  failure: Failure,
  render: RenderNotice,
  now: Date,
): Promise<number | null> {
  return write(db, async (trx) => {
    if (!(await disableDestination(trx, destination, failure, now))) return null;
    if (destination.kind === 'user') return 0;
    // Once for each time that it is closed: a second time comes only after somebody enabled it.
    const subject = `${CLOSED}${destination.kind}:${destination.id}:${now.toISOString()}`;
    return tell(trx, await ownersOf(trx, destination), subject, render({ about: 'closed', destination, failure }), now);
  });
}

/** Plans a direct message to each whom a message that is given up would have told something. Returns how many. */
export function noticeGivenUp(
  db: Db,
  given: { id: number; destination: Destination; subject: string },
  failure: Failure,
  render: RenderNotice,
  now: Date,
): Promise<number> {
  const { id, destination, subject } = given;
  // Of a notice that is refused there is no notice.
  if (subject.startsWith(CLOSED) || subject.startsWith(GIVEN_UP)) return Promise.resolve(0);
  return write(db, async (trx) => {
    const owners = destination.kind === 'user' ? [destination.id] : await ownersOf(trx, destination);
    return tell(trx, owners, `${GIVEN_UP}${id}`, render({ about: 'given up', destination, failure }), now);
  });
}

async function tell(db: Db, readers: string[], subject: string, payload: object, now: Date): Promise<number> {
  const notices = readers.map((id) => ({ destination: { kind: 'user' as const, id }, subject, payload }));
  return (await planDeliveries(db, notices, now)).filter((id) => id !== null).length;
}
