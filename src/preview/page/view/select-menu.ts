import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

export interface SelectOption {
  label: string;
  value: string;
  description?: string | undefined;
  emoji?: string | undefined;
  default?: boolean | undefined;
}

let menus = 0;

/**
 * Discord's select as a listbox that opens from a button (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Fires
 * `choose` with the values as its detail: at once where one is wanted, when it closes where several may be chosen.
 */
export class SelectMenu extends LitElement {
  static override properties = {
    label: {},
    placeholder: {},
    options: { attribute: false },
    least: { type: Number },
    most: { type: Number },
    disabled: { type: Boolean },
    locked: { type: Boolean },
    busy: { type: Boolean },
    values: { attribute: false },
    open: { state: true },
    active: { state: true },
    upwards: { state: true },
  };

  declare label: string;
  /** What stands there while nothing is chosen. */
  declare placeholder: string;
  declare options: SelectOption[];
  /** How many values must, and how many may be chosen. */
  declare least: number;
  declare most: number;
  declare disabled: boolean;
  /** Not to be opened just now; the keyboard stays on it. */
  declare locked: boolean;
  /** Chosen in, and not answered yet. */
  declare busy: boolean;
  declare values: string[];
  declare open: boolean;
  declare active: number;
  declare upwards: boolean;

  private readonly uid = `menu-${(menus += 1)}`;
  private atOpening: string[] = [];
  private typed = { text: '', at: 0 };

  constructor() {
    super();
    this.label = 'Make a selection';
    this.placeholder = 'Make a selection';
    this.options = [];
    this.least = 1;
    this.most = 1;
    this.disabled = false;
    this.locked = false;
    this.busy = false;
    this.values = [];
    this.open = false;
    this.active = 0;
    this.upwards = false;
    this.addEventListener('focusout', (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.close(true);
    });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('options')) return;
    this.values = this.options.filter((option) => option.default).map((option) => option.value);
  }

  protected override updated(): void {
    if (this.open) this.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const chosen = this.options.filter((option) => this.values.includes(option.value));
    const text = chosen.map((option) => option.label).join(', ');
    return html`<button
        type="button"
        class="select-button ${this.busy ? 'busy' : ''}"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.open}
        aria-controls="${this.uid}-list"
        aria-label=${text === '' ? this.label : `${this.label}: ${text}`}
        aria-activedescendant=${this.open ? `${this.uid}-${this.active}` : nothing}
        aria-disabled=${this.locked ? 'true' : nothing}
        ?disabled=${this.disabled}
        @click=${() => this.toggle()}
        @keydown=${(event: KeyboardEvent) => this.pressKey(event)}
      >
        <span class=${text === '' ? 'placeholder' : ''}>${text || this.placeholder}</span>${icons.down}
      </button>
      ${this.open ? this.listView() : nothing}`;
  }

  private listView(): TemplateResult {
    return html`<div
      class="select-list ${this.upwards ? 'upwards' : ''}"
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      <ul role="listbox" id="${this.uid}-list" aria-label=${this.label} aria-multiselectable=${this.most > 1}>
        ${this.options.map((option, index) => this.optionView(option, index))}
      </ul>
      ${
        this.most > 1
          ? html`<div class="select-foot">
              <span>${this.countText()}</span>
              <button
                type="button"
                class="button primary"
                ?disabled=${this.values.length < this.least}
                @click=${() => this.close(true)}
              >
                Done
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  private countText(): string {
    const range = this.least === this.most ? `${this.least}` : `${this.least} to ${this.most}`;
    return `${this.values.length} chosen, choose ${range}`;
  }

  private optionView(option: SelectOption, index: number): TemplateResult {
    const chosen = this.values.includes(option.value);
    const full = this.most > 1 && !chosen && this.values.length >= this.most;
    return html`<li
      role="option"
      id="${this.uid}-${index}"
      aria-selected=${chosen}
      aria-disabled=${full}
      ?data-active=${index === this.active}
      @mousemove=${() => (this.active = index)}
      @click=${() => this.choose(index)}
    >
      ${option.emoji ? html`<span class="emoji" aria-hidden="true">${option.emoji}</span>` : nothing}
      <span class="option-text"
        >${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span
      >
      <span class="mark ${this.most > 1 ? 'box' : ''}">${chosen ? icons.check : nothing}</span>
    </li>`;
  }

  private toggle(): void {
    if (this.locked) return;
    if (this.open) return this.close(true);
    this.place();
    this.atOpening = this.values;
    this.active = Math.max(
      0,
      this.options.findIndex((option) => this.values.includes(option.value)),
    );
    this.open = true;
  }

  /** Decides where the list goes. In a form it lies above what scrolls there, and closes when that moves. */
  private place(): void {
    const { top, bottom, left, width } = this.getBoundingClientRect();
    this.upwards = innerHeight - bottom < 300 && top > innerHeight - bottom;
    for (const [name, value] of Object.entries({ top, bottom: innerHeight - bottom, left, width })) {
      this.style.setProperty(`--${name}`, `${value}px`);
    }
    this.closest('.fields-of-modal')?.addEventListener('scroll', () => this.close(true), { once: true });
  }

  /** Closes the list; what was chosen among several counts when `keep`, and is undone otherwise. */
  private close(keep: boolean): void {
    if (!this.open) return;
    this.open = false;
    if (this.most === 1) return;
    if (!keep || this.values.length < this.least) this.values = this.atOpening;
    else if (this.values.join('\n') !== this.atOpening.join('\n')) this.tell();
  }

  private choose(index: number): void {
    const value = this.options[index]?.value;
    if (value === undefined) return;
    const chosen = this.values.includes(value);
    if (this.most > 1) {
      if (chosen) this.values = this.values.filter((other) => other !== value);
      else if (this.values.length < this.most) this.values = [...this.values, value];
      return;
    }
    this.values = chosen && this.least === 0 ? [] : [value];
    this.open = false;
    this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: this.values }));
  }

  private pressKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'Tab') return;
    if (key === 'Escape' && !this.open) return;
    const isLetter = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLetter && !['ArrowDown', 'ArrowUp', 'Home', 'End', 'Enter', ' ', 'Escape'].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.open) this.toggle();
    else if (key === 'Escape') this.close(false);
    else if (key === 'Enter' || key === ' ') this.choose(this.active);
    else if (!isLetter) this.active = this.target(key);
    if (isLetter) this.jumpTo(key);
  }

  private target(key: string): number {
    const last = this.options.length - 1;
    if (key === 'Home') return 0;
    if (key === 'End') return last;
    return Math.min(last, Math.max(0, this.active + (key === 'ArrowDown' ? 1 : -1)));
  }

  /** Goes to the option that begins with what was typed within the last second. */
  private jumpTo(letter: string): void {
    const now = performance.now();
    this.typed = { text: (now - this.typed.at < 1000 ? this.typed.text : '') + letter.toLowerCase(), at: now };
    const index = this.options.findIndex(({ label }) => nameOf(label).startsWith(this.typed.text));
    if (index >= 0) this.active = index;
  }
}

/** What one types of a label: channels and people without the sign before their name. */
function nameOf(label: string): string {
  return label.toLowerCase().replace(/^[#@]/, '');
}
