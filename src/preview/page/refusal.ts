/** One field that Discord would refuse, and why. */
interface Leaf {
  _errors: { code: string; message: string }[];
}

type Nested = { [field: string]: Nested } | Leaf;

/**
 * Discord's nested errors (https://discord.com/developers/docs/reference#error-messages) as one line a field:
 * `data.embeds[0].title: Must be 256 or fewer in length. (BASE_TYPE_MAX_LENGTH)`. Text that is no such JSON stays as it is.
 */
export function detailLines(detail: string): string[] {
  try {
    return linesOf(JSON.parse(detail) as Nested, '');
  } catch {
    return detail === '' ? [] : [detail];
  }
}

function linesOf(errors: Nested, path: string): string[] {
  if (isLeaf(errors)) {
    const { _errors: reasons } = errors;
    return reasons.map(({ code, message }) => `${path}: ${message} (${code})`);
  }
  return Object.entries(errors).flatMap(([field, nested]) => linesOf(nested, pathTo(path, field)));
}

function isLeaf(errors: Nested): errors is Leaf {
  return Array.isArray(errors['_errors']);
}

function pathTo(path: string, field: string): string {
  if (/^\d+$/.test(field)) return `${path}[${field}]`;
  return path === '' ? field : `${path}.${field}`;
}

/** The same text with nested errors in it written as `detailLines` does. */
export function readable(text: string): string {
  return text.replace(/\{.*\}/s, (json) => detailLines(json).join('; '));
}

/** The path of a request without its query, and with the long tokens in it left out. */
export function shortPath(path: string): string {
  return path.replace(/\?.*$/, '').replaceAll(/[\w-]{40,}/g, '…');
}
