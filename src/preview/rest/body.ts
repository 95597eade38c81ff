import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from '../attachments.ts';
import { refusals } from '../errors.ts';

/** https://discord.com/developers/docs/reference#uploading-files, for a server without boosts. */
const LARGEST_FILE = 10 * 1024 * 1024;

/** Ten files at their largest, and the message. */
const LARGEST_BODY = 10 * LARGEST_FILE + 1024 * 1024;

export interface Body {
  /** Parsed JSON; `undefined` without a body. */
  json: unknown;
  files: UploadedFile[];
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw refusals.tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.invalidJson();
  }
}

async function readForm(data: Buffer, contentType: string): Promise<Body> {
  const body = new Response(new Uint8Array(data), { headers: { 'content-type': contentType } });
  const form = await body.formData().catch(() => {
    throw refusals.invalidJson();
  });
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') continue;
    const key = /^files\[(\d+)\]$/.exec(name)?.[1] ?? name;
    if (value.size > LARGEST_FILE) throw refusals.tooLarge();
    const bytes = Buffer.from(await value.arrayBuffer());
    files.push({ key, filename: value.name, contentType: value.type || 'application/octet-stream', data: bytes });
  }
  const json = form.get('payload_json');
  return { json: typeof json === 'string' ? parseJson(json) : {}, files };
}

/**
 * Reads the body of a request: JSON, or a form with `payload_json` and files.
 * @throws ApiError 40005 when it is too large, 50109 when it cannot be parsed.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const contentType = request.headers['content-type'] ?? '';
  const data = await readAll(request);
  if (contentType.startsWith('multipart/form-data')) return readForm(data, contentType);
  return { json: data.length === 0 ? undefined : parseJson(data.toString('utf8')), files: [] };
}
