import { UserError } from '../core/errors.ts';

/** Where a mailbox is, and who may read it. */
export interface MailboxAddress {
  host: string;
  port: number;
  /** TLS from the first byte (`imaps:`); else STARTTLS is asked for. */
  secure: boolean;
  user: string;
  password: string;
  folder: string;
}

const PORTS: Readonly<Record<string, number>> = { 'imaps:': 993, 'imap:': 143 };
const EXPECTED = 'Expected imaps://USER:PASSWORD@HOST/FOLDER, with %40 for an @ in the user.';

/**
 * Reads the address of a mailbox (RFC 5092, with the password of RFC 3986): `imaps://reader:secret@mail.example/Papers`.
 * Without a folder it is the inbox.
 * @throws UserError, never with the password in it.
 */
export function parseMailboxAddress(text: string): MailboxAddress {
  if (!URL.canParse(text)) throw new UserError(`The mailbox's address is not valid. ${EXPECTED}`);
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  const usual = PORTS[protocol];
  if (usual === undefined) throw new UserError(`The mailbox's address begins with ${protocol}. ${EXPECTED}`);
  if (hostname === '' || username === '' || password === '') {
    throw new UserError(
      `The mailbox's address lacks ${hostname === '' ? 'the host' : 'user or password'}. ${EXPECTED}`,
    );
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? usual : Number(port),
    secure: protocol === 'imaps:',
    user: decoded(username),
    password: decoded(password),
    folder: decoded(pathname.replace(/^\/|\/$/g, '')) || 'INBOX',
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new UserError(`The mailbox's address has a % that begins no escape. Write %25 for it. ${EXPECTED}`);
  }
}
