import type { ImapFlow } from 'imapflow';
import { errorText } from '../core/errors.ts';
import { MAX_PAGE_BYTES } from '../digests/read.ts';
import { UnreadableDigestError } from '../digests/unreadable.ts';
import type { MailboxAddress } from './mailbox-address.ts';
import { type MailboxPatience, type SessionOptions, withFolder } from './mailbox-session.ts';
import type { Source, SourceDocument } from './source.ts';

const MAILBOX = 'mailbox';

/** Mails taken at a time, and their bytes together; what is left waits for the next look. */
const MOST_MAILS = 20;
const MOST_BYTES = 40_000_000;

/** Keywords (RFC 9051, section 2.3.2) that other programs leave alone. */
const READ = 'PaperboyRead';
const UNREADABLE = 'PaperboyUnreadable';

export interface MailboxOptions {
  address: MailboxAddress;
  /** Size of the largest mail, in bytes. */
  limit: number;
  signal: AbortSignal;
  patience?: MailboxPatience;
}

/**
 * The digest mails in one folder of a mailbox, the oldest first. One that was read is marked as seen and with the keyword
 * `PaperboyRead`; one that cannot be read is flagged, with the keyword `PaperboyUnreadable`. Both stay where they are, and
 * nothing is ever deleted. Take a keyword off to have the mail read again. Where a server keeps no keywords, mails that are
 * seen or flagged count as done.
 */
export function mailboxSource(given: MailboxOptions): Source {
  const options = { ...given, limit: Math.min(given.limit, MAX_PAGE_BYTES) };
  return {
    name: MAILBOX,
    documents: () => withFolder(options, (client) => collect(client, options)),
  };
}

async function collect(client: ImapFlow, options: MailboxOptions): Promise<SourceDocument[]> {
  const wanted = keepsKeywords(client)
    ? { unKeyword: READ, not: { keyword: UNREADABLE } }
    : { seen: false, flagged: false };
  const found = (await client.search(wanted, { uid: true })) || [];
  const uids = found.toSorted((a, b) => a - b).slice(0, MOST_MAILS);
  const uidValidity = client.mailbox ? client.mailbox.uidValidity : 0n;
  const documents: SourceDocument[] = [];
  let bytes = 0;
  for (const { uid, size = 0 } of await sizesOf(client, uids)) {
    if (documents.length > 0 && bytes + size > MOST_BYTES) break;
    const raw = size > options.limit ? null : await download(client, uid);
    if (raw === undefined) continue;
    bytes += raw?.length ?? 0;
    documents.push(mailDocument(options, { uid, uidValidity }, raw ?? size));
  }
  return documents;
}

async function sizesOf(
  client: ImapFlow,
  uids: readonly number[],
): Promise<{ uid: number; size?: number | undefined }[]> {
  if (uids.length === 0) return [];
  const messages = await client.fetchAll(uids.join(','), { uid: true, size: true }, { uid: true });
  return messages.sort((a, b) => a.uid - b.uid);
}

/** `undefined` when it is there no more. */
async function download(client: ImapFlow, uid: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
  return message && message.source ? new Uint8Array(message.source) : undefined;
}

interface MailId {
  uid: number;
  uidValidity: bigint;
}

/** `content` is the mail, or its size in bytes when that is too large. */
function mailDocument(options: MailboxOptions, id: MailId, content: Uint8Array<ArrayBuffer> | number): SourceDocument {
  const { host, folder, secure } = options.address;
  const origin = `${encodeURIComponent(folder)};UIDVALIDITY=${id.uidValidity}/;UID=${id.uid}`;
  return {
    file: `${secure ? 'imaps' : 'imap'}://${host}/${origin}`,
    origin,
    read: async () => {
      if (typeof content !== 'number') return content;
      throw new UnreadableDigestError(
        1,
        `The mail has ${megabytes(content)}, and the limit is ${megabytes(options.limit)}.`,
      );
    },
    done: () => mark(options, id, ['\\Seen', READ]),
    refuse: () => mark(options, id, ['\\Flagged', UNREADABLE]),
  };
}

/** Returns what went wrong, in words, or `null`. */
async function mark(
  options: SessionOptions,
  { uid, uidValidity }: MailId,
  flags: readonly string[],
): Promise<string | null> {
  try {
    return await withFolder(options, async (client) => {
      if (client.mailbox && client.mailbox.uidValidity !== uidValidity) {
        return 'The mail cannot be marked, for the folder was made anew. It will be read again.';
      }
      const kept = keepsKeywords(client) ? flags : flags.slice(0, 1);
      const marked = await client.messageFlagsAdd(String(uid), [...kept], { uid: true });
      return marked ? null : 'The mail cannot be marked, and will be read again.';
    });
  } catch (error) {
    return `The mail cannot be marked, and will be read again. ${errorText(error)}`;
  }
}

/** RFC 9051, section 7.1: `\*` among the permanent flags says that new keywords are kept. */
function keepsKeywords({ mailbox }: ImapFlow): boolean {
  if (!mailbox) return false;
  const flags = mailbox.permanentFlags;
  return flags === undefined || flags.has('\\*') || (flags.has(READ) && flags.has(UNREADABLE));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
