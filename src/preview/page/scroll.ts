import { CHANNEL } from './api.ts';
import { channelOf, type State } from './state.ts';

/** Pixels from the end within which the reader counts as being at the newest message. */
const NEAR = 60;

/**
 * Keeps the reader's place for each channel: at the newest message when they were there, else where they were. A forum has
 * its newest post at the top, and begins there.
 */
export interface Scroll {
  /** To be called after every drawing. */
  drawn(): void;
  scrolled(): void;
  /** Goes to the newest message. */
  down(): void;
}

function scroller(): HTMLElement | null {
  return document.getElementById('scroller');
}

function toEnd(): void {
  const element = scroller();
  element?.scrollTo({ top: element.scrollHeight, behavior: 'instant' });
}

/** `update` draws the page anew. */
export function createScroll(state: State, update: () => void): Scroll {
  const places = new Map<string, number>();
  let channelId: string | null = null;
  let count = 0;
  let atEnd = true;
  const sizes = new ResizeObserver(() => atEnd && toEnd());
  let observed: HTMLElement | null = null;

  const observe = (): void => {
    const element = scroller();
    if (element === observed || element === null) return;
    observed = element;
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
  };
  const seen = (): void => {
    if (state.below === 0) return;
    state.below = 0;
    update();
  };
  const isForum = (): boolean => channelOf(state)?.type === CHANNEL.forum;
  const changeChannel = (): void => {
    channelId = state.channelId;
    const place = places.get(channelId ?? '') ?? (isForum() ? 0 : undefined);
    atEnd = place === undefined;
    state.below = 0;
    if (place !== undefined) scroller()?.scrollTo({ top: place, behavior: 'instant' });
  };
  return {
    drawn() {
      observe();
      const messages = state.messages.get(state.channelId ?? '')?.length ?? 0;
      const added = messages - count;
      count = messages;
      if (channelId !== state.channelId) changeChannel();
      else if (added > 0 && !atEnd) {
        state.below += added;
        update();
      }
      if (atEnd) toEnd();
    },
    scrolled() {
      const element = scroller();
      if (element === null || channelId !== state.channelId) return;
      atEnd = !isForum() && element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      if (atEnd) places.delete(channelId ?? '');
      else places.set(channelId ?? '', element.scrollTop);
      if (atEnd) seen();
    },
    down() {
      atEnd = true;
      places.delete(channelId ?? '');
      toEnd();
      seen();
    },
  };
}
