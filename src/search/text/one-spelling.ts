/** British spellings and the American ones. Both begin with the same two letters. */
const SPELLINGS: [RegExp, string][] = [
  // Without those that Americans spell alike, or whose relatives keep the s (`revise`, `precise`, `advertise`).
  [/(?<=[a-z]{3})(?<![aouvw]|[emnrx]c|pr|advert|chast|franch|prom)is(ations?|ational|able|ed|es|e|ers?|ing)$/, 'iz$1'],
  [/(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rig|rum|sav|tum|vap|vig)our/, '$1or'],
  [/(calib|cent|fib|lit|met|theat)re(s?)$/, '$1er$2'],
  [/^(def|lic|off)ence/, '$1ense'],
  [/(?<=[a-z]{4})ogue(s?)$/, 'og$1'],
  [/^programmes?$/, 'program'],
  [/^artefact/, 'artifact'],
  [/^ageing$/, 'aging'],
  [/^grey/, 'gray'],
  [/sulph/, 'sulf'],
];

/** A word of small letters as Americans spell it. */
export function oneSpelling(word: string): string {
  for (const [british, american] of SPELLINGS) {
    if (british.test(word)) return word.replace(british, american);
  }
  return word;
}
