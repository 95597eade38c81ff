import { type Ask, createAsk } from '../../discord/ask.ts';
import { type Account, findAccount } from '../../discord/lookups.ts';
import { UserError } from '../../core/errors.ts';
import { pastedToken, tokenProblem } from '../../discord/token.ts';
import { type Asker, askUntil } from './asker.ts';

/** The bot that is set up. */
export interface Bot extends Account {
  token: string;
  ask: Ask;
}

interface BotQuestion {
  /** The token that is set already; empty when none is. */
  present: string;
  apiUrl: string;
  fetch: typeof fetch;
}

/** Asks for the token until Discord takes it. @throws UserError as `askUntil` does. */
export async function askBot(asker: Asker, { present, apiUrl, fetch }: BotQuestion): Promise<Bot> {
  const message = present
    ? "The bot's token (Enter keeps the one that is there)"
    : "The bot's token, from the page Bot of your application at https://discord.com/developers/applications";
  const question = { name: 'token', message, initial: present, hidden: true };
  return askUntil(
    asker,
    () => asker.text(question),
    async (answer) => {
      const token = pastedToken(answer);
      const problem = tokenProblem(token);
      if (problem !== null) throw new UserError(problem);
      const ask = createAsk({ token, apiUrl, fetch });
      return { ...(await findAccount(ask)), token, ask };
    },
  );
}
