import type { Message } from './api.ts';
import { nextNonce, type App } from './app.ts';
import { findCall } from './commands.ts';
import { createFill, fillText, toOptions, type Fill } from './composer/fill.ts';
import { closedCombo, type Draft, type Waiting } from './state.ts';
import { markSeen } from './unread.ts';

/** Shows a channel. */
export function openChannel(app: App, channelId: string): void {
  const { state } = app;
  state.channelId = channelId;
  markSeen(state);
  state.drawerOpen = false;
  state.combo = closedCombo(null);
  history.replaceState(null, '', `#${channelId}`);
  app.focus('slot-text');
  app.update();
}

export function setDraft(app: App, draft: Draft): void {
  if (app.state.channelId !== null) app.state.drafts.set(app.state.channelId, draft);
  app.update();
}

/** Puts a call into the composer and goes to its first field. */
export function openFill(app: App, fill: Fill): void {
  setDraft(app, { text: '', fill });
  const empty = fill.entries.find((entry) => entry.text === '');
  app.focus(empty === undefined ? 'slot-more' : `slot-option:${empty.name}`);
}

/** What pressing a command mention does. */
export function openCommand(app: App, path: string, commandId: string): void {
  const call = findCall(app.state.calls, path, commandId);
  if (call !== null) openFill(app, createFill(call));
}

/** Sends a command; returns `false` while there is no connection. */
export function sendCommand(app: App, fill: Fill): boolean {
  const { state } = app;
  const waiting = wait(app, { kind: 'command', text: fillText(fill) });
  const { nonce, channelId } = waiting;
  const options = toOptions(fill);
  if (!app.send({ type: 'command', nonce, channelId, commandId: fill.call.commandId, options })) return false;
  state.waiting = [...state.waiting, waiting];
  state.last = fill;
  state.combo = closedCombo('text');
  app.focus('slot-text');
  app.scrollDown();
  app.update();
  return true;
}

function wait(app: App, given: Partial<Waiting> & Pick<Waiting, 'kind'>): Waiting {
  const channelId = app.state.channelId ?? '';
  return {
    nonce: nextNonce(),
    channelId,
    messageId: null,
    customId: null,
    text: '',
    failure: null,
    at: new Date(),
    ...given,
  };
}

/** Presses a button of a message, or chooses `values` in a select. */
export function press(app: App, message: Message, customId: string, componentType: number, values?: string[]): void {
  const { state } = app;
  const others = state.waiting.filter((waiting) => waiting.messageId !== message.id);
  if (state.waiting.some((waiting) => waiting.messageId === message.id && waiting.failure === null)) return;
  const waiting = wait(app, { kind: 'press', messageId: message.id, customId });
  const chosen = values === undefined ? {} : { values };
  const { nonce, channelId } = waiting;
  const sent = app.send({ type: 'press', nonce, channelId, messageId: message.id, customId, componentType, ...chosen });
  state.waiting = [...others, sent ? waiting : { ...waiting, failure: 'Not connected' }];
  app.update();
}

/** Takes away a private message, here and for good. */
export function dismissMessage(app: App, message: Message): void {
  const channelId = app.state.channelId ?? '';
  const messages = app.state.messages.get(channelId) ?? [];
  app.send({ type: 'dismiss', channelId, messageId: message.id });
  app.state.messages.set(
    channelId,
    messages.filter(({ id }) => id !== message.id),
  );
  app.focus('slot-text');
  app.update();
}

/** Takes away the note that something failed. */
export function dismissFailure(app: App, nonce: string): void {
  app.state.waiting = app.state.waiting.filter((waiting) => waiting.nonce !== nonce);
  app.focus('slot-text');
  app.update();
}

/** Takes away what the developer has read; all of it without `key`. */
export function dismissRefusals(app: App, key?: number): void {
  app.state.refusals = app.state.refusals.filter((refusal) => key !== undefined && refusal.key !== key);
  app.update();
}
