import { applicationRoutes } from './application.ts';
import { callbackRoutes } from './callbacks.ts';
import { commandRoutes } from './commands.ts';
import type { Route } from './router.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route of the REST API that this Discord serves. The first that fits a path is taken. */
export const routes: Route[] = [...applicationRoutes, ...commandRoutes, ...callbackRoutes, ...webhookRoutes];
