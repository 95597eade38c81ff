import { systemClock } from '../../src/core/clock.ts';
import type { Discord, DiscordOptions } from '../../src/discord/client.ts';
import { openRestBot } from '../../src/discord/rest-bot.ts';
import { createEndpoint } from '../../src/http/interactions.ts';
import { startServer } from '../../src/http/server.ts';
import type { Preview } from '../../src/preview/preview.ts';

type Options = Pick<DiscordOptions, 'commands' | 'services'>;

/** Starts a bot that a local Discord sends interactions over HTTP. */
export async function startOverHttp(preview: Preview, options: Options): Promise<Discord> {
  const { token, apiUrl } = preview;
  const { context, publicKey, ...identity } = await openRestBot({ token, apiUrl, ...options });
  const endpoint = createEndpoint({ publicKey, apiUrl, context, clock: systemClock });
  const routes = { '/interactions': { POST: endpoint.handle } };
  const server = await startServer({ host: '127.0.0.1', port: 0, routes, log: options.services.log });
  await preview.endpoint.use(`http://127.0.0.1:${server.port}/interactions`);
  const close = async () => {
    await preview.endpoint.use(null);
    await server.close();
    await endpoint.settle(5000);
  };
  return { ...identity, ended: new Promise(() => {}), isConnected: () => true, close };
}
