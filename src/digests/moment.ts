import { isDay } from '../core/dates.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}\S*)?$/;
const MAIL = /^(?:[A-Za-z]{3},\s{0,3})?\d{1,2}\s{1,3}[A-Za-z]{3}\s{1,3}\d{4}\s{1,3}\d{1,2}:\d{2}/;

/**
 * The day in UTC, `YYYY-MM-DD`, of a moment as ISO 8601 (`2026-06-01T00:00:00Z`) or RFC 5322, section 3.3
 * (`Mon, 01 Jun 2026 00:00:00 -0400`) writes it; `null` for any other text.
 */
export function dayOfMoment(text: string): string | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed)?.[1];
  if (trimmed.length > 60 || (iso === undefined && !MAIL.test(trimmed)) || (iso && !isDay(iso))) return null;
  const time = Date.parse(trimmed.replace(/\s*\(.*$/, ''));
  if (Number.isNaN(time)) return null;
  const day = new Date(time).toISOString().slice(0, 10);
  return isDay(day) ? day : null;
}
