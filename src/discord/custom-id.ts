import { COMPONENT_LIMITS } from './fit-components.ts';

/**
 * The `custom_id` of a component of `command`: its parts joined by colons, as `PressRequest.action` gives them back. What is
 * longer goes to `store/button-states.ts`, and its id here.
 * @throws Error when a part holds a colon or the whole is over 100 characters; that is a mistake in the code.
 */
export function customId(command: string, ...action: (string | number)[]): string {
  const id = [command, ...action].join(':');
  if (action.some((part) => String(part).includes(':')) || id.length > COMPONENT_LIMITS.customId) {
    throw new Error(`"${id}" cannot be a custom_id; keep the state with keepState and put its id here.`);
  }
  return id;
}

/** The command that a `custom_id` belongs to, and what follows its name. */
export function readCustomId(id: string): { command: string; action: string[] } {
  const [command = '', ...action] = id.split(':');
  return { command, action };
}
