import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is told to ask. */
export interface Orders {
  /** Of the signature. */
  key: JsonWebKey;
  atOnce: number;
  /** Interactions without `id` and `token`, asked in turn. */
  interactions: Record<string, unknown>[];
}

/** What the thread has seen, in milliseconds. */
export interface Seen {
  rounds: number;
  /** Until each first answer. */
  first: number[];
  /** Until what was announced was answered. */
  announced: number[];
  /** Announcements that were not answered in the end. */
  unanswered: number;
  errors: string[];
}

/** Discord as it is for an endpoint: asks `atOnce` interactions, again when all of them are answered, also those that were announced, until it is told to stop. */
class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  private readonly waiting = new Map<string, number>();
  private readonly seen: Seen = { rounds: 0, first: [], announced: [], unanswered: 0, errors: [] };
  private asked = 0;

  /** What answers to interactions are changed with. Returns the base of the API. */
  async serve(): Promise<string> {
    const server = createServer((incoming, response) => {
      const begun = this.waiting.get(incoming.url?.split('/').find((part) => part.startsWith('token-')) ?? '');
      incoming.resume().on('end', () => {
        if (begun !== undefined && incoming.method === 'PATCH') this.answered(incoming.url ?? '');
        response.writeHead(begun === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
        response.end(begun === undefined ? '{"message":"Unknown","code":10003}' : '{"id":"1"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  }

  private answered(url: string): void {
    const token = url.split('/').find((part) => part.startsWith('token-')) ?? '';
    const begun = this.waiting.get(token);
    if (begun !== undefined) this.seen.announced.push(performance.now() - begun);
    this.waiting.delete(token);
  }

  async run(url: string, { key, atOnce, interactions }: Orders, isOver: () => boolean): Promise<Seen> {
    const signer = createPrivateKey({ key, format: 'jwk' });
    while (!isOver()) {
      const round = Array.from({ length: atOnce }, () => {
        const given = interactions[this.asked++ % interactions.length];
        return this.ask(url, { ...given, ...this.names() }, (text) =>
          sign(null, Buffer.from(text), signer).toString('hex'),
        );
      });
      await Promise.all(round);
      await this.settled();
      this.seen.rounds += 1;
    }
    this.agent.destroy();
    return { ...this.seen, unanswered: this.waiting.size };
  }

  /** Waits for the answers that were announced, at most a minute. */
  private async settled(): Promise<void> {
    const end = performance.now() + 60_000;
    while (this.waiting.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private names() {
    const number = 1_000_000_000_000_000_000n + BigInt(this.asked);
    return { id: String(number), token: `token-${number}` };
  }

  private async ask(url: string, interaction: { token: string }, seal: (text: string) => string): Promise<void> {
    const body = JSON.stringify(interaction);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'Content-Type': 'application/json',
      'X-Signature-Ed25519': seal(timestamp + body),
      'X-Signature-Timestamp': timestamp,
    };
    const begun = performance.now();
    this.waiting.set(interaction.token, begun);
    try {
      const { type } = JSON.parse(await this.post(url, headers, body)) as { type: number };
      this.seen.first.push(performance.now() - begun);
      if (type !== 5 && type !== 6) this.waiting.delete(interaction.token);
    } catch (error) {
      this.seen.errors.push(String(error));
      this.waiting.delete(interaction.token);
    }
  }

  private post(url: string, headers: Record<string, string>, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { method: 'POST', headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`)),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

if (parentPort && isOrders(workerData)) {
  const port = parentPort;
  const client = new Client();
  let isOver = false;
  port.postMessage(await client.serve());
  port.on('message', (message: string) => {
    if (message === 'stop') isOver = true;
    else void client.run(message, workerData as Orders, () => isOver).then((seen) => port.postMessage(seen));
  });
}

function isOrders(data: unknown): data is Orders {
  return typeof data === 'object' && data !== null && 'interactions' in data;
}
