import { ComponentType } from 'discord.js';
import { row, type Row } from './components.ts';

interface Named {
  name: string;
  /** What it looks for, or is about. */
  query: string;
}

/** A select of topics, or of what may become one; `value` tells them apart. `null` when there is none. */
export function topicSelect<T extends Named>(
  id: string,
  placeholder: string,
  topics: readonly T[],
  value: (topic: T) => string,
): Row | null {
  if (topics.length === 0) return null;
  const options = topics.map((topic) => {
    const { name, query } = topic;
    return { label: name, value: value(topic), ...(name === query ? {} : { description: query }) };
  });
  return row({ type: ComponentType.StringSelect, custom_id: id, placeholder, options });
}
