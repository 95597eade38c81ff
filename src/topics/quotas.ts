import { UserError } from '../core/errors.ts';
import type { Db } from '../store/database.ts';
import { countTopicsOfGuild, countTopicsOfReader } from '../store/topics.ts';

/** How many topics there may be. */
export interface Quotas {
  /** Of a reader's own. */
  topicsPerReader: number;
  /** Of all channels of a server together. */
  topicsPerServer: number;
}

/** How many more topics a reader (`guildId` is `null`) or a server may have. */
async function topicsLeft(
  db: Db,
  { readerId, guildId }: { readerId: string; guildId: string | null },
  { topicsPerReader, topicsPerServer }: Quotas,
): Promise<number> {
  const left =
    guildId === null
      ? topicsPerReader - (await countTopicsOfReader(db, readerId))
      : topicsPerServer - (await countTopicsOfGuild(db, guildId));
  return Math.max(0, left);
}

/**
 * @throws UserError when a reader or a server has as many topics as it may have. Call it in the transaction that makes one
 * more.
 */
export async function checkQuota(
  db: Db,
  owner: { readerId: string; guildId: string | null },
  quotas: Quotas,
  more = 1,
): Promise<void> {
  const left = await topicsLeft(db, owner, quotas);
  if (left >= more) return;
  const [who, most] =
    owner.guildId === null
      ? ['You have', quotas.topicsPerReader]
      : ['The channels of this server have', quotas.topicsPerServer];
  const topics = most === 1 ? 'one topic' : `${most} topics`;
  const now = left === 0 ? `${who} ${topics}, and there can be no more.` : `There can be ${left} more here.`;
  throw new UserError(`${now} Remove one with /topics remove, or put two into one with OR.`);
}
