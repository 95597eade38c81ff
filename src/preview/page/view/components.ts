import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { APIMediaGalleryComponent, APISectionComponent, APISeparatorComponent } from 'discord.js';
import { press } from '../actions.ts';
import { COMPONENT, LARGE, type Component, type Message } from '../api.ts';
import type { App } from '../app.ts';
import { markdownView } from '../markdown/view.ts';
import type { Waiting } from '../state.ts';
import { buttonView } from './buttons.ts';
import { fileView, imageView } from './media.ts';
import { isSelect, selectView } from './selects.ts';

type View = TemplateResult | typeof nothing;

/** Where components stand: the message, and what was pressed on it and not answered yet. */
interface Place {
  app: App;
  message: Message;
  pending: Waiting | null;
}

/** Everything below the text and the embeds of a message. */
export function componentsView(app: App, message: Message, waiting: Waiting | null): View {
  const components = message.components ?? [];
  if (components.length === 0) return nothing;
  const place = { app, message, pending: waiting?.failure === null ? waiting : null };
  return html`<div class="components">${components.map((component) => componentView(place, component))}</div>`;
}

function componentView(place: Place, component: Component): View {
  if (isSelect(component)) {
    const choose = (values: string[]): void =>
      press(place.app, place.message, component.custom_id, component.type, values);
    return selectView(place.app.state, component, { ...pendingOf(place, component.custom_id), choose });
  }
  switch (component.type) {
    case COMPONENT.row:
      return html`<div class="row">${component.components.map((inner) => componentView(place, inner))}</div>`;
    case COMPONENT.button: {
      const customId = 'custom_id' in component ? component.custom_id : null;
      const settings = pendingOf(place, customId);
      return buttonView(component, {
        ...settings,
        press: (id) => !settings.disabled && press(place.app, place.message, id, COMPONENT.button),
      });
    }
    case COMPONENT.section:
      return sectionView(place, component);
    case COMPONENT.textDisplay:
      return markdownOf(place, component.content);
    case COMPONENT.thumbnail:
      return imageView(component.media.url, component.description, 'thumbnail');
    case COMPONENT.gallery:
      return galleryView(component);
    case COMPONENT.file:
      return fileView(component.name ?? 'file', component.file.url, component.size);
    case COMPONENT.separator:
      return separatorView(component);
    case COMPONENT.container: {
      const color = component.accent_color;
      const bar = color === undefined || color === null ? '' : `--bar: #${color.toString(16).padStart(6, '0')}`;
      return html`<div class="container" .style=${bar}>
        ${component.components.map((inner) => componentView(place, inner))}
      </div>`;
    }
    default:
      return html`<p class="unknown">A component of type ${component.type}, which the preview does not draw</p>`;
  }
}

function pendingOf({ pending }: Place, customId: string | null): { disabled: boolean; busy: boolean } {
  return { disabled: pending !== null, busy: customId !== null && pending?.customId === customId };
}

function markdownOf({ app, message }: Place, content: string): View {
  return html`${markdownView(app, content, message.mentions)}`;
}

function sectionView(place: Place, section: APISectionComponent): View {
  return html`<div class="section">
    <div>${section.components.map((inner) => componentView(place, inner))}</div>
    ${componentView(place, section.accessory)}
  </div>`;
}

function galleryView(gallery: APIMediaGalleryComponent): View {
  return html`<div class="gallery">
    ${gallery.items.map((item) => imageView(item.media.url, item.description, 'tile'))}
  </div>`;
}

function separatorView({ divider = true, spacing }: APISeparatorComponent): View {
  return html`<div class="separator ${spacing === LARGE ? 'wide' : ''}">${divider ? html`<hr />` : nothing}</div>`;
}
