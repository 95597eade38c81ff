import { openFill, sendCommand, setDraft } from '../actions.ts';
import type { App } from '../app.ts';
import { botName, callsHere, closedCombo, draftOf, EMPTY_DRAFT, type State } from '../state.ts';
import { addOption, createFill, optionOf, problems, removeOption, setChosen, setTyped, type Fill } from './fill.ts';
import type { Item } from './offer.ts';
import { askForSuggestions } from './suggest.ts';
import { readTyped, withoutName } from './typed.ts';

/** A field of the composer received the focus. */
export function focusSlot(app: App, slot: string): void {
  if (app.state.combo.slot === slot) return;
  const { showProblems } = app.state.combo;
  app.state.combo = { ...closedCombo(slot), showProblems };
  if (slot.startsWith('option:')) askForSuggestions(app, slot.slice('option:'.length));
  app.update();
}

/** The focus left the composer. */
export function leaveComposer(app: App): void {
  app.state.combo = { ...app.state.combo, slot: null, active: -1 };
  app.update();
}

/** Something was typed into the field with the focus. */
export function typeText(app: App, slot: string, text: string): void {
  const { state } = app;
  state.combo = { ...state.combo, slot, active: -1, closed: false, hint: null };
  const { fill } = draftOf(state);
  if (slot === 'text') return typePlain(app, text);
  if (fill === null) return;
  if (slot === '+') return typeMore(app, fill, text);
  const name = slot.slice('option:'.length);
  setDraft(app, { text: '', fill: setTyped(fill, name, withoutName(name, text)) });
  askForSuggestions(app, name);
}

function typePlain(app: App, text: string): void {
  const fill = text.startsWith('/') ? readTyped(callsHere(app.state), text) : null;
  if (fill === null) return setDraft(app, { text, fill: null });
  setDraft(app, { text: '', fill });
  const name = (fill.entries.findLast((entry) => entry.text !== '') ?? fill.entries[0])?.name;
  app.focus(name === undefined ? 'slot-more' : `slot-option:${name}`);
}

/** `since:` typed after the last option adds that option. */
function typeMore(app: App, fill: Fill, text: string): void {
  const name = /^\s*(\S+):/.exec(text)?.[1];
  app.state.combo = { ...app.state.combo, more: text };
  if (name !== undefined && optionOf(fill, name) !== undefined) return pick(app, { kind: 'option', name });
  app.update();
}

/** Takes an item of the list. */
export function pick(app: App, item: Item | { kind: 'option'; name: string }): void {
  const { state } = app;
  const { fill } = draftOf(state);
  if (item.kind === 'call') return openFill(app, createFill(item.call));
  if (fill === null) return;
  if (item.kind === 'option') {
    const name = 'name' in item ? item.name : item.option.name;
    setDraft(app, { text: '', fill: addOption(fill, name) });
    return app.focus(`slot-option:${name}`);
  }
  const name = state.combo.slot?.slice('option:'.length) ?? '';
  const filled = setChosen(fill, name, item);
  setDraft(app, { text: '', fill: filled });
  state.combo = { ...state.combo, closed: true, active: -1 };
  const missing = [...problems(filled).keys()][0];
  app.focus(missing === undefined ? 'slot-more' : `slot-option:${missing}`);
}

/** Takes an optional option away. */
export function dropOption(app: App, name: string): void {
  const { fill } = draftOf(app.state);
  if (fill === null) return;
  setDraft(app, { text: '', fill: removeOption(fill, name) });
  app.focus('slot-more');
}

/** Sends what the composer holds, or says what is missing. */
export function sendDraft(app: App): void {
  const { state } = app;
  const { text, fill } = draftOf(state);
  if (fill === null) return hint(app, plainTextHint(state, text));
  const [first] = problems(fill);
  if (first !== undefined) {
    state.combo = { ...state.combo, showProblems: true };
    state.announcement = `${first[0]}: ${first[1]}`;
    app.focus(`slot-option:${first[0]}`);
    return app.update();
  }
  if (state.combo.more.trim() !== '') return hint(app, `No option is called “${state.combo.more.trim()}”`);
  if (!sendCommand(app, fill)) return hint(app, 'Not connected just now. Your command is kept here.');
  setDraft(app, EMPTY_DRAFT);
}

/** Sends a command that was not typed, and leaves what stands in the composer as it is. */
export function sendExample(app: App, fill: Fill): void {
  if (!sendCommand(app, fill)) hint(app, 'Not connected just now.');
}

function plainTextHint(state: State, text: string): string | null {
  if (text.trim() === '') return null;
  if (text.startsWith('/')) return 'No such command. Type / alone to see them all.';
  return `${botName(state)} reads slash commands: type / to see what it can do.`;
}

function hint(app: App, text: string | null): void {
  app.state.combo = { ...app.state.combo, hint: text };
  if (text !== null) app.state.announcement = text;
  app.update();
}
