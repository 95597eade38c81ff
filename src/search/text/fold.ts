/** Letters that Unicode does not decompose, and symbols that papers spell out as often as not. */
const SPELLED = new Map(
  Object.entries({
    ß: 'ss',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    æ: 'ae',
    œ: 'oe',
    ı: 'i',
  }),
);
const SPELLED_LETTERS = new RegExp(`[${[...SPELLED.keys()].join('')}]`, 'g');

const GREEK = new Map(
  Object.entries({
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    ε: 'epsilon',
    ζ: 'zeta',
    η: 'eta',
    θ: 'theta',
    κ: 'kappa',
    λ: 'lambda',
    μ: 'mu',
    ν: 'nu',
    ξ: 'xi',
    π: 'pi',
    ρ: 'rho',
    σ: 'sigma',
    τ: 'tau',
    φ: 'phi',
    χ: 'chi',
    ψ: 'psi',
    ω: 'omega',
  }),
);

/** One word as it is compared: lower case, without accents, ligatures, apostrophes or invisible characters. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]+$/.test(lower)) return lower;
  const plain = lower
    .replaceAll('ℓ', 'ell')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[’ʼ＇]/g, "'")
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/'s$/, '')
    .replace(/[^\p{L}\p{N}.+#]+/gu, '')
    .replace(SPELLED_LETTERS, (letter) => SPELLED.get(letter) ?? letter);
  return GREEK.get(plain) ?? plain;
}
