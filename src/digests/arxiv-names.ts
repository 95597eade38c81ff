/** A name that only adds to the one before (`Jr.`). */
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const LONGEST = 200_000;
const MORE = /\((\d{1,5}) additional authors? not shown\)/;

/** The names in a list as arXiv writes it: `A. One, B. Two (MIT) and C. Three`. Affiliations are left out. */
export function namesIn(list: string): { authors: string[] | null; authorCount: number | null } {
  const text = list.slice(0, LONGEST);
  const hidden = Number(MORE.exec(text)?.[1] ?? 0);
  const names: string[] = [];
  for (const piece of withoutBrackets(text).split(/,|\sand\s|;/)) {
    const name = piece.trim().replace(/^and\s/, '');
    if (SUFFIX.test(name) && names.length > 0) names[names.length - 1] += `, ${name}`;
    else if (name !== '' && !/^et al\.?$/i.test(name)) names.push(name);
  }
  return { authors: names.length > 0 ? names : null, authorCount: names.length > 0 ? names.length + hidden : null };
}

/** Without what stands in round brackets, also nested ones. */
function withoutBrackets(text: string): string {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept.replace(/\s+/g, ' ');
}
