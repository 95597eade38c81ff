import { text } from 'node:stream/consumers';
import { ENV_FILE, readEnvironment } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker } from './asker.ts';
import { optionAsker } from './option-asker.ts';
import { setup } from './setup.ts';
import { terminalAsker } from './terminal-asker.ts';

/** What the command line may answer; with any of these nothing is asked. */
export interface SetupOptions {
  yes?: boolean;
  tokenFromStdin?: boolean;
  server?: string;
  channel?: string;
  time?: string;
  timezone?: string;
  sources?: string;
  arxiv?: string;
  contact?: string;
  database?: string;
}

/**
 * Asks at the terminal, or takes what `options` say.
 * @returns the exit code.
 * @throws UserError when there is no terminal and no option, or as `setup` does.
 */
export async function setupFromCommandLine(options: SetupOptions, terminal: Terminal): Promise<number> {
  const environment = readEnvironment();
  const asker = await askerFor(options, terminal);
  const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
  return setup({ asker, environment, envFile: ENV_FILE, fetch, clock: systemClock, timezone });
}

async function askerFor(options: SetupOptions, terminal: Terminal): Promise<Asker> {
  const { stdin, stdout } = process;
  const { yes: _, tokenFromStdin, ...rest } = options;
  if (Object.keys(options).length > 0) {
    const given: Record<string, string | undefined> = { ...rest };
    if (tokenFromStdin) given['token'] = await text(stdin);
    if (options.database) given['kept-in'] = options.database.startsWith('postgres') ? 'postgres' : 'file';
    return optionAsker(given, (words) => terminal.note(words));
  }
  if (stdin.isTTY && stdout.isTTY) return terminalAsker(stdin, stdout);
  throw new UserError(
    [
      'There is no terminal to ask at. Answer with options instead, for example:',
      '  paperboy setup --token-from-stdin --channel ID --time 09:00 --timezone Europe/Berlin < token.txt',
      '(paperboy setup --help lists them), or copy .env.example to .env, fill it in, and try it with paperboy doctor.',
    ].join('\n'),
  );
}
