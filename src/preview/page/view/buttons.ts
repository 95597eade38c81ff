import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { APIButtonComponent, APIMessageComponentEmoji } from 'discord.js';
import { icons } from './icons.ts';

/** By Discord's numbers (https://discord.com/developers/docs/components/reference#button-button-styles). */
const STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'secondary', 'primary'];

interface Settings {
  disabled: boolean;
  /** Pressed, and not answered yet. */
  busy: boolean;
  press: (customId: string) => void;
}

export function buttonView(button: APIButtonComponent, settings: Settings): TemplateResult {
  const style = STYLES[button.style] ?? 'secondary';
  const label = 'label' in button ? button.label : undefined;
  const emoji = 'emoji' in button ? emojiText(button.emoji) : undefined;
  const content = html`${emoji ? html`<span class="emoji">${emoji}</span>` : nothing}${label ?? nothing}`;
  if ('url' in button && !button.disabled) {
    return html`<a class="button ${style}" href=${button.url} target="_blank" rel="noopener noreferrer"
      >${content}${icons.open}</a
    >`;
  }
  const customId = 'custom_id' in button ? button.custom_id : null;
  return html`<button
    type="button"
    class="button ${style} ${settings.busy ? 'busy' : ''}"
    ?disabled=${button.disabled === true || customId === null}
    aria-disabled=${settings.disabled ? 'true' : nothing}
    aria-busy=${settings.busy ? 'true' : nothing}
    @click=${() => customId !== null && settings.press(customId)}
  >
    <span class="button-text">${content}</span>
  </button>`;
}

/** Discord's own pictures cannot be loaded here: their name stands for them. */
export function emojiText(emoji: APIMessageComponentEmoji | undefined): string | undefined {
  if (emoji === undefined) return undefined;
  return emoji.id ? `:${emoji.name ?? 'emoji'}:` : emoji.name;
}
