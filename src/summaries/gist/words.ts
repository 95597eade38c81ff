/** The patterns below stand for words, any of them. */
export const anyOf = (words: string): string =>
  `(?:${words
    .trim()
    .split(/\s*\n\s*|\s*\|\s*/)
    .join('|')})`;

/** A paper, as it speaks of itself. */
export const THIS_PAPER =
  '(?:this|our|the present|the current) (?:[\\w-]+ )?(?:paper|work|study|article|report|survey|manuscript|thesis|review)';

/** What authors do, as `we` does it: a sentence goes on with one of these after `and`. */
export const DEEDS = anyOf(`
  achieve|analy[sz]e|apply|argue|characteri[sz]e|compare|conduct|demonstrate|derive|describe|design|develop|discuss
  establish|evaluate|examine|explore|extend|find|give|identify|illustrate|implement|improve|introduce|investigate
  observe|obtain|outperform|perform|present|propose|prove|provide|release|report|show|study|suggest|test|train
  use|validate|verify|empirically|experimentally|theoretically|numerically
`);
