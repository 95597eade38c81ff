import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** A new name for this process, as whoever looks for it needs it; its end keeps two in two containers apart. */
export function newProcessId(): string {
  return `${process.pid} on ${hostname()} (${randomBytes(6).toString('base64url')})`;
}
