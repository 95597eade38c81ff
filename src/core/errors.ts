/**
 * An error whose message is safe and helpful to show to the person who caused it: what was wrong, where, and what to do.
 * Every other error shows a reference that also stands in the log.
 */
export class UserError extends Error {
  override name = 'UserError';
}

/** The text of anything thrown, for logs and for wrapping. */
export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
