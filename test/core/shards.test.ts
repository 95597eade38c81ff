import { expect, it } from 'vitest';
import { parseShards, shardOf, shardWords } from '../../src/core/shards.ts';

it.each([
  ['0/1', [0], 1],
  ['0-3/8', [0, 1, 2, 3], 8],
  ['2/8', [2], 8],
  ['0,1/8', [0, 1], 8],
  [' 6-7, 0,6 / 8 ', [0, 6, 7], 8],
])('reads the shards %j', (text, ids, count) => {
  const shards = parseShards(text);
  expect(shards).toEqual({ ids, count });
  expect(parseShards(shardWords(shards))).toEqual(shards);
});

it.each([
  ['4', 'expected shards and their number'],
  ['auto', 'expected shards and their number'],
  ['0-3/0', 'expected shards and their number'],
  ['0-3/5000', 'expected shards and their number'],
  ['8/8', 'of 8 shards the last one is 7'],
  ['0-8/8', 'of 8 shards the last one is 7'],
  ['3-0/8', '"3-0" is no shard'],
  ['0,,1/8', '"" is no shard'],
  ['-1/8', '"-1" is no shard'],
])('says of %j that %s', (text, words) => {
  expect(() => parseShards(text)).toThrow(words);
});

it('knows the shard of a server as Discord does', () => {
  expect(shardOf('197038439483310086', 1)).toBe(0);
  expect(shardOf(String(5n << 22n), 4)).toBe(1);
  expect(shardOf(String((6n << 22n) + 12_345n), 4)).toBe(2);
});
