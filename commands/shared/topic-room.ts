import type { Services } from '../../src/discord/command.ts';
import { checkQuota } from '../../src/topics/quotas.ts';
import type { Place } from './topic-place.ts';

/** @throws UserError when the reader, or the server of a channel, has as many topics as it may have. */
export function checkRoom(
  { guildId }: Pick<Place, 'guildId'>,
  readerId: string,
  { db, quotas }: Pick<Services, 'db' | 'quotas'>,
  more = 1,
): Promise<void> {
  return checkQuota(db, { readerId, guildId }, quotas, more);
}
