/** A share from 0 to 1 as `12%`, `3.4%`, `0.05%`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0%';
  const digits = value >= 9.95 ? 0 : value >= 0.095 ? 1 : 2;
  return `${value.toFixed(digits).replace(/\.0+$/, '')}%`;
}
