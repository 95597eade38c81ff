import type { UploadedFile } from '../attachments.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { World } from '../world.ts';

/** What routes work on. */
export interface Discord {
  world: World;
  gateway: Gateway;
  interactions: Interactions;
}

/** One request, with its path matched and its body read. */
export interface Call<Params = Record<string, string>> {
  params: Params;
  query: URLSearchParams;
  /** Parsed JSON; `undefined` without a body. */
  body: unknown;
  files: UploadedFile[];
}

export interface Answer {
  status: number;
  body?: unknown;
}

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

export interface Route {
  method: string;
  /** As in Discord's documentation, for example `/channels/{channel_id}`. */
  path: string;
  /** Whether the bot's token is needed; the other routes have a token in their path. */
  auth: boolean;
  handle(discord: Discord, call: Call): Answer;
}

/** A route whose handler knows the names in its path. */
export function route<Path extends string>(
  method: string,
  path: Path,
  handle: (discord: Discord, call: Call<Record<ParamNames<Path>, string>>) => Answer,
  options: { auth: boolean } = { auth: true },
): Route {
  return { method, path, auth: options.auth, handle };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const noContent: Answer = { status: 204 };

export interface Match {
  route: Route;
  params: Record<string, string>;
}

function matchPath(path: string, segments: string[]): Record<string, string> | null {
  const pattern = path.split('/').slice(1);
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] as string;
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}

/** The text of a path segment; one that is not well encoded stays as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The first route for a path, `'wrong method'` when only other methods are known there, `null` for an unknown path. */
export function findRoute(routes: Route[], method: string, path: string): Match | 'wrong method' | null {
  const segments = path.split('/').slice(1).map(decode);
  let known = false;
  for (const candidate of routes) {
    const params = matchPath(candidate.path, segments);
    if (params && candidate.method === method) return { route: candidate, params };
    known ||= params !== null;
  }
  return known ? 'wrong method' : null;
}
