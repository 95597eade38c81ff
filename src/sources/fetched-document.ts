import { createHash } from 'node:crypto';
import type { Expected, Layout } from '../core/paper.ts';
import { MAX_PAGE_BYTES } from '../digests/read.ts';
import { FetchError } from './http/errors.ts';
import type { GetOptions } from './http/http.ts';
import type { SourceDocument } from './source.ts';
import type { Fetched, SourceTools } from './tools.ts';

export interface FetchedDocumentOptions {
  /** The name of its source. */
  source: string;
  address: string;
  /** For `Accept`. */
  accept: string;
  layouts: readonly Layout[];
  /** The list day where the source knows it, `YYYY-MM-DD`. */
  date?: string;
  list: NonNullable<SourceDocument['list']>;
  policy?: GetOptions['policy'];
  /** Whether a body lists nothing, so that there is nothing to store. */
  isEmpty: (body: Uint8Array) => boolean;
  /** Fetches what an incomplete body lacks. Returns the whole; the same body when nothing is missing. */
  complete?: (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Days of the week on which it says that it does not change. */
  restDays?: (body: Uint8Array) => number[];
}

/**
 * A document at an address, which is read only when it has changed. What it was like is remembered when it has been stored,
 * so that no crash between fetching and storing loses it.
 */
export function fetchedDocument(tools: SourceTools, options: FetchedDocumentOptions): SourceDocument {
  const { address, source, date, list, layouts } = options;
  const { memory } = tools;
  const origin = withoutSecrets(address);
  let fetched: Fetched | null = null;
  let raw: Uint8Array<ArrayBuffer> = new Uint8Array();
  const expected: Expected = { layouts, list, ...(date !== undefined && { date }) };
  const settle = async () => {
    if (fetched) await memory.keep(address, fetched);
    await memory.forgetUnreadable(source, origin);
    return null;
  };
  return {
    file: origin,
    origin,
    ...expected,
    read: async () => {
      const before = await memory.recall(address);
      const got = await fetchWhole(tools, options, before).catch(async (error: unknown) => {
        if (error instanceof FetchError && error.kind === 'permanent') await memory.keep(address, tried(tools));
        throw error;
      });
      fetched = got?.fetched ?? (before && { ...before, fetchedAt: tools.clock() });
      if (got && got.fetched.contentHash !== before?.contentHash && !options.isEmpty(got.body)) {
        raw = got.body;
        return got.body;
      }
      await settle();
      return null;
    },
    done: async (rejections = 0) => {
      // It may have been cut on its way: it is asked for again, and read again if it is another then.
      if (fetched && rejections > 0) fetched = { ...fetched, etag: null, lastModified: null };
      return settle();
    },
    refuse: async (fault) => {
      await memory.keepUnreadable({ source, origin, raw, expected }, fault);
      await memory.keep(address, tried(tools));
      return null;
    },
  };
}

async function fetchWhole(
  { http, signal, clock }: SourceTools,
  { address, accept, policy, complete, restDays }: FetchedDocumentOptions,
  before: Fetched | null,
): Promise<{ body: Uint8Array<ArrayBuffer>; fetched: Fetched } | null> {
  const answer = await http.get(address, { accept, signal, policy, limit: MAX_PAGE_BYTES, since: before });
  if (!answer) return null;
  const body = (await complete?.(answer.body)) ?? answer.body;
  // That the first of several pages has not changed would say nothing of the others.
  const isWhole = body === answer.body;
  const fetched = {
    fetchedAt: clock(),
    contentHash: createHash('sha256').update(body).digest('hex'),
    etag: isWhole ? answer.etag : null,
    lastModified: isWhole ? answer.lastModified : null,
    restDays: restDays?.(body) ?? [],
  };
  return { body, fetched };
}

/** What is remembered of an address that was asked in vain. */
function tried({ clock }: SourceTools): Fetched {
  return { fetchedAt: clock(), contentHash: '', etag: null, lastModified: null, restDays: [] };
}

/** The address as everybody may see it. */
export function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  for (const name of Array.from(url.searchParams.keys())) {
    if (/token|key|secret|auth|pass|sig/i.test(name)) url.searchParams.delete(name);
  }
  return url.href;
}
