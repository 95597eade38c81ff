/** What a character may be to a word. */
const OTHER = 0;
export const HYPHEN = 1;
export const APOSTROPHE = 2;
export const DOT = 3;
/** Letters of scripts that put no spaces between words; each is a word. */
export const HAN = 4;
/** Belongs to a word but says nothing: accents on their own, soft hyphens, zero-width characters. */
export const INVISIBLE = 5;
/** Letters beyond a–z. */
const LETTER = 6;
export const DIGIT = 7;
export const UPPER = 8;
const LOWER = 9;

export function isWordy(kind: number): boolean {
  return kind >= HAN;
}

export function isLetter(kind: number): boolean {
  return kind >= LETTER && kind !== DIGIT;
}

/** Whether a UTF-16 unit is one of a–z: most are. */
export function isSmallLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

const UNKNOWN = 255;
const BASIC_PLANE = 0x10000;
const kinds = new Uint8Array(BASIC_PLANE).fill(UNKNOWN);

/** The kind of the character at `at`; `OTHER` outside the text. */
export function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const kind = kinds[code];
  if (kind !== UNKNOWN && kind !== undefined) return kind;
  if (Number.isNaN(code)) return OTHER;
  if (code >= 0xd800 && code <= 0xdfff) return kindOf(text.codePointAt(at) ?? code);
  return (kinds[code] = kindOf(code));
}

/** How many UTF-16 units the character at `at` takes. */
export function widthAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff && (text.codePointAt(at) ?? 0) >= BASIC_PLANE ? 2 : 1;
}

function kindOf(code: number): number {
  const character = String.fromCodePoint(code);
  if (/[a-z]/.test(character)) return LOWER;
  if (/[A-Z]/.test(character)) return UPPER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return HAN;
  if (/[\p{M}\p{Cf}]/u.test(character)) return INVISIBLE;
  if (/[\p{L}\p{N}]/u.test(character)) return LETTER;
  if (/[-_^\u2010\u2011]/u.test(character)) return HYPHEN;
  if (/['’ʼ＇]/u.test(character)) return APOSTROPHE;
  return character === '.' ? DOT : OTHER;
}
