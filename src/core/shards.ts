import { UserError } from './errors.ts';

/** Connections to Discord's gateway, out of `count` over which the servers are spread. */
export interface Shards {
  ids: readonly number[];
  count: number;
}

/** A bot of two million servers has as many shards. */
const MOST = 1000;

/**
 * Reads shards as `0-3/8` says them: the first four of eight. Also `2/8` and `0,1,6-7/8`.
 * @throws UserError that says what was expected.
 */
export function parseShards(text: string): Shards {
  const [, list = '', total = ''] = /^([\d,\s-]+)\/\s*(\d{1,4})$/.exec(text.trim()) ?? [];
  const count = Number(total);
  if (!list || count < 1 || count > MOST) throw new UserError('expected shards and their number, for example 0-3/8');
  const ids = new Set<number>();
  for (const part of list.split(',')) {
    const [, first = '', last = first] = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(part) ?? [];
    if (!first || Number(last) < Number(first)) throw new UserError(`"${part}" is no shard and no range like 0-3`);
    if (Number(last) >= count) throw new UserError(`of ${count} shards the last one is ${count - 1}`);
    for (let id = Number(first); id <= Number(last); id += 1) ids.add(id);
  }
  return { ids: [...ids].sort((a, b) => a - b), count };
}

/** `0,1,2,3/8`. */
export function shardWords({ ids, count }: Shards): string {
  return `${ids.join(',')}/${count}`;
}

/** The shard of a server: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
