import type { Config } from '../../../config.ts';
import { errorText } from '../../../core/errors.ts';
import { userAgent } from '../../../sources/http/user-agent.ts';
import { type Finding, fault, ok, warning, type World } from '../finding.ts';

/** How long a host may take to answer, in milliseconds. */
const PATIENCE = 8000;

/** Whether the hosts of the sources answer from here, whatever they answer. */
export async function checkHosts({ config, fetch }: World): Promise<Finding[]> {
  const hosts = new Map(addresses(config).map(([variable, url]) => [new URL(url).origin, variable]));
  if (hosts.size === 0) return [ok('No source has one.')];
  const headers = { 'user-agent': userAgent(config.contact) };
  return Promise.all([...hosts].map(([origin, variable]) => answer(fetch, origin, variable, headers)));
}

/** Addresses of hosts that are read, each with the variable that sets it. */
function addresses(config: Config): [variable: string, url: string][] {
  const { sources, huggingFaceUrl, arxivCategories, arxivFeedUrl, arxivQueries, arxivUrl, feeds } = config;
  const found: [string, string][] = [];
  if (sources.includes('hugging-face')) found.push(['PAPERBOY_HUGGING_FACE_URL', huggingFaceUrl]);
  if (sources.includes('arxiv') && arxivCategories.length > 0) found.push(['PAPERBOY_ARXIV_FEED_URL', arxivFeedUrl]);
  if (sources.includes('arxiv') && arxivQueries.length > 0) found.push(['PAPERBOY_ARXIV_URL', arxivUrl]);
  if (sources.includes('feeds')) found.push(...feeds.map((url): [string, string] => ['PAPERBOY_FEEDS', url]));
  return found;
}

async function answer(
  fetch: World['fetch'],
  origin: string,
  variable: string,
  headers: Record<string, string>,
): Promise<Finding> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const { status } = await fetch(origin, { method: 'HEAD', headers, signal, redirect: 'manual' });
    if (status < 500) return ok(`${origin} answers.`);
    return warning(`${origin} answers that it is in trouble (${status}). It is asked again by itself.`);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return fault(
      `${origin} does not answer (${errorText(cause)}). Check the network, a proxy or firewall, and ${variable}.`,
    );
  }
}
