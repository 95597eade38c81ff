import { withoutControls } from './windows-1252.ts';

/** https://www.w3.org/TR/xml/#NT-XMLDecl */
const DECLARATION = /^\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/;
const HEAD_LENGTH = 300;

/** XML in the encoding that it declares, as text; anything else, and XML in UTF-8, as it is. */
export function inDeclaredEncoding(document: Uint8Array | string): Uint8Array | string {
  if (typeof document === 'string') return document;
  const head = Buffer.from(document.subarray(0, HEAD_LENGTH)).toString('latin1');
  const label = DECLARATION.exec(head)?.[1];
  if (label === undefined || /^utf-?(?:8|16)/i.test(label)) return document;
  try {
    return withoutControls(new TextDecoder(label).decode(document));
  } catch {
    return document;
  }
}
