import type { Config } from '../../config.ts';
import type { Log } from '../../core/log.ts';
import { startPreview } from '../../preview/preview.ts';
import type { Close } from './running.ts';

/** Where the bot logs in. */
export interface Place extends Pick<Config, 'apiUrl' | 'guildId'> {
  token: string;
  /** The address of the preview's page; `null` on the real Discord. */
  page: string | null;
}

/** The real Discord, or without a token one that is served on this machine as if it were. */
export async function findPlace(config: Config, log: Log, foundations: Close[]): Promise<Place> {
  const { token, apiUrl, guildId, previewPort } = config;
  if (token) return { token, apiUrl, guildId, page: null };
  const local = await startPreview({ port: previewPort, log });
  foundations.push(() => local.close());
  return { token: local.token, apiUrl: local.apiUrl, guildId: null, page: local.url };
}
