/** What the bytes 0x80 to 0x9f are in Windows-1252, https://encoding.spec.whatwg.org/index-windows-1252.txt. */
const SPECIAL = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * A text with the characters that its writer meant where decoding left control characters: Node.js 20 decodes Windows-1252
 * as Latin-1 (https://github.com/nodejs/node/issues/56542), and many a mail that is called Latin-1 is Windows-1252.
 */
export function withoutControls(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => SPECIAL.charAt(control.charCodeAt(0) - 0x80));
}
