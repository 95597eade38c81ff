import { ApplicationCommandOptionType as Option, InteractionType } from 'discord.js';
import type { Document } from './sets.ts';

/** What Discord says of who asks, and where. */
const CIRCUMSTANCES = {
  application_id: '1180000000000000001',
  version: 1,
  locale: 'en-GB',
  context: 0,
  guild_id: '1180000000000000100',
  channel: { id: '1180000000000000301', type: 0 },
  app_permissions: String(0xffff_ffffn),
  entitlements: [],
};

/** A mix of what readers ask in an archive of these papers: ten kinds, in turn. */
export function interactionsAbout(documents: readonly Document[]): Record<string, unknown>[] {
  const step = Math.max(Math.floor(documents.length / 300), 1);
  return documents
    .filter((_, index) => index % step === 0)
    .flatMap(({ title, abstract }, index) => {
      const words = title.split(/\s+/).filter((word) => word.length > 3);
      const [one = 'model', two = 'data', three = 'learning'] = words;
      const sentence = abstract.slice(0, 200);
      const asked = [
        command('search', { query: `${one} ${two}` }),
        suggestion('search', 'query', `${one} ${two.slice(0, 3)}`),
        command('search', { query: `"${one} ${two}" OR ${three} -quantum` }),
        suggestion('paper', 'title', title.slice(0, 12)),
        command('paper', { title }),
        command('search', { query: sentence }),
        command('related', { paper: title }),
        suggestion('search', 'query', one.slice(0, 2)),
        index % 2 === 0 ? command('today', {}) : command('status', {}),
        index % 5 === 0 ? command('trends', { term: one }) : command('inbox', {}),
      ];
      return asked.map((interaction) => ({ ...CIRCUMSTANCES, ...from(index), ...interaction }));
    });
}

function from(index: number) {
  const user = {
    id: String(1_180_000_000_000_001_000n + BigInt(index)),
    username: `reader${index}`,
    global_name: null,
  };
  return { member: { user, permissions: String(0xffff_ffffn), nick: null, roles: [] } };
}

function command(name: string, options: Record<string, string>) {
  const given = Object.entries(options).map(([name, value]) => ({ name, type: Option.String, value }));
  return { type: InteractionType.ApplicationCommand, data: { id: '1', type: 1, name, options: given } };
}

function suggestion(name: string, option: string, typed: string) {
  const options = [{ name: option, type: Option.String, value: typed, focused: true }];
  return { type: InteractionType.ApplicationCommandAutocomplete, data: { id: '1', type: 1, name, options } };
}
