import { anyOf, DEEDS, THIS_PAPER } from './words.ts';

/** What was left out before a candidate: nothing (or words that say nothing), a first clause, or who says it. */
export type HeadKind = 'whole' | 'clause' | 'thing' | 'finding';

export interface Head {
  /** Where the candidate begins, in the text. */
  start: number;
  kind: HeadKind;
}

/** How far what is left out may reach, in characters. */
const REACH = 240;
const MOST_CLAUSES = 3;

const SECTION = anyOf(`
  abstract|background|motivations?|introduction|objectives?|aims?|goals?|purpose|methods?|methodology|approach|results?
  findings|conclusions?|contributions?|summary|tl;?dr
`);
const BULLET = '(?:[-–—•*·▪]+|\\(?(?:\\d{1,2}|[ivx]{1,4}|[a-e])\\)|\\d{1,2}\\.)';
const LINK = anyOf(`
  here|herein|in particular|in addition|in summary|in short|in conclusion|in contrast|in response|in fact|in general
  in essence|in this (?:context|regard|setting|way|case)|in doing so|to do so|to do this|as a (?:result|consequence)
  to (?:this|that|these) (?:ends?|aim|purpose|goal)|for this (?:purpose|reason)|with this (?:in mind|goal|aim)
  on the other hand|at the same time|more (?:specifically|precisely|importantly|concretely|generally)|specifically
  concretely|precisely|however|nevertheless|therefore|thus|hence|accordingly|consequently|moreover|furthermore
  additionally|finally|lastly|first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|also|besides|further|importantly|notably
  interestingly|surprisingly|remarkably|crucially|unfortunately|(?:motivated|inspired) by (?:this|these)(?: [\\w-]+){0,3}
  based on (?:this|these)(?: [\\w-]+){0,3}
  to \\w+(?: with)? (?:this|these|those|such|the above|the aforementioned)(?: [\\w-]+){0,3}|and|but|so|yet
`);
/** Words before a sentence that say nothing of the paper. */
const STOCK = new RegExp(
  `^(?:${BULLET}\\s|["“](?=(?:we|this) )|${SECTION}\\s*[:.—–-]\\s|(?:in|with|through) ${THIS_PAPER}(?:,|(?= we\\b))|${LINK}(?:,|(?= we\\b| ${THIS_PAPER})))\\s*`,
  'i',
);

const MANNER = anyOf(`
  empirically|theoretically|experimentally|rigorously|extensively|numerically|formally|mathematically|analytically
  (?:both )?theoretically and empirically|(?:both )?empirically and theoretically
`);
const ADVERB = `(?:${anyOf(`
  first|then|also|further|furthermore|thus|therefore|hence|here|additionally|next|instead|finally|hereby|consequently
  jointly|successfully|clearly|in ${THIS_PAPER}|${MANNER}
`)},? )?`;
const HERE = `(?:,? (?:in ${THIS_PAPER}|here),?)?`;
const OFFER = anyOf(`
  proposes?|introduces?|presents?|describes?|develops?|offers?|devises?|contributes?|puts? forward|reports?|provides?
  gives?
`);
const TELL = anyOf(`
  show|demonstrate|find|prove|observe|argue|discover|establish|reveal|conclude|confirm|see|posit|claim|highlight
  hypothesi[sz]e|illustrate|report|verify|note|suggest|indicate|conjecture|believe
`);
const EVIDENCE = `(?:[\\w-]+ ){0,4}${anyOf(`
  results?|experiments?|evaluations?|findings?|analys[ie]s|stud(?:y|ies)|simulations?|theory|evidence|proofs?
  observations?|comparisons?|tests?|investigations?|ablations?
`)}(?: (?:on|in|with|over|across|of|from|for|using) [^,;:.]{1,80}?)?`;
const OFFERS = `(?:we|${THIS_PAPER}) ${ADVERB}${OFFER}${HERE} `;
const TELLS = [
  `we ${ADVERB}${TELL}${HERE}(?: ${MANNER})? ?(?:,[^,]{1,60}, ?)?that,? `,
  `(?:${THIS_PAPER}|${EVIDENCE}) ${ADVERB}(?:also )?${TELL}e?s? that,? `,
];
const AHEAD_OF_THING = new RegExp(`^${OFFERS}`, 'i');
const AHEAD_OF_FINDING = new RegExp(`^(?:${TELLS.join('|')})`, 'i');
/** How a thing begins that can stand alone: otherwise a verb may follow, or its article be missing. */
const THING =
  /^(?:(?:an?|the|two|three|four|five|several|some|new|novel)\s|["“'‘]?(?!(?:TO|THAT|HOW|AND|WHY|USING)\b)\p{Lu})/u;
/** Who is meant stands in what was left out. */
const POINTS_BACK = /^(?:it|they|this|these|those|both|such|he|she)\b/i;
const GOES_ON = new RegExp(
  `(?:and|then|but|or),? (?:(?:also|then|further|thus|finally|we) )*(?:${DEEDS}|that)\\b`,
  'i',
);
/** A later clause with the authors as its subject; `, we argue,` is none. */
const LATER_CLAUSE = new RegExp(`[,;:] (?:in ${THIS_PAPER},? )?(?=(?:we|${THIS_PAPER}) (?!\\w+,))`, 'gi');

/** Where a sentence may begin to be shown, the earliest first. The text has single spaces. */
export function headsOf(text: string, start: number, end: number): Head[] {
  const first = afterStock(text, start, end);
  const reach = text.slice(first, Math.min(end, first + REACH));
  const clauses = [...reach.matchAll(LATER_CLAUSE)].slice(0, MOST_CLAUSES);
  return [
    { start: first, kind: 'whole' },
    ...clauses.map(({ index, 0: mark }): Head => ({ start: first + index + mark.length, kind: 'clause' })),
  ];
}

/** The same without `We propose` or `We show that`, where a thing (`A method for …`) or a whole clause follows. */
export function pastSpeaker(text: string, head: Head, end: number): Head | null {
  const reach = text.slice(head.start, Math.min(end, head.start + REACH));
  const thing = AHEAD_OF_THING.exec(reach)?.[0];
  const speaker = thing ?? AHEAD_OF_FINDING.exec(reach)?.[0];
  if (speaker === undefined) return null;
  const start = head.start + speaker.length;
  const rest = text.slice(start, end);
  if (thing !== undefined) return THING.test(rest) ? { start, kind: 'thing' } : null;
  return POINTS_BACK.test(rest) ? null : { start: afterStock(text, start, end), kind: 'finding' };
}

/** Whether no part of it needs the `we` that was left out: `…, and show that it works`. */
export function standsAlone(part: string): boolean {
  return !GOES_ON.test(part);
}

function afterStock(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    const stock = STOCK.exec(text.slice(at, Math.min(end, at + REACH)))?.[0];
    if (stock === undefined || at + stock.length >= end) return at;
    at += stock.length;
  }
}
