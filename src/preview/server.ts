import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { errorText, UserError } from '../core/errors.ts';
import { SAFE_HEADERS, sendFile, sendText } from './static-files.ts';
import type { World } from './world.ts';

/** Names under which a browser may reach this server; any other is another site's attempt (DNS rebinding). */
const OWN_NAMES = ['127.0.0.1', 'localhost'];

/** Larger than the gateway takes, so that it can answer with its own close code. */
const LARGEST_FRAME = 1024 * 1024;

/** Where the server sends what it receives. Filled after listening, for the port is known only then. */
interface Handlers {
  world: World;
  /** Folder of the built page. */
  pageFolder: string;
  api: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  gateway: (socket: WebSocket) => void;
  page: (socket: WebSocket) => void;
  gatewayReachable: () => boolean;
}

export interface HttpServer {
  port: number;
  serve(handlers: Handlers): void;
  close(): Promise<void>;
}

function isOwn(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  const names = OWN_NAMES.map((name) => `${name}:${port}`);
  if (!host || !names.includes(host)) return false;
  return origin === undefined || names.some((name) => origin === `http://${name}`);
}

function sendAttachment(response: ServerResponse, world: World, path: string): void {
  const attachment = world.attachments.get(path.split('/')[3] ?? '');
  if (!attachment) return sendText(response, 404, 'Not found\n');
  const isImage = /^image\/(png|jpeg|gif|webp)$/.test(attachment.contentType);
  response
    .writeHead(200, {
      ...SAFE_HEADERS,
      'Content-Type': isImage ? attachment.contentType : 'application/octet-stream',
      'Content-Disposition': `${isImage ? 'inline' : 'attachment'}; filename="${attachment.filename}"`,
    })
    .end(attachment.data);
}

async function answer(handlers: Handlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', handlers.world.url);
  if (pathname.startsWith('/api/')) return handlers.api(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Method not allowed\n');
  if (pathname.startsWith('/attachments/')) return sendAttachment(response, handlers.world, pathname);
  return sendFile(response, handlers.pageFolder, pathname);
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * Listens on 127.0.0.1; port 0 takes a free one.
 * @throws UserError when the port is taken or not allowed.
 */
export async function listen(port: number): Promise<HttpServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  await bind(server, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    serve: (handlers) => attach(server, sockets, bound, handlers),
    close: () => close(server, sockets),
  };
}

async function bind(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bindError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function bindError(error: NodeJS.ErrnoException, port: number): UserError {
  const reason = error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be used (${errorText(error)})`;
  return new UserError(
    `Port ${port} on this machine ${reason}: set PAPERBOY_PREVIEW_PORT to another one, or stop the program that uses it.`,
  );
}

function attach(server: Server, sockets: WebSocketServer, port: number, handlers: Handlers): void {
  server.on('request', (request, response) => {
    if (!isOwn(request, port)) return sendText(response, 403, 'Only for pages of this machine\n');
    answer(handlers, request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!isOwn(request, port)) return refuseUpgrade(socket, '403 Forbidden');
    const { pathname } = new URL(request.url ?? '/', handlers.world.url);
    const accept = { '/gateway': handlers.gateway, '/gateway/': handlers.gateway, '/preview/socket': handlers.page }[
      pathname
    ];
    if (!accept) return refuseUpgrade(socket, '404 Not Found');
    if (accept === handlers.gateway && !handlers.gatewayReachable()) {
      return refuseUpgrade(socket, '503 Service Unavailable');
    }
    sockets.handleUpgrade(request, socket, head, accept);
  });
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
