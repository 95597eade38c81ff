import type { Clock } from '../core/clock.ts';

/** 2015-01-01T00:00:00Z in milliseconds: https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH = 1_420_070_400_000;
const IDS_PER_MILLISECOND = 4096;

/** Returns a function that gives ids in Discord's form, ever larger, with the time of `clock` in them. */
export function createIds(clock: Clock): () => string {
  let millisecond = 0;
  let increment = 0;
  return () => {
    const now = clock().getTime() - DISCORD_EPOCH;
    increment = now > millisecond ? 0 : increment + 1;
    millisecond = Math.max(now, millisecond);
    if (increment === IDS_PER_MILLISECOND) {
      millisecond += 1;
      increment = 0;
    }
    return ((BigInt(millisecond) << 22n) | BigInt(increment)).toString();
  };
}

/** Whether `text` has the form of one of Discord's ids. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^\d{15,20}$/.test(text);
}
