import { UnreadableDigestError } from './unreadable.ts';

export interface Decoded {
  /** Without byte order mark, and with ordinary spaces for the non-breaking ones that browsers copy. */
  text: string;
  /** The document ends in the middle of a character. */
  cut: boolean;
}

const NON_BREAKING_SPACES = /[\u00a0\u2007\u202f]/g;
const LINE_FEED = 0x0a;

/** First bytes of what people drop into an inbox by mistake. */
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive or an office document', [0x50, 0x4b, 0x03, 0x04]],
  ['compressed with gzip', [0x1f, 0x8b]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
];

/**
 * The text of a document in UTF-8, or in UTF-16 with a byte order mark.
 *
 * @throws UnreadableDigestError when it is empty, binary, or in another encoding.
 */
export function decode(document: Uint8Array | string): Decoded {
  const { text, cut } = typeof document === 'string' ? { text: document, cut: false } : decodeBytes(document);
  const clean = text.replace(/^\uFEFF/, '').replace(NON_BREAKING_SPACES, ' ');
  if (!/\S/.test(clean)) throw new UnreadableDigestError(1, 'The file is empty. Save the page again.');
  const nul = clean.indexOf('\0');
  if (nul !== -1) throw binary(clean.slice(0, nul).split('\n').length, 'a binary file');
  return { text: clean, cut };
}

function decodeBytes(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide) return decodeAs(wide, bytes);
  const known = SIGNATURES.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  if (known) throw binary(1, known[0]);
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw binary(lineOf(bytes, nul), 'a binary file, or text in UTF-16 without a byte order mark');
  return decodeAs('utf-8', bytes);
}

function wideEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let text: string;
  try {
    text = decoder.decode(bytes, { stream: true });
  } catch {
    throw wrongEncoding(encoding, bytes);
  }
  try {
    decoder.decode();
    return { text, cut: false };
  } catch {
    return { text, cut: true };
  }
}

function wrongEncoding(encoding: string, bytes: Uint8Array): UnreadableDigestError {
  const line = encoding === 'utf-8' ? firstLineNotUtf8(bytes) : 1;
  return new UnreadableDigestError(
    line,
    `The text is not valid ${encoding.toUpperCase()}. Save it in UTF-8: it may be in an older encoding such as Windows-1252.`,
  );
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    try {
      decoder.decode(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}

function binary(line: number, what: string): UnreadableDigestError {
  return new UnreadableDigestError(line, `This is ${what}, not text. Save the page as plain text or as JSON Lines.`);
}

function lineOf(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === LINE_FEED).length + 1;
}
