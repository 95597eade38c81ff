import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { errorText, UserError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { Refusal } from './refusal.ts';

export interface Answer {
  status: number;
  /** Media type. */
  type: string;
  body: string;
}

/** Sends the answer to a request; resolves when it is written, and rejects when the connection broke before. */
export type Send = (answer: Answer) => Promise<void>;

/** Answers a request with `send`, or throws a `Refusal`. */
export type Handler = (request: IncomingMessage, send: Send) => Promise<void>;

export interface ServerOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** By path and method, for example `/healthz` and `GET`, which answers `HEAD` as well. */
  routes: Record<string, { GET?: Handler; POST?: Handler }>;
  log: Log;
  /** How long a request may take to arrive, in milliseconds. Default: 10,000. */
  requestTimeout?: number;
}

export interface HttpServer {
  port: number;
  /** Takes no more requests; resolves when those under way are answered, at the latest after five seconds. */
  close(): Promise<void>;
}

/** How long the headers may take, in milliseconds. */
const HEADERS_TIMEOUT = 5000;
/** Longer than load balancers keep their connections, which must not be closed in their hands; in milliseconds. */
const KEEP_ALIVE = 75_000;
/** A hundred interactions at once are much; beyond this whoever connects is turned away. */
const MOST_CONNECTIONS = 2000;
/** How long answers under way may take at the end, in milliseconds. */
const LAST_ANSWERS = 5000;

/**
 * Serves HTTP, without TLS: that is for what stands in front of it.
 * @throws UserError when the port cannot be used.
 */
export async function startServer(options: ServerOptions): Promise<HttpServer> {
  const { host, port, log, requestTimeout = 10_000 } = options;
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  const server = createServer(
    {
      headersTimeout: Math.min(HEADERS_TIMEOUT, requestTimeout),
      requestTimeout,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: KEEP_ALIVE,
    },
    (request, response) => {
      const { socket } = request;
      busy.add(socket);
      response.once('close', () => busy.delete(socket));
      void serve(options, request, response);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('drop', () => log.warn({ connections: MOST_CONNECTIONS }, 'too many connections; one was turned away'));
  await listen(server, host, port);
  const closeIdle = () => {
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close: () => close(server, closeIdle) };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new UserError(
          `${host}:${port} cannot be listened on (${errorText(error)}). Change PAPERBOY_HTTP_PORT or PAPERBOY_HTTP_HOST.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** Node's own `closeIdleConnections` leaves those open over which nothing was asked yet. */
async function close(server: Server, closeIdle: () => void): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
  const tidying = setInterval(closeIdle, 50);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cut);
  clearInterval(tidying);
}

async function serve(
  { routes, log }: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send: Send = (answer) => write(response, answer.status, answer.body, { 'Content-Type': answer.type });
  try {
    await find(routes, request)(request, send);
  } catch (error) {
    await refuse(error, response, log).catch((broken: unknown) =>
      log.debug({ err: broken }, 'a refusal was not written'),
    );
  }
}

/** @throws Refusal */
function find(routes: ServerOptions['routes'], { url = '/', method = '' }: IncomingMessage): Handler {
  const [path = ''] = url.split('?');
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) throw new Refusal(404, 'There is nothing here.');
  const handler = method === 'POST' ? route.POST : method === 'GET' || method === 'HEAD' ? route.GET : undefined;
  if (handler) return handler;
  const allowed = [...(route.GET ? ['GET', 'HEAD'] : []), ...(route.POST ? ['POST'] : [])];
  throw new Refusal(405, 'This is not how to ask here.', { Allow: allowed.join(', ') });
}

async function refuse(error: unknown, response: ServerResponse, log: Log): Promise<void> {
  const isRefusal = error instanceof Refusal;
  if (!isRefusal) log.error({ err: error }, 'a request over HTTP failed');
  if (response.headersSent || response.destroyed) return;
  const { status, message, headers } = isRefusal ? error : new Refusal(500, 'Something went wrong.');
  await write(response, status, `${message}\n`, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
}

/** What nobody may keep or take for something else. */
const SAFE = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

function write(response: ServerResponse, status: number, body: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const broke = () => reject(new Error('The connection broke.'));
    if (response.destroyed) return broke();
    response.once('close', () => (response.writableFinished ? resolve() : broke()));
    response.once('finish', resolve);
    // Node leaves out the body where HEAD asked.
    response.writeHead(status, { ...SAFE, 'Content-Length': Buffer.byteLength(body), ...headers }).end(body);
  });
}
