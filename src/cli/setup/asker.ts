import { UserError } from '../../core/errors.ts';

/** What every question has. */
interface Question {
  /** The option of the command line that answers it, without dashes. */
  name: string;
  message: string;
}

export interface TextQuestion extends Question {
  /** What holds when nothing else is said. */
  initial?: string;
  /** Shown where nothing is typed yet. */
  example?: string;
  /** Whether nobody may see what is typed. */
  hidden?: boolean;
  /** Why this cannot be the answer; `null` when it can. */
  problem?: (text: string) => string | null;
}

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

export interface ChoiceQuestion extends Question {
  choices: readonly Choice[];
  initial?: string;
}

export interface ChoicesQuestion extends Question {
  choices: readonly Choice[];
  initial: readonly string[];
}

/** Whoever answers: a person at a terminal, or the options of the command line. */
export interface Asker {
  /** Says something between two questions. */
  say(text: string): void;
  text(question: TextQuestion): Promise<string>;
  choose(question: ChoiceQuestion): Promise<string>;
  chooseSome(question: ChoicesQuestion): Promise<string[]>;
  confirm(message: string): Promise<boolean>;
  /** Looks again and again until there is something, or whoever is asked does not want to wait: then `null`. */
  wait<T>(waiting: { message: string; skip: string; look: () => Promise<T | null> }): Promise<T | null>;
  /** Whether there is any use in asking again after a wrong answer. */
  readonly isPatient: boolean;
}

/** Thrown by an asker when the person ends the questions. */
export class EndedError extends Error {}

/**
 * Asks until `check` is content with the answer, and returns what that makes of it.
 * @throws UserError of `check` when there is no use in asking again; EndedError.
 */
export async function askUntil<T>(
  asker: Asker,
  ask: () => Promise<string>,
  check: (answer: string) => T | Promise<T>,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    try {
      return await check(answer);
    } catch (error) {
      if (!(error instanceof UserError) || !asker.isPatient) throw error;
      asker.say(error.message);
    }
  }
}
