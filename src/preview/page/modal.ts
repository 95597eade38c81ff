import type { ComponentType } from 'discord.js';
import type { ApiObject } from '../protocol.ts';
import { COMPONENT, type Component } from './api.ts';
import { nextNonce, type App } from './app.ts';
import type { SelectMenu } from './view/select-menu.ts';

/** Puts the form away; Discord tells the bot nothing of it. */
export function closeModal(app: App): void {
  if (app.state.modal === null) return;
  app.state.modal = null;
  app.focus('slot-text');
  app.update();
}

/** Sends what was filled in; the form stays open until the bot answers. */
export function submitModal(app: App, event: SubmitEvent): void {
  event.preventDefault();
  const open = app.state.modal;
  const form = event.target as HTMLFormElement;
  if (open === null || !selectsAreFilled(form)) return;
  const nonce = nextNonce();
  const { channelId, messageId, modal } = open;
  const components = (modal.components as Component[]).flatMap((component) => answerOf(form, component));
  const sent = app.send({ type: 'submit', nonce, channelId, messageId, customId: modal.custom_id, components });
  app.state.modal = sent ? { ...open, nonce, failure: null } : { ...open, failure: 'Not connected just now' };
  app.update();
}

/** Selects are no form fields of the browser, so what it does for inputs is done here. */
function selectsAreFilled(form: HTMLFormElement): boolean {
  const missing = [...form.querySelectorAll<SelectMenu>('select-menu')].find(
    ({ values, least }) => values.length < least,
  );
  missing?.querySelector('button')?.focus();
  return missing === undefined;
}

/** In the shape of the components in an interaction's data: rows and labels around the values. */
function answerOf(form: HTMLFormElement, component: Component): ApiObject[] {
  if (component.type === COMPONENT.row) {
    const inner = component.components.flatMap((inner) => ('custom_id' in inner ? [valueOf(form, inner)] : []));
    return [{ type: COMPONENT.row, components: inner }];
  }
  if (component.type === COMPONENT.label) {
    return 'custom_id' in component.component
      ? [{ type: COMPONENT.label, component: valueOf(form, component.component) }]
      : [];
  }
  return [];
}

function valueOf(form: HTMLFormElement, { type, custom_id }: { type: ComponentType; custom_id: string }): ApiObject {
  if (type === COMPONENT.textInput) {
    const field = form.elements.namedItem(custom_id) as HTMLInputElement | null;
    return { type, custom_id, value: field?.value ?? '' };
  }
  const menus = [...form.querySelectorAll<SelectMenu>('select-menu')];
  return { type, custom_id, values: menus.find((menu) => menu.dataset['customId'] === custom_id)?.values ?? [] };
}
