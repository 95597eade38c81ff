const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g;

/**
 * The first of these names that a JSON object has twice, or `null`. Of two values a parser keeps the last, which may be
 * another paper's where a line was lost.
 */
export function doubledKey(json: string, names: readonly string[]): string | null {
  const candidates = names.filter((name) => json.indexOf(`"${name}"`) !== json.lastIndexOf(`"${name}"`));
  if (candidates.length === 0) return null;
  const objects: Set<string>[] = [];
  for (const [token, key = '', colon] of json.matchAll(TOKEN)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (colon !== undefined && candidates.includes(key)) {
      if (objects.at(-1)?.has(key)) return key;
      objects.at(-1)?.add(key);
    }
  }
  return null;
}
