import { checkText, type Place } from './problems.ts';

/** Notes a fault unless `value` is absent or an address with one of `schemes`. */
export function checkUrl(
  place: Place,
  value: unknown,
  given: { max: number; schemes: readonly string[]; required?: boolean },
): void {
  const { max, schemes, required = false } = given;
  if (!checkText(place, value, { max, required })) return;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url) {
    place.fault('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return;
  }
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.includes(scheme)) {
    const known = schemes.map((name) => `'${name}'`).join(', ');
    place.fault('URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" is not supported. Scheme must be one of (${known}).`);
  } else if (!url.hostname) place.fault('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
}

export const WEB: readonly string[] = ['http', 'https'];
export const WEB_OR_ATTACHMENT: readonly string[] = [...WEB, 'attachment'];
