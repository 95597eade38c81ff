/** A character that `tokens` takes as part of a word and then drops, so that offsets stay those of the text as it is shown. */
const NOTHING = '\u00AD';

const ACCENT = /\\(?:['"`^~=.]|[cvuHkbrdt](?=\s*\{|\s+[A-Za-z]))\s*(\{?)(?=\\?[A-Za-z])/g;
const LETTER = /\\(?=(?:ss|ae|oe|AE|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z]))/g;
const FORMAT =
  /\\(?:emph|text(?:bf|it|tt|sc|rm|sf|normal)?|math(?:bf|cal|bb|rm|sf|it|tt|frak|scr)|boldsymbol|operatorname|mbox|it|em|bf|rm|tt|sc|left|right|url|href|cite[pt]?|ref|label)(?![A-Za-z])\s*\{?/g;
const COMMAND = /\\(?=[A-Za-z])/g;
const GLUE = /[${}]/g;

/**
 * The same text, of the same length, with TeX residue out of the way: `Poincar\'e` reads as one word, `\emph{very}` as
 * `very`, `\alpha` as `alpha`.
 */
export function withoutTex(text: string): string {
  if (!/[\\${}]/.test(text)) return text;
  return text
    .replace(ACCENT, (found) => NOTHING.repeat(found.length))
    .replace(LETTER, NOTHING)
    .replace(FORMAT, (found) => ' '.repeat(found.length))
    .replace(COMMAND, ' ')
    .replace(GLUE, NOTHING)
    .replace(/\\/g, ' ');
}
