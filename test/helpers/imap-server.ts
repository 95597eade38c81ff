import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ImapMessage {
  uid: number;
  flags: Set<string>;
  raw: Buffer;
}

/** What a server does wrong. */
export type ImapFault = 'never greets' | 'cuts messages' | 'never answers a fetch' | 'refuses marks';

/**
 * An IMAP4rev1 server (RFC 3501) on this machine with one account and one folder: what a client needs that logs in, selects,
 * searches by flags, fetches and stores flags. Strings and literals of both directions are as on the wire.
 */
export class ImapServer {
  readonly messages: ImapMessage[] = [];
  /** Every command received, passwords included. */
  readonly commands: string[] = [];
  readonly user = 'reader@mail.example';
  readonly password = 'pa:ss "w0rd\\';
  folder = 'Papers';
  uidValidity = 7;
  keepsKeywords = true;
  fault: ImapFault | null = null;
  readonly #host: string;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer({ noDelay: true }, (socket) => this.#serve(socket));

  constructor(host = '127.0.0.1') {
    this.#host = host;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, this.#host);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  add(raw: string | Buffer, ...flags: string[]): ImapMessage {
    const message = { uid: 10 * (this.messages.length + 1), flags: new Set(flags), raw: Buffer.from(raw) };
    this.messages.push(message);
    return message;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (this.fault !== 'never greets') socket.write('* OK IMAP4rev1 ready\r\n');
    let buffer = '';
    socket.on('data', (data) => {
      buffer += data.toString('latin1');
      for (let command = takeCommand(buffer); command; command = takeCommand(buffer)) {
        if (command.wantsLiteral) {
          socket.write('+ go on\r\n');
          buffer = command.rest;
          break;
        }
        buffer = command.rest;
        this.#answer(socket, command.text);
      }
    });
  }

  #answer(socket: Socket, text: string): void {
    this.commands.push(text);
    const [tag = '*', ...words] = parseWords(text);
    const uid = words[0]?.toUpperCase() === 'UID';
    const [name = '', ...parameters] = uid ? words.slice(1) : words;
    const send = (line: string) => socket.write(`${line}\r\n`, 'latin1');
    const ok = (what = 'done') => send(`${tag} OK ${what}`);
    switch (name.toUpperCase()) {
      case 'CAPABILITY':
        send('* CAPABILITY IMAP4rev1');
        return void ok();
      case 'LOGIN':
        if (parameters[0] === this.user && parameters[1] === this.password) return void ok();
        return void send(`${tag} NO [AUTHENTICATIONFAILED] wrong password`);
      case 'LIST':
        send(String.raw`* LIST () "/" ""`);
        return void ok();
      case 'SELECT':
        return this.#select(parameters[0] ?? '', tag, send);
      case 'SEARCH':
        send(`* SEARCH ${this.#search(parameters).join(' ')}`.trimEnd());
        return void ok();
      case 'FETCH':
        return this.#fetch(socket, parameters, tag);
      case 'STORE':
        return this.#store(parameters, tag, send);
      case 'LOGOUT':
        send('* BYE');
        ok();
        return void socket.end();
      default:
        return void (name === 'NOOP' || name === 'CLOSE' ? ok() : send(`${tag} BAD unknown command`));
    }
  }

  #select(folder: string, tag: string, send: (line: string) => void): void {
    if (folder !== this.folder) return send(`${tag} NO [NONEXISTENT] no such folder`);
    send(`* ${this.messages.length} EXISTS`);
    send(String.raw`* FLAGS (\Seen \Flagged \Deleted)`);
    send(String.raw`* OK [PERMANENTFLAGS (\Seen \Flagged \Deleted${this.keepsKeywords ? String.raw` \*` : ''})]`);
    send(`* OK [UIDVALIDITY ${this.uidValidity}]`);
    send(`${tag} OK [READ-WRITE] selected`);
  }

  #search(criteria: readonly string[]): number[] {
    const tests: ((flags: Set<string>) => boolean)[] = [];
    for (let index = 0; index < criteria.length; index += 1) {
      const negated = criteria[index] === 'NOT';
      if (negated) index += 1;
      const key = criteria[index] ?? '';
      if (key === 'UNSEEN') tests.push((flags) => !flags.has('\\Seen'));
      else if (key === 'UNFLAGGED') tests.push((flags) => !flags.has('\\Flagged'));
      else if (key === 'KEYWORD' || key === 'UNKEYWORD') {
        const flag = criteria[(index += 1)] ?? '';
        tests.push((flags) => flags.has(flag) === ((key === 'KEYWORD') !== negated));
      } else throw new Error(`This server does not know how to search for ${key}.`);
    }
    return this.messages.filter(({ flags }) => tests.every((test) => test(flags))).map(({ uid }) => uid);
  }

  #fetch(socket: Socket, [set = '', ...items]: string[], tag: string): void {
    if (this.fault === 'never answers a fetch') return;
    const wanted = new Set(set.split(',').map(Number));
    for (const [index, { uid, raw }] of this.messages.entries()) {
      if (!wanted.has(uid)) continue;
      const isWhole = items.some((item) => item.includes('BODY.PEEK[]'));
      socket.write(`* ${index + 1} FETCH (UID ${uid} RFC822.SIZE ${raw.length}`);
      if (isWhole) socket.write(` BODY[] {${raw.length}}\r\n`);
      if (isWhole && this.fault === 'cuts messages') {
        socket.write(raw.subarray(0, raw.length / 2));
        socket.destroySoon();
        return;
      }
      if (isWhole) socket.write(raw);
      socket.write(')\r\n');
    }
    socket.write(`${tag} OK fetched\r\n`);
  }

  #store([set = '', , ...flags]: string[], tag: string, send: (line: string) => void): void {
    if (this.fault === 'refuses marks') return send(`${tag} NO read only`);
    const message = this.messages.find(({ uid }) => uid === Number(set));
    for (const flag of flags) message?.flags.add(flag);
    send(`${tag} OK stored`);
  }
}

interface Taken {
  text: string;
  rest: string;
  /** It ends with a literal that the client sends when asked. */
  wantsLiteral: boolean;
}

/** The first command of what has come in, literals (`{5}` and the five bytes after the line) turned into strings. */
function takeCommand(buffer: string): Taken | null {
  const end = buffer.indexOf('\r\n');
  if (end === -1) return null;
  const literal = /\{(\d+)\}$/.exec(buffer.slice(0, end));
  if (!literal) return { text: buffer.slice(0, end), rest: buffer.slice(end + 2), wantsLiteral: false };
  const length = Number(literal[1]);
  const after = buffer.slice(end + 2);
  if (after.length < length) return after === '' ? { text: '', rest: buffer, wantsLiteral: true } : null;
  const quoted = `"${after.slice(0, length).replace(/["\\]/g, String.raw`\$&`)}"`;
  return takeCommand(`${buffer.slice(0, literal.index)}${quoted}${after.slice(length)}`);
}

/** Atoms and quoted strings, without brackets. */
function parseWords(text: string): string[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s()"]+/g), ([atom, quoted]) =>
    quoted === undefined ? atom : quoted.replace(/\\(.)/g, '$1'),
  );
}
