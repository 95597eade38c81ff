import { refusals } from '../errors.ts';
import { removeBot } from '../control.ts';
import { channelsOf, guildPayload, memberPayload } from '../payloads.ts';
import { guildOf } from './access.ts';
import { noContent, ok, route, type Route } from './router.ts';

export const guildRoutes: Route[] = [
  route('GET', '/users/@me/guilds', ({ world }) => {
    const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
    const rest = { icon: null, banner: null, owner: false, permissions: '0', features: [] };
    return ok(guilds.map(({ id, name }) => ({ id, name, ...rest })));
  }),
  route('DELETE', '/users/@me/guilds/{guild_id}', ({ world }, { params }) => {
    removeBot(world, guildOf(world, params.guild_id));
    return noContent;
  }),
  route('GET', '/guilds/{guild_id}', ({ world }, { params }) => ok(guildPayload(guildOf(world, params.guild_id)))),
  route('GET', '/guilds/{guild_id}/channels', ({ world }, { params }) =>
    ok(channelsOf(world, guildOf(world, params.guild_id).id, false)),
  ),
  route('GET', '/guilds/{guild_id}/roles', ({ world }, { params }) => ok(guildOf(world, params.guild_id).roles)),
  route('GET', '/guilds/{guild_id}/roles/{role_id}', ({ world }, { params }) => {
    const role = guildOf(world, params.guild_id).roles.find(({ id }) => id === params.role_id);
    if (!role) throw refusals.unknownRole();
    return ok(role);
  }),
  route('GET', '/guilds/{guild_id}/members/{user_id}', ({ world }, { params }) => {
    const member = guildOf(world, params.guild_id).members.get(params.user_id);
    if (!member) throw refusals.unknownMember();
    return ok(memberPayload(member));
  }),
];
