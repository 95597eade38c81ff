import { openFill, setDraft } from '../actions.ts';
import type { App } from '../app.ts';
import { callText } from '../commands.ts';
import { closedCombo, draftOf, EMPTY_DRAFT } from '../state.ts';
import { pick, sendDraft } from './edit.ts';
import { entryOf, removeOption } from './fill.ts';
import { activeIndex, currentOffer } from './offer.ts';

/** A key in a field of the composer. */
export function pressKey(app: App, slot: string, event: KeyboardEvent): void {
  if (event.isComposing) return;
  const handler = KEYS[event.key];
  if (handler?.(app, slot, event)) event.preventDefault();
}

/** Each returns whether the key did something, and must not do what it usually does. */
const KEYS: Record<string, (app: App, slot: string, event: KeyboardEvent) => boolean> = {
  ArrowDown: (app) => move(app, 1),
  ArrowUp: (app, slot) => move(app, -1) || recall(app, slot),
  Enter(app, _slot, event) {
    if (event.shiftKey) return false;
    if (!pickActive(app)) sendDraft(app);
    return true;
  },
  Tab: (app, _slot, event) => !event.shiftKey && pickActive(app),
  Escape: (app) => closeList(app) || clear(app),
  Backspace: (app, slot, event) => (event.target as HTMLInputElement).value === '' && stepBack(app, slot),
};

function move(app: App, step: number): boolean {
  const offer = currentOffer(app.state);
  const count = offer?.items.length ?? 0;
  if (count === 0) return false;
  const from = activeIndex(app.state, offer);
  const active = from < 0 && step < 0 ? count - 1 : (from + step + count) % count;
  app.state.combo = { ...app.state.combo, active };
  app.update();
  return true;
}

function recall(app: App, slot: string): boolean {
  const { last } = app.state;
  if (slot !== 'text' || draftOf(app.state).text !== '' || last === null) return false;
  openFill(app, last);
  const name = last.entries[0]?.name;
  if (name !== undefined) app.focus(`slot-option:${name}`);
  return true;
}

function pickActive(app: App): boolean {
  const offer = currentOffer(app.state);
  const item = offer?.items[activeIndex(app.state, offer)];
  if (item === undefined) return false;
  pick(app, item);
  return true;
}

function closeList(app: App): boolean {
  if (currentOffer(app.state) === null) return false;
  app.state.combo = { ...app.state.combo, closed: true };
  app.update();
  return true;
}

function clear(app: App): boolean {
  if (draftOf(app.state) === EMPTY_DRAFT) return false;
  setDraft(app, EMPTY_DRAFT);
  app.state.combo = closedCombo('text');
  app.focus('slot-text');
  return true;
}

/** Backspace in an empty field: away with an optional option, else to the field before, else back to plain text. */
function stepBack(app: App, slot: string): boolean {
  const { fill } = draftOf(app.state);
  if (fill === null) return false;
  const name = slot.slice('option:'.length);
  const index = slot === '+' ? fill.entries.length : fill.entries.findIndex((entry) => entry.name === name);
  const before = fill.entries[index - 1]?.name;
  if (entryOf(fill, name) !== undefined) setDraft(app, { text: '', fill: removeOption(fill, name) });
  if (before !== undefined) {
    app.focus(`slot-option:${before}`);
    return true;
  }
  setDraft(app, { text: callText(fill.call), fill: null });
  app.focus('slot-text');
  return true;
}
