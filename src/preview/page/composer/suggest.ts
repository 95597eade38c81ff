import { nextNonce, type App } from '../app.ts';
import { draftOf } from '../state.ts';
import { hasAutocomplete, optionOf, toOptions } from './fill.ts';

/** Milliseconds without typing before suggestions are asked for. */
const PAUSE = 150;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for suggestions for an option once the reader pauses; only the answer to the newest question is shown. */
export function askForSuggestions(app: App, name: string): void {
  const { fill } = draftOf(app.state);
  const option = fill === null ? undefined : optionOf(fill, name);
  clearTimeout(timer);
  if (fill === null || option === undefined || !hasAutocomplete(option)) return;
  const nonce = nextNonce();
  app.state.combo = { ...app.state.combo, asked: { nonce, choices: app.state.combo.asked?.choices ?? null } };
  timer = setTimeout(() => {
    const channelId = app.state.channelId ?? '';
    const options = toOptions(fill, name);
    app.send({ type: 'autocomplete', nonce, channelId, commandId: fill.call.commandId, options });
  }, PAUSE);
}
