import type { PreviewChannel } from '../../protocol.ts';
import { CHANNEL, displayName, OPTION, THREADS } from '../api.ts';
import { matchCalls, type Call, type Option } from '../commands.ts';
import { callsHere, draftOf, type State } from '../state.ts';
import { choicesOf, entryOf, hasAutocomplete, isListed, optionOf, remainingOptions, type Entry } from './fill.ts';

export type Item =
  | { kind: 'call'; call: Call }
  | { kind: 'option'; option: Option }
  | { kind: 'choice'; name: string; value: string | number | boolean; detail: string | null };

/** What the composer's list shows for the field with the focus. */
export interface Offer {
  heading: string;
  /** What to know while there is nothing to choose. */
  note: string | null;
  items: Item[];
  /** Whether Enter takes the first item unasked, because only items of the list will do. */
  takesFirst: boolean;
}

/** How many choices Discord shows at most. */
const MOST = 25;

/** The list for the field with the focus; `null` when nothing is to be shown. */
export function currentOffer(state: State): Offer | null {
  const { combo } = state;
  if (combo.slot === null || combo.closed) return null;
  if (combo.slot === 'text') return callOffer(state);
  if (combo.slot === '+') return moreOffer(state);
  return optionOffer(state, combo.slot.slice('option:'.length));
}

/** The highlighted item of a list; -1 for none. */
export function activeIndex(state: State, offer: Offer | null): number {
  const count = offer?.items.length ?? 0;
  if (state.combo.active >= 0) return Math.min(state.combo.active, count - 1);
  return offer?.takesFirst && count > 0 ? 0 : -1;
}

function callOffer(state: State): Offer | null {
  const { text } = draftOf(state);
  if (!text.startsWith('/')) return null;
  const items = matchCalls(callsHere(state), text.slice(1)).map((call): Item => ({ kind: 'call', call }));
  const note = state.calls.length === 0 ? 'The bot has registered no commands yet' : 'No such command';
  return { heading: 'Commands', note: items.length === 0 ? note : null, items, takesFirst: true };
}

function moreOffer(state: State): Offer | null {
  const { fill } = draftOf(state);
  if (fill === null) return null;
  const wanted = state.combo.more.trim().toLowerCase();
  const options = remainingOptions(fill).filter((option) => option.name.includes(wanted));
  if (options.length === 0) return null;
  const items = options.map((option): Item => ({ kind: 'option', option }));
  return { heading: 'Optional', note: null, items, takesFirst: wanted !== '' };
}

function optionOffer(state: State, name: string): Offer | null {
  const { fill } = draftOf(state);
  const option = fill === null ? undefined : optionOf(fill, name);
  const entry = fill === null ? undefined : entryOf(fill, name);
  if (option === undefined || entry === undefined) return null;
  const items = itemsFor(state, option, entry).slice(0, MOST);
  const heading = `${option.name}: ${option.description}`;
  const isWanted = option.required === true || entry.text !== '';
  const takesFirst = isListed(option) && isWanted && entry.chosen === null;
  return { heading, note: noteFor(state, option, items), items, takesFirst };
}

function noteFor(state: State, option: Option, items: Item[]): string | null {
  if (items.length > 0) return null;
  if (isListed(option)) return 'Nothing of the list matches';
  const { asked, hint } = state.combo;
  if (!hasAutocomplete(option) || hint !== null) return null;
  return asked !== null && asked.choices === null ? 'Loading suggestions…' : null;
}

function itemsFor(state: State, option: Option, entry: Entry): Item[] {
  if (hasAutocomplete(option)) return (state.combo.asked?.choices ?? []).map((item) => choice(item.name, item.value));
  const wanted = entry.chosen === null ? entry.text.trim().toLowerCase() : '';
  return listedItems(state, option).filter(
    (item) => item.kind === 'choice' && item.name.toLowerCase().includes(wanted),
  );
}

function listedItems(state: State, option: Option): Item[] {
  switch (option.type) {
    case OPTION.user:
      return people(state);
    case OPTION.channel:
      return channels(state, 'channel_types' in option ? option.channel_types : undefined);
    case OPTION.role:
      return roles(state);
    case OPTION.mentionable:
      return [...people(state), ...roles(state)];
    default:
      return (choicesOf(option) ?? []).map((item) => choice(item.name, item.value));
  }
}

function choice(name: string, value: string | number | boolean, detail: string | null = null): Item {
  return { kind: 'choice', name, value, detail };
}

/** The people of the server. */
export function people(state: State): Item[] {
  return state.people.map((user) => {
    const detail = user.id === state.user?.id ? 'you' : user.id === state.bot?.id ? 'the bot' : null;
    return choice(`@${displayName(user)}`, user.id, detail);
  });
}

/** The roles of the server: everybody has the one whose id is the server's. */
export function roles(state: State): Item[] {
  return state.roles.map(({ id, name, own }) => choice(roleName(name), id, own ? 'yours' : null));
}

/** A role as it is mentioned. */
export function roleName(name: string): string {
  return name.startsWith('@') ? name : `@${name}`;
}

/** The server's channels, of some types when `types` names any. */
export function channels(state: State, types: readonly number[] | undefined): Item[] {
  return state.channels
    .filter(({ type, archived }) => type !== CHANNEL.directMessages && !archived && (types?.includes(type) ?? true))
    .map((channel) => choice(channelName(channel), channel.id, kindOf(channel)));
}

/** A channel as it is mentioned; threads and posts bear titles. */
function channelName({ type, name }: PreviewChannel): string {
  return THREADS.includes(type) ? name : `#${name}`;
}

/** What sort of channel it is, in a word or two. */
export function kindOf(channel: PreviewChannel): string {
  switch (channel.type) {
    case CHANNEL.directMessages:
      return 'direct messages';
    case CHANNEL.announcements:
      return 'announcements';
    case CHANNEL.forum:
      return 'forum';
    default:
      return THREADS.includes(channel.type) ? 'thread' : 'text channel';
  }
}
