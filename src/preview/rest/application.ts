import { applicationPayload } from '../payloads.ts';
import { refusals } from '../errors.ts';
import { ok, route, type Route } from './router.ts';

/** Identifies a day: https://discord.com/developers/docs/events/gateway#session-start-limit-object */
const IDENTIFIES_A_DAY = 1000;

export const applicationRoutes: Route[] = [
  route('GET', '/gateway', ({ world }) => ok({ url: `${world.url.replace('http', 'ws')}/gateway` }), { auth: false }),
  route('GET', '/gateway/bot', ({ world }) =>
    ok({
      url: `${world.url.replace('http', 'ws')}/gateway`,
      shards: 1,
      session_start_limit: {
        total: IDENTIFIES_A_DAY,
        remaining: IDENTIFIES_A_DAY - 1,
        reset_after: 86_400_000,
        // As for a large bot: several shards need not wait for each other.
        max_concurrency: 16,
      },
    }),
  ),
  route('GET', '/applications/@me', ({ world }) => ok(applicationPayload(world))),
  route('GET', '/oauth2/applications/@me', ({ world }) => ok(applicationPayload(world))),
  route('GET', '/users/@me', ({ world }) => ok({ ...world.bot, verified: true, mfa_enabled: false, locale: 'en-US' })),
  route('GET', '/users/{user_id}', ({ world }, { params }) => {
    const user = world.users.get(params.user_id);
    if (!user) throw refusals.unknownUser();
    return ok(user);
  }),
];
