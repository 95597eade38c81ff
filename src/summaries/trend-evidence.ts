/**
 * How sure it is that a share of `k` in `n` stands for more than one of `l` in `m`: the log-likelihood ratio G² (Dunning 1993,
 * https://aclanthology.org/J93-1003/); 0 where the share is not larger. Beyond 10.83, one in a thousand is chance.
 */
export function evidenceOf(k: number, n: number, l: number, m: number): number {
  if (n === 0 || (m > 0 && k / n <= l / m)) return 0;
  const share = (k + l) / (n + m);
  const part = (observed: number, expected: number) => (observed > 0 ? observed * Math.log(observed / expected) : 0);
  const having = part(k, n * share) + part(l, m * share);
  const without = part(n - k, n * (1 - share)) + part(m - l, m * (1 - share));
  return 2 * (having + without);
}
