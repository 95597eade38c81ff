import { ownVersion } from '../../core/version.ts';

/** Who asks: `Paperboy/1.2.3 (contact: me@example.org)`. */
export function userAgent(contact: string | null): string {
  return `Paperboy/${ownVersion()}${contact === null ? '' : ` (contact: ${contact})`}`;
}
