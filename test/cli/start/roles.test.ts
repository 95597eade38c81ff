import { expect, it } from 'vitest';
import { parseRoles, ROLES } from '../../../src/cli/start/roles.ts';

it.each([
  [undefined, [...ROLES]],
  ['', [...ROLES]],
  ['sender', ['sender']],
  [' ingest , gateway,ingest ', ['ingest', 'gateway']],
])('reads the roles of --only %j', (only, roles) => {
  expect([...parseRoles(only)]).toEqual(roles);
});

it('names what is no role, and what there is', () => {
  expect(() => parseRoles('gateway,senders,Ingest')).toThrow(
    '--only does not know "senders", "Ingest"; it takes names out of: gateway, http, ingest, sender',
  );
});
