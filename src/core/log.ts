import { pino, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

const options: LoggerOptions = {
  base: null,
  redact: {
    paths: ['token', '*.token', 'authorization', '*.authorization', '*.headers.authorization', 'interaction.token'],
    censor: '[redacted]',
  },
};

/** Anything shaped like a bot token, a webhook or interaction address, or a password inside a database address. */
const SECRETS: [RegExp, string][] = [
  [/\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b/g, '[redacted]'],
  [/(\/(?:webhooks|interactions)\/\d+\/)[\w.~-]+/g, '$1[redacted]'],
  [/(\b[a-z][a-z0-9+]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1[redacted]@'],
];

/** The same text without secrets. */
export function redact(text: string): string {
  return SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/**
 * A JSON logger at `level` (pino's names) that writes whole lines to `write` with secrets redacted.
 * On a terminal the lines are made readable.
 */
export function createLog(level: string, write: (line: string) => void): Log {
  return pino({ ...options, level }, { write: (line) => write(redact(line)) });
}

/** For callers that want no log. */
export const silentLog: Log = pino({ level: 'silent' });
