import { anyOf, DEEDS } from './words.ts';

/** What was left out after a candidate; `room` is a cut for want of room. */
export type TailKind = 'none' | 'deed' | 'clause' | 'participle' | 'means' | 'mark' | 'room';

export interface Tail {
  /** Where the candidate ends, exclusive, in the text. */
  end: number;
  kind: TailKind;
}

/** The most characters that a gist has. */
export const LONGEST_GIST = 300;
/** One character is for the full stop. */
const ROOM = LONGEST_GIST - 1;
/** What is left has at least so many characters and words. */
const SHORTEST = 30;
const FEWEST_WORDS = 5;
const MOST_TAILS = 10;

/** Nothing is cut that limits what is claimed: no `when`, `if`, `only`, `but`, `without`. */
const TAILS: [TailKind, RegExp][] = [
  ['deed', new RegExp(`,? (?:and|and then|then) (?:we|(?:also |further |then )?${DEEDS})\\b`, 'g')],
  ['clause', /, (?:which|while|whereas|whose|and (?:it|they|this|these|our|that|thus|thereby|hence|therefore))\b/g],
  [
    'participle',
    new RegExp(
      `, ${anyOf(`
        achieving|leading|resulting|making|allowing|enabling|yielding|reducing|improving|outperforming|providing|showing
        demonstrating|including|using|leveraging|thus|thereby|hence|exploiting|utili[sz]ing|inspired|motivated|obtaining
        giving|offering|suggesting|indicating|ranging|named|called|dubbed|termed|namely|especially|particularly|such as
        e\\.g\\.|i\\.e\\.|compared|as well as|in particular|due to|thanks to|although|though|by|via|through
        for example|for instance|in which|for which|that is|in order to
      `)}(?=[ ,])`,
      'g',
    ),
  ],
  ['means', / (?:by \w+ing|while|in order to|based on|compared (?:to|with)|as well as)\b/g],
  ['mark', /(?:;|:(?= )| [–—-]{1,3}(?= )|—|---)| \((?=[a-z]{3})/g],
];
/** What is denied or limited may be so by what would be cut. */
const DENIES = /\b(?:not|no|nor|neither|never|only|cannot)\b/i;
/** A part that ends with one of these is cut in the middle of a phrase. */
const DANGLES = new RegExp(
  `(?:^|[ (])${anyOf(`
    an?|the|of|in|on|at|by|for|to|from|with|and|or|as|that|which|is|are|be|we|not|both|either|than|into|between|over|via
    through|under|its|their|our|this|these|i\\.e\\.|e\\.g\\.|\\(?\\w\\)
  `)},?$|[ ,]${DEEDS},?$`,
  'i',
);
/** Where to look for it, in characters. */
const LONGEST_END = 24;
/** The main clause is still to come, after a comma. */
const OPENING = new RegExp(
  `^${anyOf(`
    in|to|for|with|by|on|at|as|when|while|if|although|though|under|through|based|given|since|because|unlike|despite|after
    before|during|from|whereas|among|within|motivated|inspired|compared|besides|instead|rather|due|thanks|without|once
    across|over|via|where|beyond|towards?|\\w+ing
  `)}\\b`,
  'i',
);

/** Where a sentence that is shown from `start` may end, its own end last. The text has single spaces. */
export function tailsOf(text: string, start: number, end: number): Tail[] {
  const part = text.slice(start, Math.min(end, start + ROOM + 1));
  const depth = depths(part);
  const cuts = new Map<number, TailKind>();
  for (const [kind, pattern] of TAILS) {
    for (const { index } of part.matchAll(pattern)) {
      if (depth[index] === 0 && index < ROOM && !cuts.has(index) && stands(part.slice(0, index))) {
        cuts.set(index, kind);
      }
    }
  }
  const tails = [...cuts].map(([at, kind]): Tail => ({ end: start + at, kind }));
  tails.sort((a, b) => a.end - b.end).splice(MOST_TAILS);
  if (end - start <= ROOM) return [...tails, { end, kind: 'none' }];
  const room = tails.length > 0 ? null : lastBreak(part, depth);
  return room === null ? tails : [{ end: start + room, kind: 'room' }];
}

function stands(part: string): boolean {
  if (part.length < SHORTEST || part.split(' ', FEWEST_WORDS).length < FEWEST_WORDS) return false;
  if (DENIES.test(part)) return false;
  if (DANGLES.test(part.slice(-LONGEST_END))) return false;
  if (!OPENING.test(part)) return true;
  const comma = part.indexOf(', ');
  return comma >= 0 && part.length - comma > SHORTEST;
}

/** The last comma of a text that is too long, else its last space; `null` where it has neither. */
function lastBreak(text: string, depth: Uint8Array): number | null {
  let space: number | null = null;
  for (let at = Math.min(text.length - 1, ROOM); at >= SHORTEST; at--) {
    if (depth[at] === 0 && (/[，、；：]/.test(text[at]!) || text.startsWith(', ', at))) return at;
    if (text[at] === ' ') space ??= at;
  }
  return space;
}

/** How many brackets, quotes and formulas are open at each character. */
function depths(text: string): Uint8Array {
  const depth = new Uint8Array(text.length);
  if (!/[([{$“]/.test(text)) return depth;
  let brackets = 0;
  let formula = 0;
  let quote = 0;
  for (let at = 0; at < text.length; at++) {
    depth[at] = Math.min(255, brackets + formula + quote);
    const character = text[at]!;
    if ('([{'.includes(character)) brackets += 1;
    else if (')]}'.includes(character)) brackets = Math.max(0, brackets - 1);
    else if (character === '$') formula = 1 - formula;
    else if (character === '“') quote = 1;
    else if (character === '”') quote = 0;
  }
  return depth;
}
