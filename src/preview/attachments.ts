import type { APIAttachment } from 'discord.js';
import type { World } from './world.ts';

/** A file that came with a request. */
export interface UploadedFile {
  /** The number in `files[n]`, which the `attachments` of the request refer to. */
  key: string;
  filename: string;
  contentType: string;
  data: Buffer;
}

/** What a request says about an attachment: a new one by the number of its file, or a kept one by its id. */
export interface AttachmentRequest {
  id: string | number;
  filename?: string;
  description?: string | null;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** Width and height in pixels, from the header of a PNG; nothing for other files. */
function imageSize(data: Buffer): { width: number; height: number } | object {
  if (data.length < 24 || !data.subarray(0, 4).equals(PNG)) return {};
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

function store(
  world: World,
  channelId: string,
  file: UploadedFile,
  request: AttachmentRequest | undefined,
): APIAttachment {
  const id = world.nextId();
  const filename = (request?.filename ?? file.filename).replaceAll(/[^\w.-]/g, '_');
  world.attachments.set(id, { data: file.data, contentType: file.contentType, filename });
  const url = `${world.url}/attachments/${channelId}/${id}/${filename}`;
  return {
    id,
    filename,
    size: file.data.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(request?.description ? { description: request.description } : {}),
    ...imageSize(file.data),
  };
}

/**
 * The attachments of a message after a request: those kept of the old ones, then the new files.
 * Without a list in the request, everything is kept.
 */
export function attachFiles(
  world: World,
  channelId: string,
  files: UploadedFile[],
  requests: AttachmentRequest[] | null | undefined,
  old: APIAttachment[],
): APIAttachment[] {
  const kept = requests ? old.filter((attachment) => requests.some(({ id }) => String(id) === attachment.id)) : old;
  const added = files.map((file) =>
    store(
      world,
      channelId,
      file,
      requests?.find(({ id }) => String(id) === file.key),
    ),
  );
  return [...kept, ...added];
}

/** The same JSON with every `attachment://name` replaced by the address of that attachment; adds their names to `used`. */
export function resolveAttachmentUrls<T>(value: T, attachments: APIAttachment[], used: Set<string>): T {
  if (typeof value === 'string') {
    const name = value.startsWith('attachment://') ? value.slice('attachment://'.length) : null;
    const attachment = attachments.find(({ filename }) => filename === name);
    if (!attachment) return value;
    used.add(attachment.filename);
    return attachment.url as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => resolveAttachmentUrls(item, attachments, used)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, resolveAttachmentUrls(item, attachments, used)]);
  return Object.fromEntries(entries) as T;
}
