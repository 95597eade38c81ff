import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ANALYSIS } from './analysis.ts';
import { ARRAY_NAMES, ARRAYS, type ArrayName, type SegmentArrays } from './frozen-segment.ts';

/** How far the store had been read. */
export interface Cursor {
  /** Of papers added and changed. */
  papers: number;
  /** Of papers removed. */
  removals: number;
}

/** A frozen segment, and how far the store had been read for it. */
export interface Snapshot {
  arrays: SegmentArrays;
  cursor: Cursor;
}

/** The first bytes of a snapshot. Its last digit changes with the layout of the file. */
const MAGIC = Buffer.from('PBINDEX1');
/** Every array begins at a multiple of this, so that it can be used in place. */
const ALIGNMENT = 8;
/** Bytes checked at once: a few milliseconds' work. */
const CHUNK = 4 << 20;

interface Header {
  /** See `ANALYSIS`: words are cut as they are now. */
  analysis: number;
  cursor: Cursor;
  /** In the order of `ARRAY_NAMES`; `crc` is CRC-32 of the array's bytes. */
  arrays: { name: ArrayName; bytes: number; crc: number }[];
}

/**
 * Writes a snapshot in place of the one in `file`, whole or not at all: to a file beside it, forced to disk, then renamed.
 * A process killed at any moment leaves the old snapshot or the new one.
 */
export async function writeSnapshot(file: string, { arrays, cursor }: Snapshot): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await removeUnfinished(file);
  const parts = ARRAY_NAMES.map((name) => ({ name, bytes: bytesOf(arrays[name]) }));
  const header: Header = {
    analysis: ANALYSIS,
    cursor,
    arrays: parts.map(({ name, bytes }) => ({ name, bytes: bytes.length, crc: crc32(bytes) })),
  };
  const text = Buffer.from(JSON.stringify(header));
  const lead = Buffer.alloc(MAGIC.length + 8);
  MAGIC.copy(lead);
  lead.writeUInt32LE(text.length, MAGIC.length);
  lead.writeUInt32LE(crc32(text), MAGIC.length + 4);
  const unfinished = `${file}.${process.pid}.unfinished`;
  const handle = await open(unfinished, 'w');
  try {
    for (const bytes of [Buffer.concat([lead, text]), ...parts.map((part) => part.bytes)]) {
      await handle.writeFile(bytes);
      await handle.writeFile(Buffer.alloc(padding(bytes.length)));
    }
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Why a snapshot cannot be used that was never written. */
export const NO_SNAPSHOT = 'there is no snapshot';

/** The snapshot in `file`, or in words why there is none that can be used. Reads and checks it in slices. */
export async function readSnapshot(file: string): Promise<Snapshot | string> {
  const content = await contentOf(file).catch(() => null);
  if (!content) return NO_SNAPSHOT;
  const header = readHeader(content);
  if (typeof header === 'string') return header;
  let at = header.end;
  const arrays: Partial<Record<ArrayName, unknown>> = {};
  for (const { name, bytes, crc } of header.arrays) {
    const part = content.subarray(at, at + bytes);
    if (part.length !== bytes || (await checksum(part)) !== crc) return 'it is damaged';
    const { BYTES_PER_ELEMENT } = ARRAYS[name];
    arrays[name] = new ARRAYS[name](content.buffer, content.byteOffset + at, bytes / BYTES_PER_ELEMENT);
    at += bytes + padding(bytes);
  }
  return { arrays: arrays as SegmentArrays, cursor: header.cursor };
}

/** A whole file, read in one piece: in a fraction of the time that `readFile` takes for its many. */
async function contentOf(file: string): Promise<Buffer<ArrayBuffer>> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const content = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (let bytesRead = 1; at < size && bytesRead > 0; at += bytesRead)
      ({ bytesRead } = await handle.read(content, at, size - at, at));
    return content.subarray(0, at);
  } finally {
    await handle.close();
  }
}

function readHeader(content: Buffer): (Header & { end: number }) | string {
  const start = MAGIC.length + 8;
  if (content.length < start || !content.subarray(0, MAGIC.length).equals(MAGIC)) return 'it is of another version';
  const text = content.subarray(start, start + content.readUInt32LE(MAGIC.length));
  if (crc32(text) !== content.readUInt32LE(MAGIC.length + 4)) return 'it is damaged';
  const header = JSON.parse(text.toString()) as Header;
  const names = header.arrays.map(({ name }) => name).join();
  if (header.analysis !== ANALYSIS || names !== ARRAY_NAMES.join()) return 'words are read in another way now';
  const end = start + text.length;
  return { ...header, end: end + padding(end) };
}

async function checksum(bytes: Uint8Array): Promise<number> {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    sum = crc32(bytes.subarray(at, at + CHUNK), sum);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return sum;
}

/** What writers that were killed left behind. */
async function removeUnfinished(file: string): Promise<void> {
  for (const name of await readdir(dirname(file))) {
    const pid = name.startsWith(`${basename(file)}.`) && /\.(\d+)\.unfinished$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await rm(join(dirname(file), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function padding(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}
