import { expect, it } from 'vitest';
import { customId, readCustomId } from '../../src/discord/custom-id.ts';

it('a custom_id is read as it was made', () => {
  const id = customId('search', 'page', 'abc', 3, 'next');
  expect(id).toBe('search:page:abc:3:next');
  expect(readCustomId(id)).toEqual({ command: 'search', action: ['page', 'abc', '3', 'next'] });
});

it('a custom_id that Discord would refuse is a mistake in the code', () => {
  expect(() => customId('search', 'x'.repeat(100))).toThrow('keepState');
  expect(() => customId('search', 'a:b')).toThrow('keepState');
});
