import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { App } from '../app.ts';
import { callText, type Call, type Option } from '../commands.ts';
import { avatarView } from '../view/avatar.ts';
import { pick } from './edit.ts';
import { activeIndex, type Item, type Offer } from './offer.ts';

/** The list above the composer. The keyboard stays in the field while the pointer chooses. */
export function offerView(app: App, offer: Offer): TemplateResult {
  const active = activeIndex(app.state, offer);
  return html`<div class="offer" @mousedown=${(event: Event) => event.preventDefault()}>
    <p class="offer-heading" id="offer-heading">${offer.heading}</p>
    ${offer.note === null ? nothing : html`<p class="offer-note">${offer.note}</p>`}
    ${
      offer.items.length === 0
        ? nothing
        : html`<ul id="offer-list" role="listbox" aria-labelledby="offer-heading">
            ${offer.items.map((item, index) => itemView(app, item, index, index === active))}
          </ul>`
    }
  </div>`;
}

function itemView(app: App, item: Item, index: number, active: boolean): TemplateResult {
  return html`<li role="option" id="offer-${index}" aria-selected=${active} @click=${() => pick(app, item)}>
    ${
      item.kind === 'call'
        ? callView(app, item.call)
        : item.kind === 'option'
          ? optionView(item.option)
          : html`<span class="offer-name">${item.name}</span
              >${item.detail ? html`<small>${item.detail}</small>` : nothing}`
    }
  </li>`;
}

function callView({ state }: App, call: Call): TemplateResult {
  return html`${state.bot === null ? nothing : avatarView(state.bot, 'small')}
    <span class="offer-text">
      <span class="offer-name"
        >${callText(call)}
        ${call.options.map((option) => html`<span class="offer-option ${option.required ? '' : 'optional'}">${option.name}</span> `)}</span
      >
      <small>${call.description}</small>
    </span>`;
}

function optionView(option: Option): TemplateResult {
  return html`<span class="offer-name offer-option-name">${option.name}</span><small>${option.description}</small>`;
}
