import { html, type TemplateResult } from 'lit/html.js';
import type { APISelectMenuComponent } from 'discord.js';
import { COMPONENT, type Component } from '../api.ts';
import { channels, people, roles, type Item } from '../composer/offer.ts';
import type { State } from '../state.ts';
import { emojiText } from './buttons.ts';
import type { SelectOption } from './select-menu.ts';

const SELECTS: Component['type'][] = [
  COMPONENT.stringSelect,
  COMPONENT.userSelect,
  COMPONENT.roleSelect,
  COMPONENT.mentionableSelect,
  COMPONENT.channelSelect,
];

export function isSelect(component: Component): component is APISelectMenuComponent {
  return SELECTS.includes(component.type);
}

interface Settings {
  /** The accessible name where the placeholder says too little. */
  label?: string;
  disabled?: boolean;
  busy?: boolean;
  choose?: (values: string[]) => void;
}

export function selectView(state: State, select: APISelectMenuComponent, settings: Settings): TemplateResult {
  const placeholder = select.placeholder ?? 'Make a selection';
  return html`<select-menu
    data-custom-id=${select.custom_id}
    data-type=${select.type}
    label=${settings.label ?? placeholder}
    placeholder=${placeholder}
    .options=${optionsOf(state, select)}
    .least=${select.required === false ? 0 : (select.min_values ?? 1)}
    .most=${select.max_values ?? 1}
    ?disabled=${select.disabled === true}
    ?locked=${settings.disabled ?? false}
    ?busy=${settings.busy ?? false}
    @choose=${(event: CustomEvent<string[]>) => settings.choose?.(event.detail)}
  ></select-menu>`;
}

const known = new WeakMap<APISelectMenuComponent, SelectOption[]>();

/** The same array for the same component, so that what the reader chose is kept while the rest is drawn anew. */
function optionsOf(state: State, select: APISelectMenuComponent): SelectOption[] {
  const options = known.get(select) ?? readOptions(state, select);
  known.set(select, options);
  return options;
}

function readOptions(state: State, select: APISelectMenuComponent): SelectOption[] {
  switch (select.type) {
    case COMPONENT.stringSelect:
      return select.options.map(({ emoji, ...option }) => ({ ...option, emoji: emojiText(emoji) }));
    case COMPONENT.userSelect:
      return toOptions(people(state), select);
    case COMPONENT.roleSelect:
      return toOptions(roles(state), select);
    case COMPONENT.channelSelect:
      return toOptions(channels(state, select.channel_types), select);
    default:
      return toOptions([...people(state), ...roles(state)], select);
  }
}

function toOptions(items: Item[], { default_values = [] }: { default_values?: { id: string }[] }): SelectOption[] {
  return items.flatMap((item) => {
    if (item.kind !== 'choice') return [];
    const value = String(item.value);
    const isDefault = default_values.some(({ id }) => id === value);
    return [{ label: item.name, value, description: item.detail ?? undefined, default: isDefault }];
  });
}
