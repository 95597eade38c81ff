/** A line of a page that shows something. */
export interface Line {
  /** Line in the document, from 1. */
  number: number;
  /** Without blanks at its ends, otherwise unchanged. */
  text: string;
  /** Lines without a blank line between them have the same number. */
  block: number;
  /** Number of blank lines above it. */
  gap: number;
}

const SHOWS_SOMETHING = /[^\p{White_Space}\p{Cf}\p{Cc}]/u;

/** The lines of a page that show something, whatever ends them. */
export function linesOf(page: string): Line[] {
  const lines: Line[] = [];
  let block = 0;
  let gap = 0;
  for (const [index, raw] of page.split(/\r\n|\n|\r/).entries()) {
    if (SHOWS_SOMETHING.test(raw)) {
      if (gap > 0) block += 1;
      lines.push({ number: index + 1, text: raw.trim(), block, gap });
      gap = 0;
    } else gap += 1;
  }
  return lines;
}

/** Whether most lines have a blank line above them. */
export function isSpaced(lines: readonly Line[]): boolean {
  const apart = lines.filter(({ gap }, index) => index > 0 && gap > 0).length;
  return apart * 2 > lines.length - 1;
}

/** The start of a text, in quotation marks, for messages. */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 200));
  return `“${characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text}”`;
}
