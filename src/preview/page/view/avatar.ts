import { html, type TemplateResult } from 'lit/html.js';
import { displayName } from '../api.ts';

const COLOURS = 6;

/** The bot's newspaper, or the first letter of a name on a colour of its own. */
export function avatarView(
  user: { id: string; username: string; global_name: string | null; bot?: boolean },
  kind = '',
): TemplateResult {
  if (user.bot) return html`<img class="avatar ${kind}" src="icon.svg" alt="" />`;
  const colour = Number(BigInt(user.id) % BigInt(COLOURS));
  return html`<span class="avatar letter colour-${colour} ${kind}" aria-hidden="true"
    >${firstLetter(displayName(user))}</span
  >`;
}

function firstLetter(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 63).toUpperCase();
}
