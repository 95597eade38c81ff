/**
 * A folded word without the `s` of the plural. Less than a stem: `convergent` and `convergence`, or `discriminator` and
 * `discrimination`, make different themes.
 */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.slice(0, -1);
}
