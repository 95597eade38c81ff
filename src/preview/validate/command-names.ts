import { Locale } from 'discord.js';
import { COMMAND } from './limits.ts';
import { asObject, checkText, isAbsent, type Fields, type Place } from './problems.ts';

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const LOCALES: readonly string[] = Object.values(Locale);

/** Notes what Discord would not take as the names and descriptions of a command or an option. */
export function checkNames(place: Place, fields: Fields, { isSlash }: { isSlash: boolean }): void {
  checkName(place.in('name'), fields['name'], isSlash);
  const description = place.in('description');
  if (isSlash) checkText(description, fields['description'], { min: 1, max: COMMAND.description, required: true });
  else if (fields['description']) {
    description.fault('APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED', 'Context menu commands cannot have description');
  }
  eachLocale(place.in('name_localizations'), fields['name_localizations'], (at, value) =>
    checkName(at, value, isSlash),
  );
  eachLocale(place.in('description_localizations'), fields['description_localizations'], (at, value) =>
    checkText(at, value, { min: 1, max: COMMAND.description }),
  );
}

function checkName(place: Place, value: unknown, isSlash: boolean): void {
  if (!checkText(place, value, { min: 1, max: COMMAND.name, required: true }) || !isSlash) return;
  if (!SLASH_NAME.test(value) || value !== value.toLowerCase()) {
    place.fault('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** Visits every translation; notes a fault for a language that Discord does not know. */
function eachLocale(place: Place, value: unknown, visit: (at: Place, text: unknown) => void): void {
  const texts = isAbsent(value) ? null : asObject(place, value);
  for (const [locale, text] of Object.entries(texts ?? {})) {
    if (!LOCALES.includes(locale)) place.in(locale).fault('BASE_TYPE_CHOICES', `Unknown locale "${locale}"`);
    else if (!isAbsent(text)) visit(place.in(locale), text);
  }
}
