const LONGEST = 2000;

/** The text when it is an http(s) address, else `null`. */
export function webAddress(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || !/^https?:\/\/\S+$/i.test(trimmed)) return null;
  return URL.canParse(trimmed) ? trimmed : null;
}
