import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord.js';
import { safeUrl } from './links.ts';
import { label } from './text.ts';

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** https://discord.com/developers/docs/components/reference, in characters or pieces. */
export const COMPONENT_LIMITS = {
  rows: 5,
  buttons: 5,
  options: 25,
  customId: 100,
  buttonLabel: 80,
  placeholder: 150,
  option: 100,
} as const;

/** The rows that Discord takes: texts cut, and left out what is over the limits, empty, or has an id that occurs twice. */
export function fitComponents(rows: Row[]): Row[] {
  const ids = new Set<string>();
  return rows
    .map((row) => ({ ...row, components: fitRow(row.components, ids) }))
    .filter(({ components }) => components.length > 0)
    .slice(0, COMPONENT_LIMITS.rows);
}

/** Up to five buttons, or one select alone. */
function fitRow(components: APIComponentInMessageActionRow[], ids: Set<string>): APIComponentInMessageActionRow[] {
  const fitted = components
    .map(fitComponent)
    .filter((component) => component !== null)
    .filter((component) => takeId(component, ids));
  const [first] = fitted;
  if (first && first.type !== ComponentType.Button) return [first];
  return fitted.filter(({ type }) => type === ComponentType.Button).slice(0, COMPONENT_LIMITS.buttons);
}

function takeId(component: APIComponentInMessageActionRow, ids: Set<string>): boolean {
  if (!('custom_id' in component)) return true;
  const id = component.custom_id;
  if (!id || id.length > COMPONENT_LIMITS.customId || ids.has(id)) return false;
  ids.add(id);
  return true;
}

function fitComponent(component: APIComponentInMessageActionRow): APIComponentInMessageActionRow | null {
  if (component.type === ComponentType.Button) return fitButton(component);
  if (component.type === ComponentType.StringSelect) return fitSelect(component);
  return component;
}

function fitButton(button: APIButtonComponent): APIButtonComponent | null {
  if (!('label' in button)) return null;
  const text = label(button.label ?? '', COMPONENT_LIMITS.buttonLabel);
  if (!text) return null;
  if (!('url' in button)) return { ...button, label: text };
  const url = safeUrl(button.url);
  return url ? { ...button, label: text, url } : null;
}

function fitSelect({ placeholder: hint, ...select }: APIStringSelectComponent): APIStringSelectComponent | null {
  const values = new Set<string>();
  const options = select.options
    .filter(({ value }) => value && value.length <= COMPONENT_LIMITS.option && !values.has(value) && values.add(value))
    .map(({ description, ...option }) => {
      const fitted = { ...option, label: label(option.label, COMPONENT_LIMITS.option) || '…' };
      const line = description ? label(description, COMPONENT_LIMITS.option) : '';
      return line ? { ...fitted, description: line } : fitted;
    })
    .slice(0, COMPONENT_LIMITS.options);
  if (options.length === 0) return null;
  const placeholder = label(hint ?? '', COMPONENT_LIMITS.placeholder);
  return { ...select, options, ...(placeholder ? { placeholder } : {}) };
}
