import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Host {
  /** Its address, without a slash at the end. */
  url: string;
  /** What was asked of it, in order. */
  requests: IncomingMessage[];
  /** How it answers from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A web server on this machine until the test ends. */
export async function openHost(answer: Host['answer'] = (_request, response) => response.end()): Promise<Host> {
  const requests: IncomingMessage[] = [];
  const host: Host = { url: '', requests, answer };
  const server = createServer((request, response) => {
    requests.push(request);
    host.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return host;
}

/** Answers with JSON and an `ETag` of it; with 304 to whoever has it. */
export function json(request: IncomingMessage, response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  const isKnown = request.headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : 200, { 'content-type': 'application/json', etag });
  response.end(isKnown ? undefined : body);
}
