/** As every database will give it back: half of a surrogate pair has no place in UTF-8, and PostgreSQL refuses NUL. */
export function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}
