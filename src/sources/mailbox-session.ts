import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { errorText } from '../core/errors.ts';
import { FetchError } from './http/errors.ts';
import type { MailboxAddress } from './mailbox-address.ts';

/** In milliseconds. */
export interface MailboxPatience {
  /** Until the server has answered the call and greeted. */
  connecting: number;
  /** Of the server in the middle of an exchange. */
  silence: number;
}

const PATIENCE: MailboxPatience = { connecting: 20_000, silence: 60_000 };
/** How long to wait for the server's goodbye, in milliseconds. */
const GOODBYE = 3000;
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '::1']);

export interface SessionOptions {
  address: MailboxAddress;
  /** Size of the largest message, in bytes. */
  limit: number;
  signal: AbortSignal;
  patience?: MailboxPatience | undefined;
}

/**
 * Opens the mailbox's folder, hands it to `use`, and says goodbye.
 * @throws FetchError in words for people, without user and password.
 */
export async function withFolder<Result>(
  options: SessionOptions,
  use: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  const { address, signal } = options;
  const client = new ImapFlow(settingsOf(options));
  // What fails rejects the call that waits for it as well.
  client.on('error', () => undefined);
  const abort = () => client.close();
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
    const lock = await client.getMailboxLock(address.folder);
    try {
      return await use(client);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw explain(error, options);
  } finally {
    signal.removeEventListener('abort', abort);
    await leave(client, (options.patience ?? PATIENCE).silence);
  }
}

function settingsOf({ address, limit, patience = PATIENCE }: SessionOptions): ImapFlowOptions {
  const { host, port, secure, user, password } = address;
  return {
    host,
    port,
    secure,
    // A password never travels in the clear, except to this machine itself.
    ...(!secure && !THIS_MACHINE.has(host) && { doSTARTTLS: true }),
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patience.connecting,
    greetingTimeout: patience.connecting,
    socketTimeout: patience.silence,
    maxLineLength: 1_000_000,
    maxLiteralSize: limit + 1,
    maxResponseSize: limit + 1_000_000,
  };
}

async function leave(client: ImapFlow, silence: number): Promise<void> {
  const quit = setTimeout(() => client.close(), Math.min(GOODBYE, silence));
  await client.logout().catch(() => undefined);
  clearTimeout(quit);
  client.close();
}

function explain(error: unknown, { address, signal }: SessionOptions): FetchError {
  const { host, folder } = address;
  const where = `The mailbox on ${host}`;
  if (signal.aborted) return new FetchError(`${where} took too long.`, 'transient');
  const { authenticationFailed, responseStatus, responseText } = facts(error);
  if (authenticationFailed) {
    return new FetchError(`${where} refuses the user or the password. Mend PAPERBOY_IMAP_URL.`, 'permanent');
  }
  const reason = withoutSecrets(responseText ?? errorText(error), address);
  if (responseStatus) {
    const words = `${where} refuses the folder ${folder}: ${reason}. PAPERBOY_IMAP_URL names the folder.`;
    return new FetchError(words, 'permanent');
  }
  return new FetchError(`${where} cannot be reached: ${reason}.`, 'transient');
}

interface ErrorFacts {
  authenticationFailed?: boolean;
  responseStatus?: string;
  responseText?: string;
}

function facts(error: unknown): ErrorFacts {
  return error instanceof Error ? (error as ErrorFacts) : {};
}

function withoutSecrets(text: string, { user, password }: MailboxAddress): string {
  return text.replaceAll(password, '[redacted]').replaceAll(user, '[redacted]').replace(/\.$/, '');
}
