import { html, nothing, type TemplateResult } from 'lit/html.js';
import { keyed } from 'lit/directives/keyed.js';
import type { APITextInputComponent } from 'discord.js';
import { COMPONENT, PARAGRAPH, type Component } from '../api.ts';
import type { App } from '../app.ts';
import { markdownView } from '../markdown/view.ts';
import { closeModal, submitModal } from '../modal.ts';
import { botName, type OpenModal } from '../state.ts';
import { icons } from './icons.ts';
import { isSelect, selectView } from './selects.ts';

type View = TemplateResult | typeof nothing;

/** The form that a command opened, over everything else. */
export function modalView(app: App): View {
  const open = app.state.modal;
  return open === null ? nothing : html`${keyed(open.modal, dialogView(app, open))}`;
}

function dialogView(app: App, { modal, nonce, failure }: OpenModal): View {
  const busy = nonce !== null;
  return html`<dialog class="modal" aria-labelledby="modal-title" @close=${() => closeModal(app)}>
    <form @submit=${(event: SubmitEvent) => submitModal(app, event)}>
      <header>
        <img class="avatar small" src="icon.svg" alt="" />
        <h2 id="modal-title">${modal.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" @click=${() => closeModal(app)}>
          ${icons.close}
        </button>
      </header>
      <div class="fields-of-modal">
        ${(modal.components as Component[]).map((component) => partView(app, component))}
      </div>
      ${failure === null ? nothing : html`<p class="failure" role="alert">${icons.warning}<span>Something went wrong: ${failure}</span></p>`}
      <footer>
        <small>This form goes to ${botName(app.state)}.</small>
        <button type="button" class="button secondary" @click=${() => closeModal(app)}>Cancel</button>
        <button class="button primary ${busy ? 'busy' : ''}" ?disabled=${busy}>
          <span class="button-text">Submit</span>
        </button>
      </footer>
    </form>
  </dialog>`;
}

function partView(app: App, component: Component): View {
  switch (component.type) {
    case COMPONENT.row:
      return html`${component.components.map((inner) =>
        inner.type === COMPONENT.textInput ? inputView(inner, inner.label ?? '', null) : nothing,
      )}`;
    case COMPONENT.label: {
      const { label, description = null, component: inner } = component;
      if (inner.type === COMPONENT.textInput) return inputView(inner, label, description);
      return isSelect(inner) ? labelledView(app, inner, label, description) : unknownView(inner.type);
    }
    case COMPONENT.textDisplay:
      return html`${markdownView(app, component.content)}`;
    default:
      return unknownView(component.type);
  }
}

function unknownView(type: number): View {
  return html`<p class="unknown">A field of type ${type}, which the preview does not draw</p>`;
}

function labelledView(
  app: App,
  select: Parameters<typeof selectView>[1],
  label: string,
  description: string | null,
): View {
  return html`<div class="form-field">
    <span class="form-label">${label}${star(select.required !== false)}</span>
    ${description ? html`<small>${description}</small>` : nothing} ${selectView(app.state, select, { label })}
  </div>`;
}

function star(required: boolean): View {
  return required ? html`<span class="star" aria-hidden="true"> *</span>` : nothing;
}

function inputView(input: APITextInputComponent, label: string, description: string | null): View {
  const required = input.required !== false;
  const common = html`<span class="form-label">${label}${star(required)}</span>
    ${description ? html`<small>${description}</small>` : nothing}`;
  // 4000 characters where the bot sets no limit (Discord's documentation of text inputs).
  const most = input.max_length ?? 4000;
  const field =
    input.style === PARAGRAPH
      ? html`<textarea
          rows="4"
          name=${input.custom_id}
          data-type="4"
          ?required=${required}
          minlength=${input.min_length ?? nothing}
          maxlength=${most}
          placeholder=${input.placeholder ?? nothing}
          .defaultValue=${input.value ?? ''}
          @input=${count}
        ></textarea>`
      : html`<input
          name=${input.custom_id}
          data-type="4"
          ?required=${required}
          minlength=${input.min_length ?? nothing}
          maxlength=${most}
          placeholder=${input.placeholder ?? nothing}
          .defaultValue=${input.value ?? ''}
          @input=${count}
          autocomplete="off"
        />`;
  const counter =
    input.max_length === undefined ? nothing : html`<span class="counter">${(input.value ?? '').length}/${most}</span>`;
  return html`<label class="form-field">${common}${field}${counter}</label>`;
}

function count(event: Event): void {
  const field = event.target as HTMLInputElement;
  const counter = field.parentElement?.querySelector('.counter');
  if (counter) counter.textContent = `${field.value.length}/${field.maxLength}`;
}
