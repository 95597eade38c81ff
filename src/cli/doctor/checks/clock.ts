import { discordsClock } from '../../../discord/ask.ts';
import { databaseNow } from '../../../store/clock.ts';
import { isPostgres } from '../../../store/database.ts';
import { type Finding, fault, ok, type World } from '../finding.ts';

/** A clock may be off by so much, in milliseconds. */
const TOLERANCE = 60_000;

/** Whether this machine's clock agrees with those that it works with: that of Discord, and that of the database. */
export async function checkClock(world: World): Promise<Finding[]> {
  const { config, fetch, clock } = world;
  // That one of them does not answer is told by its own check.
  const asked = config.token ? discordsClock(config.apiUrl, fetch).catch(() => null) : null;
  const [theirs, db] = await Promise.all([asked, world.database]);
  const findings = theirs ? [compared("Discord's", theirs, clock())] : [];
  if (db && !(db instanceof Error) && isPostgres(db)) {
    const now = await databaseNow(db);
    findings.push(compared("PostgreSQL's", now, clock()));
  }
  return findings.length > 0 ? findings : [ok('There is no other clock to compare with.')];
}

/** Discord's tokens for answers last minutes, and summaries are posted by the hour: the clock has to be right. */
function compared(whose: string, theirs: Date, ours: Date): Finding {
  const off = ours.getTime() - theirs.getTime();
  if (Math.abs(off) <= TOLERANCE) return ok(`This machine's clock agrees with ${whose}.`);
  const seconds = Math.round(Math.abs(off) / 1000);
  const amount = seconds < 300 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  const direction = off > 0 ? 'ahead of' : 'behind';
  return fault(
    `This machine's clock is ${amount} ${direction} ${whose}. Let it be set from the network (NTP): on Linux \`timedatectl set-ntp true\`.`,
  );
}
