import { ComponentType, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { UserError } from '../../core/errors.ts';

interface FormComponent {
  type: ComponentType;
  id?: number;
  custom_id?: string;
  value?: string;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  label?: string;
  components?: FormComponent[];
  component?: FormComponent;
}

type Values = Record<string, string | string[]>;

/**
 * The components of a submitted form, filled with values by `custom_id`.
 * @throws UserError for a field that the form has not, or a value that it would not take.
 */
export function fillForm(modal: APIModalInteractionResponseCallbackData, values: Values): object[] {
  const components = modal.components as FormComponent[];
  const known = components.flatMap(fieldsIn);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UserError(`The form has no field "${unknown}".`);
  return components.map((component) => fill(component, values));
}

function fieldsIn({ custom_id, component, components = [] }: FormComponent): string[] {
  const nested = [...components, ...(component ? [component] : [])].flatMap(fieldsIn);
  return custom_id === undefined ? nested : [custom_id, ...nested];
}

function fill(component: FormComponent, values: Values): object {
  const { type, id } = component;
  const own = { type, ...(id === undefined ? {} : { id }) };
  if (component.components) return { ...own, components: component.components.map((item) => fill(item, values)) };
  if (component.component) return { ...own, component: fill(component.component, values) };
  const customId = component.custom_id;
  if (customId === undefined) return own;
  const value = values[customId];
  if (type === ComponentType.TextInput) {
    return { ...own, custom_id: customId, value: checkTyped(component, value ?? component.value ?? '') };
  }
  return { ...own, custom_id: customId, values: typeof value === 'string' ? [value] : (value ?? []) };
}

function checkTyped(component: FormComponent, value: string | string[]): string {
  const { custom_id, required = true, min_length = 0, max_length = 4000 } = component;
  if (typeof value !== 'string') throw new UserError(`The field "${custom_id}" takes a text.`);
  if (value === '' && !required) return value;
  if (value.length < Math.max(min_length, 1) || value.length > max_length) {
    throw new UserError(
      `The field "${custom_id}" takes between ${Math.max(min_length, 1)} and ${max_length} characters.`,
    );
  }
  return value;
}
