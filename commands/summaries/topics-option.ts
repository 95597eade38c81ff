import { UserError } from '../../src/core/errors.ts';
import type { Db } from '../../src/store/database.ts';
import { nameKey, type Topic, topicsOfGuild } from '../../src/store/topics.ts';
import { MOST_CHOICES } from '../shared/choices.ts';

/** The longest value that Discord takes for a suggestion. */
const LONGEST = 100;

/**
 * The ids of topics that are named by commas between them; none for `none`.
 * @throws UserError when a name is none of a topic of the server's channels.
 */
export async function topicsNamed(db: Db, guildId: string, text: string): Promise<number[]> {
  if (/^\s*(?:none|no|-)?\s*$/i.test(text)) return [];
  const topics = await topicsOfGuild(db, guildId);
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const found = topics.find((topic) => nameKey(topic.name) === nameKey(name));
      if (found) return found.id;
      const names = topics.map((topic) => topic.name).join(', ');
      throw new UserError(
        topics.length === 0
          ? 'No channel of this server follows a topic yet. Make one with /subscribe and "where", then name it here.'
          : `"${name}" is no topic of this server’s channels. There are: ${names}.`,
      );
    });
}

/** The names before the last comma stay; what is typed after it may become any other topic. */
export async function topicsChoices(
  db: Db,
  guildId: string,
  typed: string,
): Promise<{ name: string; value: string }[]> {
  const topics = await topicsOfGuild(db, guildId);
  const parts = typed.split(',').map((part) => part.trim());
  const begun = nameKey(parts.pop() ?? '');
  const before = parts.filter(Boolean);
  const taken = new Set(before.map(nameKey));
  const isOffered = ({ name }: Topic) =>
    !taken.has(nameKey(name)) && nameKey(name).includes(begun) && !name.includes(',');
  return topics
    .filter(isOffered)
    .map(({ name }) => [...before, name].join(', '))
    .filter((value) => value.length <= LONGEST)
    .slice(0, MOST_CHOICES)
    .map((value) => ({ name: value, value }));
}
