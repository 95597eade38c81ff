/** Marks around a whole phrase, as keyboards write them. */
const QUOTED = /^["“”„«]([^"“”„«»]+)["“”„«»]$/u;

/** The parts of what was typed, separated by commas outside quotes and brackets: one query each, those named twice once. */
export function separateTerms(typed: string): { name: string; query: string }[] {
  const queries = [''];
  let isQuoted = false;
  let depth = 0;
  for (const character of typed) {
    if (/["“”]/.test(character)) isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') depth -= 1;
    if (character === ',' && !isQuoted && depth <= 0) queries.push('');
    else queries[queries.length - 1] += character;
  }
  const terms = queries.map((each) => each.trim().replace(/\s+/g, ' ')).filter(Boolean);
  const byName = new Map(terms.map((query) => [query.toLowerCase(), { name: nameOf(query), query }]));
  return [...byName.values()];
}

/** A phrase without its quotes; any other query as it is. */
function nameOf(query: string): string {
  return QUOTED.exec(query)?.[1]?.trim() ?? query;
}
