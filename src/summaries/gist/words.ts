/** The patterns below stand for words, any of them. */
export const anyOf = (words: string): string =>
  `(?:${words
    .trim()
    .split(/\s*\n\s*|\s*\|\s*/)
    .join('|')})`;

/** A paper, as it speaks of itself. */
export const THIS_PAPER =
  '(?:this|our|the|the present|the current) (?:[\\w-]+ )?(?:paper|work|study|article|report|survey|manuscript|thesis|review)';

/** What authors do, as `we` does it: a sentence goes on with one of these after `and`. */
export const DEEDS = anyOf(`
  achieve|address|adopt|advocate|analy[sz]e|answer|apply|argue|ask|build|call|characteri[sz]e|compare|conclude|conduct
  confirm|consider|construct|create|define|demonstrate|derive|describe|design|develop|discuss|employ|establish|evaluate
  examine|explore|extend|find|formulate|give|highlight|identify|illustrate|implement|improve|introduce|investigate|leverage
  make|observe|obtain|offer|outperform|perform|present|propose|prove|provide|quantify|reduce|release|report|show|solve|study
  suggest|term|test|train|use|validate|verify|empirically|experimentally|theoretically|numerically
`);
