/** A count as the page writes it: `27`, `1,204`, `3.29k`. For use inside other expressions. */
export const COUNT = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[kKmM]?)`;

const WHOLE_COUNT = new RegExp(`^${COUNT}$`);
const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6 };

/** The number a count stands for (`3.29k` is 3290), or `null` for any other text. */
export function parseCount(text: string): number | null {
  if (text.length > 20 || !WHOLE_COUNT.test(text)) return null;
  const unit = UNITS[text.slice(-1).toLowerCase()];
  return Math.round(Number.parseFloat(text.replaceAll(',', '')) * (unit ?? 1));
}
