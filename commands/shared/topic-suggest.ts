import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Services, SuggestRequest } from '../../src/discord/command.ts';
import { MOST_CHOICES } from './choices.ts';
import { whenChoices } from './topic-when.ts';
import { parseZone, zoneChoices, zoneOf } from './topic-zone.ts';

/** What is offered while a topic's query, its time or its zone is typed. */
export async function suggestForTopic(
  { focused, options, reader }: SuggestRequest,
  services: Services,
): Promise<APIApplicationCommandOptionChoice[]> {
  const { name, value } = focused;
  if (name === 'query') return queryIdeas(value, services);
  const own = await zoneOf(reader.id, services);
  if (name === 'timezone') return zoneChoices(value, own, services.clock());
  return name === 'when' ? whenChoices(value, typedZone(options['timezone']) ?? own) : [];
}

function typedZone(text: unknown): string | null {
  try {
    return typeof text === 'string' ? parseZone(text) : null;
  } catch {
    return null;
  }
}

/** Common phrases and organisations; titles are no topics. What is typed comes first, because Discord takes that on Enter. */
function queryIdeas(typed: string, { search }: Services): { name: string; value: string }[] {
  const text = typed.trim();
  if (!text) return [];
  const ideas = search.suggest(typed, MOST_CHOICES * 2).flatMap(({ kind, text: idea }) => {
    if (kind === 'phrase') return [{ name: `"${idea}"`, value: `"${idea}"` }];
    return kind === 'organization' && !idea.includes('"')
      ? [{ name: `Papers from ${idea}`, value: `org:"${idea}"` }]
      : [];
  });
  return [{ name: text, value: text }, ...ideas];
}
