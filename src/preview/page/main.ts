import { render } from 'lit/html.js';
import type { ToPage } from '../protocol.ts';
import { CHANNEL } from './api.ts';
import type { App } from './app.ts';
import { connect, socketAddress } from './connection.ts';
import { restoreDrafts, saveDrafts } from './drafts.ts';
import { loseConnection, receive } from './receive.ts';
import { createScroll } from './scroll.ts';
import { restoreSeen, saveSeen } from './seen.ts';
import { botName, channelOf, createState } from './state.ts';
import { chooseTheme, currentTheme, showTheme } from './theme.ts';
import { createTimeFormat } from './time/format.ts';
import { totalUnread } from './unread.ts';
import { pageView, type Controls } from './view/page.ts';
import { SelectMenu } from './view/select-menu.ts';

/** Milliseconds after which relative times are written anew. */
const TICK = 10_000;

customElements.define('select-menu', SelectMenu);

const state = createState(new Date());
state.theme = currentTheme(localStorage);
state.channelId = location.hash.slice(1) || null;
showTheme(state.theme);
restoreSeen(localStorage, state);

let drawing = false;
let focusOn: string | null = null;
let scrollToEnd = false;

function update(): void {
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
}

const scroll = createScroll(state, update);

const app: App = {
  state,
  time: createTimeFormat(),
  update,
  focus: (id) => (focusOn = id),
  scrollDown: () => (scrollToEnd = true),
  send: (message) => connection.send(message),
};

const controls: Controls = {
  toggleTheme() {
    state.theme = state.theme === 'dark' ? 'light' : 'dark';
    chooseTheme(localStorage, state.theme);
    update();
  },
  toggleDrawer(open) {
    state.drawerOpen = open;
    app.focus(open ? `channel-${state.channelId}` : 'drawer-button');
    update();
  },
  scrolled: () => scroll.scrolled(),
  jump: () => scroll.down(),
};

function draw(): void {
  drawing = false;
  render(pageView(app, controls), document.getElementById('page') as HTMLElement);
  if (scrollToEnd) scroll.down();
  scrollToEnd = false;
  scroll.drawn();
  showDialog();
  moveFocus();
  document.querySelector('.offer [aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  document.title = titleOf();
  if (state.calls.length > 0) saveDrafts(sessionStorage, state.drafts);
  saveSeen(localStorage, state);
}

function titleOf(): string {
  const channel = channelOf(state);
  if (channel === null) return 'Paperboy preview';
  const count = totalUnread(state);
  const name = channel.type === CHANNEL.directMessages ? 'direct messages' : channel.name;
  return `${count > 0 ? `(${count}) ` : ''}${name} | ${botName(state)} preview`;
}

/** Opens a form that was just drawn, and goes to its first field. */
function showDialog(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog:not([open])');
  dialog?.showModal();
  dialog?.querySelector<HTMLElement>('input, textarea, .select-button')?.focus();
}

function moveFocus(): void {
  const field = focusOn === null ? null : document.getElementById(focusOn);
  focusOn = null;
  if (field === null) return;
  field.focus();
  if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
}

const PAGES: Record<string, number> = { PageUp: -0.9, PageDown: 0.9 };

/** As in Discord, the keys for pages turn those of the messages while the keyboard is in the composer. */
function turnPage(event: KeyboardEvent): boolean {
  const scroller = document.getElementById('scroller');
  const pages = PAGES[event.key];
  if (pages === undefined || scroller === null || !(event.target as HTMLElement).closest('.composer')) return false;
  scroller.scrollBy({ top: pages * scroller.clientHeight });
  return true;
}

/** As in Discord, typing anywhere goes to the composer, and Escape puts the list of channels away. */
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && state.drawerOpen) return controls.toggleDrawer(false);
  if (turnPage(event)) return event.preventDefault();
  const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  const target = event.target as HTMLElement;
  if (!isLetter || target.closest('input, textarea, select-menu, dialog')) return;
  (document.getElementById('slot-text') ?? document.getElementById('slot-more'))?.focus();
});

const connection = connect(socketAddress(location), {
  received(message: ToPage) {
    const isFirst = message.type === 'hello' && state.user === null;
    receive(state, message, new Date());
    if (isFirst) restoreDrafts(sessionStorage, state);
    update();
  },
  lost() {
    loseConnection(state);
    update();
  },
});

setInterval(() => {
  state.now = new Date();
  update();
}, TICK);
update();
