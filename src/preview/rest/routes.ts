import { applicationRoutes } from './application.ts';
import { callbackRoutes } from './callbacks.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { messageRoutes } from './messages.ts';
import type { Route } from './router.ts';
import { threadRoutes } from './threads.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route of the REST API that this Discord serves. The first that fits a path is taken. */
export const routes: Route[] = [
  ...applicationRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...guildRoutes,
  ...commandRoutes,
  ...callbackRoutes,
  ...webhookRoutes,
];
