import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { APIAttachment } from 'discord.js';
import { icons } from './icons.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The address as this page may load it; `null` for another host, from which the preview loads nothing. */
function localAddress(address: string): string | null {
  if (address.startsWith('data:image/')) return address;
  if (!URL.canParse(address)) return null;
  const { hostname, port, pathname, search } = new URL(address);
  return LOOPBACK.includes(hostname) && port === location.port ? pathname + search : null;
}

/** A picture with its description, or where it is when it is on another host. */
export function imageView(address: string, description: string | null | undefined, kind = ''): TemplateResult {
  const local = localAddress(address);
  const alt = description ?? '';
  if (local === null) return elsewhereView(address, alt, kind);
  return html`<a class="image ${kind}" href=${local} target="_blank" rel="noopener" aria-label=${alt || 'Picture'}>
    <img src=${local} alt=${alt} title=${alt || nothing} />
  </a>`;
}

function elsewhereView(address: string, alt: string, kind: string): TemplateResult {
  const host = URL.canParse(address) ? new URL(address).hostname : address;
  return html`<a class="image elsewhere ${kind}" href=${address} target="_blank" rel="noopener noreferrer">
    ${icons.image}<span>${alt || 'Picture'}<small>on ${host}, not loaded here</small></span>
  </a>`;
}

/** A small round or square picture that says nothing of its own. */
export function iconView(address: string | undefined): TemplateResult | typeof nothing {
  const local = address === undefined ? null : localAddress(address);
  return local === null ? nothing : html`<img class="embed-icon" src=${local} alt="" />`;
}

/** The files of a message: pictures shown, others to download. */
export function attachmentsView(attachments: APIAttachment[]): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  return html`<div class="attachments">
    ${attachments.map((attachment) =>
      attachment.content_type?.startsWith('image/')
        ? imageView(attachment.url, attachment.description ?? attachment.filename, 'attachment')
        : fileView(attachment.filename, attachment.url, attachment.size),
    )}
  </div>`;
}

export function fileView(name: string, address: string, size: number | undefined): TemplateResult {
  return html`<a class="file" href=${localAddress(address) ?? address} download=${name}>
    ${icons.file}<span>${name}<small>${size === undefined ? nothing : sizeText(size)}</small></span>
  </a>`;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
