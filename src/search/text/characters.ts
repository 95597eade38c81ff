/** What a character may be to a word. */
export const OTHER = 0;
export const HYPHEN = 1;
export const APOSTROPHE = 2;
export const DOT = 3;
/** Letters of scripts that put no spaces between words; each is a word. */
export const HAN = 4;
/** Belongs to a word but says nothing: accents on their own, soft hyphens, zero-width characters. */
export const INVISIBLE = 5;
export const LETTER = 6;
export const DIGIT = 7;

export function isWordy(kind: number): boolean {
  return kind >= HAN;
}

const UNKNOWN = 255;
const BMP = 0x10000;
const kinds = new Uint8Array(BMP).fill(UNKNOWN);

/** The kind of the character at `at`; `OTHER` outside the text. */
export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (!(code >= 0)) return OTHER;
  if (code >= 0xd800 && code <= 0xdfff) return kindOf(text.codePointAt(at) ?? code);
  const kind = kinds[code] ?? UNKNOWN;
  return kind === UNKNOWN ? (kinds[code] = kindOf(code)) : kind;
}

function kindOf(code: number): number {
  const character = String.fromCodePoint(code);
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return HAN;
  if (/[\p{M}\p{Cf}]/u.test(character)) return INVISIBLE;
  if (/\p{L}/u.test(character)) return LETTER;
  if (/\p{N}/u.test(character)) return DIGIT;
  if (/[-_^\u2010\u2011]/u.test(character)) return HYPHEN;
  if (/['’ʼ＇]/u.test(character)) return APOSTROPHE;
  return character === '.' ? DOT : OTHER;
}
