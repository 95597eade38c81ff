import { UserError } from '../../core/errors.ts';
import type { Asker } from './asker.ts';

/** Answers from the command line by the names of questions; a question without one has its default as its answer. */
export function optionAsker(given: Record<string, string | undefined>, say: (text: string) => void): Asker {
  const refuse = (name: string, problem: string): never => {
    throw new UserError(`--${name}: ${problem}`);
  };
  const among = (name: string, choices: readonly { value: string }[], value: string): string => {
    if (choices.some((choice) => choice.value === value)) return value;
    return refuse(name, `there is no "${value}". There are: ${choices.map((choice) => choice.value).join(', ')}.`);
  };
  return {
    say,
    isPatient: false,
    async text({ name, initial = '', problem, hidden }) {
      const answer = given[name] ?? initial;
      const why = problem?.(answer) ?? null;
      return why === null ? answer : refuse(name, hidden ? why : `"${answer}": ${why}`);
    },
    async choose({ name, choices, initial = '' }) {
      return among(name, choices, given[name] ?? initial);
    },
    async chooseSome({ name, choices, initial }) {
      const answer = given[name];
      if (answer === undefined) return [...initial];
      const values = answer.split(',').map((part) => part.trim());
      return values.filter(Boolean).map((value) => among(name, choices, value));
    },
    confirm: async () => true,
    wait: ({ look }) => look(),
  };
}
