import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A row of up to five buttons, or one select. */
export function row(...components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

/** A calm button; `id` comes from `customId`. */
export function button(id: string, label: string, disabled = false): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: id, label, disabled };
}

/** The button that does what was asked for; at most one in a message. */
export function primaryButton(id: string, label: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: id, label };
}

/** A button for what cannot be undone. */
export function dangerButton(id: string, label: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Danger, custom_id: id, label };
}

/** A button that opens an address. */
export function linkButton(label: string, url: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}
