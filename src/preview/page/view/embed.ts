import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { App } from '../app.ts';
import { inlineMarkdownView, markdownView } from '../markdown/view.ts';
import { iconView, imageView } from './media.ts';

export function embedView(app: App, embed: APIEmbed): TemplateResult {
  const { color, thumbnail, image, description, fields = [] } = embed;
  const bar = color === undefined || color === 0 ? '' : `--bar: #${color.toString(16).padStart(6, '0')}`;
  return html`<article class="embed" .style=${bar}>
    <div class="embed-body">
      <div class="embed-text">
        ${authorView(embed)} ${titleView(app, embed)}
        ${description ? html`<div class="embed-description">${markdownView(app, description)}</div>` : nothing}
        ${fields.length > 0 ? fieldsView(app, fields) : nothing}
      </div>
      ${thumbnail ? imageView(thumbnail.url, null, 'thumbnail') : nothing}
    </div>
    ${image ? imageView(image.url, null, 'embed-image') : nothing} ${footerView(app, embed)}
  </article>`;
}

function authorView({ author }: APIEmbed): TemplateResult | typeof nothing {
  if (!author) return nothing;
  const name = author.url ? linkView(author.url, author.name) : author.name;
  return html`<div class="embed-author">${iconView(author.icon_url)}${name}</div>`;
}

function titleView(app: App, { title, url }: APIEmbed): TemplateResult | typeof nothing {
  if (!title) return nothing;
  const content = inlineMarkdownView(app, title);
  return html`<div class="embed-title" role="heading" aria-level="3">${url ? linkView(url, content) : content}</div>`;
}

function linkView(url: string, content: unknown): TemplateResult {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isWeb
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${content}</a>`
    : html`<span>${content}</span>`;
}

function footerView(app: App, { footer, timestamp }: APIEmbed): TemplateResult | typeof nothing {
  if (!footer && !timestamp) return nothing;
  const time = timestamp ? app.time.header(new Date(timestamp), app.state.now) : null;
  const parts = [footer?.text, time].filter((part) => part);
  return html`<footer class="embed-footer">${iconView(footer?.icon_url)}<span>${parts.join(' • ')}</span></footer>`;
}

function fieldsView(app: App, fields: APIEmbedField[]): TemplateResult {
  return html`<div class="fields">
    ${fieldRows(fields).flatMap((row) =>
      row.map(
        (field) =>
          html`<div class="field of-${row.length}">
            <div class="field-name">${inlineMarkdownView(app, field.name)}</div>
            ${markdownView(app, field.value)}
          </div>`,
      ),
    )}
  </div>`;
}

/** Inline fields stand up to three beside each other; the others have a row of their own. */
function fieldRows(fields: APIEmbedField[]): APIEmbedField[][] {
  const rows: APIEmbedField[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (field.inline && last?.[0]?.inline && last.length < 3) last.push(field);
    else rows.push([field]);
  }
  return rows;
}
