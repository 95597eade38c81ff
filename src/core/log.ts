import { pino, type Logger } from 'pino';
import { currentTrace } from './trace.ts';

export type Log = Logger;

/** Names of fields whose text is secret wherever they stand, also in JSON inside JSON. */
const SECRET_FIELD = /(\\*"[\w-]*(?:token|authorization|password|secret)\\*"\s*:\s*\\*")(?:[^"\\]|\\.)+/gi;

const SECRETS: [RegExp, string][] = [
  [SECRET_FIELD, '$1[redacted]'],
  // A bot token, wherever it stands: https://docs.discord.com/developers/reference#authentication
  [/(?<![\w.-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, '[redacted]'],
  [/\b(Bot|Bearer) [\w.~+/=-]{16,}/g, '$1 [redacted]'],
  // The address of a webhook or of an interaction lets anyone post.
  [/(\/(?:webhooks|interactions)\/\d+\/)[^\s/?#"\\]+/g, '$1[redacted]'],
  // The password in a database's address, which may itself hold ":", "/" and "@".
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*:)(?!\d{1,5}\/)[^\s"\\]+@/gi, '$1[redacted]@'],
];

/** The same text without secrets. */
export function redact(text: string): string {
  return SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/**
 * A log at `level` (pino's names) that hands each line, JSON without secrets, to `write`. A line that is written under a trace
 * bears its id.
 */
export function createLog(level: string, write: (line: string) => void): Log {
  return pino({ base: null, level, mixin }, { write: (line) => write(redact(line)) });
}

function mixin(): { trace?: string } {
  const trace = currentTrace();
  return trace === null ? {} : { trace };
}

/** For callers that want no log. */
export const silentLog: Log = pino({ level: 'silent' });
