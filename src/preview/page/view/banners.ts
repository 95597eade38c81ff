import { html, nothing, type TemplateResult } from 'lit/html.js';
import { dismissRefusals } from '../actions.ts';
import type { App } from '../app.ts';
import { detailLines, shortPath } from '../refusal.ts';
import { botName, type Refusal } from '../state.ts';
import { icons } from './icons.ts';

type View = TemplateResult | typeof nothing;

/** How many refusals are shown at once; the newest ones. */
const SHOWN = 2;

/** What keeps commands from working just now. */
export function connectionView({ state }: App): View {
  if (state.connection === 'connecting') return html`<p class="banner calm">Connecting…</p>`;
  if (state.connection === 'lost') {
    return html`<p class="banner">The connection to the preview is lost. Trying again…</p>`;
  }
  return state.botOnline ? nothing : html`<p class="banner calm">${botName(state)} is not online yet.</p>`;
}

/** Requests of the bot that Discord would refuse: for whoever develops it. */
export function refusalsView(app: App): View {
  const { refusals } = app.state;
  if (refusals.length === 0) return nothing;
  const more = refusals.length - SHOWN;
  return html`<section class="refusals" aria-label="Refused requests">
    ${refusals.slice(-SHOWN).map((refusal) => refusalView(app, refusal))}
    ${
      more > 0
        ? html`<p class="more">
            and ${more} earlier
            <button class="text-button" @click=${() => dismissRefusals(app)}>Dismiss all</button>
          </p>`
        : nothing
    }
  </section>`;
}

function refusalView(app: App, refusal: Refusal): TemplateResult {
  const lines = detailLines(refusal.detail);
  return html`<article class="refusal">
    ${icons.warning}
    <div>
      <strong>Discord would refuse this: ${refusal.message}</strong>
      ${lines.length > 0 ? html`<pre tabindex="0">${lines.join('\n')}</pre>` : nothing}
      <small>${refusal.method} ${shortPath(refusal.path)}, status ${refusal.status}, code ${refusal.code}</small>
    </div>
    <button class="icon-button" aria-label="Dismiss" @click=${() => dismissRefusals(app, refusal.key)}>
      ${icons.close}
    </button>
  </article>`;
}
