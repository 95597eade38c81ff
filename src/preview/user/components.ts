import { ComponentType, type APIMessage } from 'discord.js';
import { UserError } from '../../core/errors.ts';

export interface PressableComponent {
  type: ComponentType;
  id?: number;
  custom_id: string;
  disabled?: boolean;
  options?: { value: string }[];
  min_values?: number;
  max_values?: number;
}

function all(value: unknown): PressableComponent[] {
  if (Array.isArray(value)) return value.flatMap(all);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'custom_id' in value ? [value as PressableComponent] : [];
  return [...own, ...Object.values(value).flatMap(all)];
}

/** Every button and select of a message, however deep. */
function componentsOf(message: APIMessage): PressableComponent[] {
  return all(message.components ?? []);
}

/**
 * The component of a message that a press means.
 * @throws UserError when it is not there, disabled, or does not offer the chosen values.
 */
export function findComponent(message: APIMessage, customId: string, values: string[] | undefined): PressableComponent {
  const component = componentsOf(message).find(({ custom_id }) => custom_id === customId);
  if (!component) throw new UserError(`The message has no component "${customId}".`);
  if (component.disabled) throw new UserError(`The component "${customId}" is disabled.`);
  const { options, min_values = 1, max_values = 1 } = component;
  if (component.type === ComponentType.Button) return component;
  const chosen = values ?? [];
  if (chosen.length < min_values || chosen.length > max_values) {
    throw new UserError(`"${customId}" takes between ${min_values} and ${max_values} values.`);
  }
  const unknown = options ? chosen.find((value) => !options.some((option) => option.value === value)) : undefined;
  if (unknown !== undefined) throw new UserError(`"${customId}" does not offer "${unknown}".`);
  return component;
}
