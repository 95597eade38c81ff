import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { App } from '../app.ts';
import { callText } from '../commands.ts';
import { CHANNEL, THREADS } from '../api.ts';
import { icons } from '../view/icons.ts';
import { botName, canSend, channelOf, draftOf } from '../state.ts';
import { dropOption, focusSlot, leaveComposer, sendDraft, typeText } from './edit.ts';
import { optionOf, problems, remainingOptions, type Entry, type Fill } from './fill.ts';
import { pressKey } from './keys.ts';
import { offerView } from './offer-view.ts';
import { activeIndex, currentOffer } from './offer.ts';

type View = TemplateResult | typeof nothing;

/** Where commands are typed: a field for text, or the options of a command one after the other. */
export function composerView(app: App): View {
  const { state } = app;
  if (channelOf(state) === null) return nothing;
  if (!canSend(state)) return html`<p class="no-composer">Open a post of this forum to type commands in it.</p>`;
  const { fill } = draftOf(state);
  const offer = currentOffer(state);
  return html`<div
    class="composer-area"
    @focusout=${(event: FocusEvent) => {
      if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) leaveComposer(app);
    }}
  >
    ${offer === null ? nothing : offerView(app, offer)}
    ${state.combo.hint === null ? nothing : html`<p class="hint">${state.combo.hint}</p>`}
    <form
      class="composer"
      aria-label="Command"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        sendDraft(app);
      }}
    >
      ${fill === null ? plainView(app) : fillView(app, fill)}
      <button class="icon-button send" aria-label="Send" ?disabled=${fill === null}>${icons.send}</button>
    </form>
  </div>`;
}

function fieldView(
  app: App,
  slot: string,
  settings: { id: string; value: string; label: string; placeholder: string },
): View {
  const { state } = app;
  const offer = state.combo.slot === slot ? currentOffer(state) : null;
  const active = activeIndex(state, offer);
  const problem = problemAt(app, slot);
  return html`<input
    id=${settings.id}
    role="combobox"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    enterkeyhint="send"
    aria-label=${settings.label}
    aria-autocomplete="list"
    aria-expanded=${offer !== null && offer.items.length > 0}
    aria-controls=${offer === null ? nothing : 'offer-list'}
    aria-activedescendant=${active >= 0 ? `offer-${active}` : nothing}
    aria-invalid=${problem === null ? nothing : 'true'}
    title=${problem ?? nothing}
    placeholder=${settings.placeholder}
    size=${Math.max(settings.value.length, settings.placeholder.length, 4)}
    .value=${live(settings.value)}
    @focus=${() => focusSlot(app, slot)}
    @input=${(event: Event) => typeText(app, slot, (event.target as HTMLInputElement).value)}
    @keydown=${(event: KeyboardEvent) => pressKey(app, slot, event)}
  />`;
}

function problemAt({ state }: App, slot: string): string | null {
  const { fill } = draftOf(state);
  if (fill === null || !state.combo.showProblems) return null;
  return problems(fill).get(slot.slice('option:'.length)) ?? null;
}

function plainView(app: App): View {
  const channel = channelOf(app.state);
  const isDirect = channel?.type === CHANNEL.directMessages;
  const sign = channel !== null && THREADS.includes(channel.type) ? '' : '#';
  const target = isDirect ? `@${botName(app.state)}` : `${sign}${channel?.name ?? ''}`;
  const { text } = draftOf(app.state);
  return html`<span class="plain"
    >${fieldView(app, 'text', { id: 'slot-text', value: text, label: `Message ${target}`, placeholder: `Type / for commands in ${target}` })}</span
  >`;
}

function fillView(app: App, fill: Fill): View {
  const remaining = remainingOptions(fill).length;
  const placeholder = remaining === 0 ? '' : `+${remaining} optional`;
  const label = remaining === 0 ? 'End of the command' : `Add one of ${remaining} optional options`;
  return html`<div class="fill" role="group" aria-label=${callText(fill.call)}>
    <span class="call">${callText(fill.call)}</span>
    ${fill.entries.map((entry) => entryView(app, fill, entry))}
    <span class="more-options"
      >${fieldView(app, '+', { id: 'slot-more', value: app.state.combo.more, label, placeholder })}</span
    >
  </div>`;
}

function entryView(app: App, fill: Fill, entry: Entry): View {
  const option = optionOf(fill, entry.name);
  const slot = `option:${entry.name}`;
  const problem = problemAt(app, slot);
  const label = `${entry.name}${option?.required ? ', required' : ''}: ${option?.description ?? ''}`;
  return html`<span class="entry ${problem === null ? '' : 'wrong'}">
    <label for="slot-${slot}" aria-hidden="true">${entry.name}</label>
    ${fieldView(app, slot, { id: `slot-${slot}`, value: entry.text, label, placeholder: '' })}
    ${
      option?.required
        ? nothing
        : html`<button
            type="button"
            class="drop"
            tabindex="-1"
            aria-label="Take ${entry.name} away"
            @click=${() => dropOption(app, entry.name)}
          >
            ${icons.close}
          </button>`
    }
    ${problem === null ? nothing : html`<span class="problem">${problem}</span>`}
  </span>`;
}
