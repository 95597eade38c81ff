import pretty from 'pino-pretty';

/** What writes a log's lines to standard output: as JSON, or readable on a terminal. */
export function logWriter(): (line: string) => void {
  if (!process.stdout.isTTY) return (line) => void process.stdout.write(line);
  const stream = pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' });
  return (line) => void stream.write(line);
}
