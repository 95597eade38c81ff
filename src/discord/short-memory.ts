import type { Clock } from '../core/clock.ts';

/** More is forgotten before its time. */
const MOST = 1000;

/**
 * The same function, which gives what it gave for the same key for so many milliseconds more, also to those who ask while it is
 * still found out. What failed is not remembered.
 */
export function createShortMemory<Key, Value>(
  ask: (key: Key) => Promise<Value>,
  milliseconds: number,
  clock: Clock,
): (key: Key) => Promise<Value> {
  const remembered = new Map<Key, { value: Promise<Value>; until: number }>();
  return (key) => {
    const now = clock().getTime();
    const known = remembered.get(key);
    if (known && known.until > now) return known.value;
    if (remembered.size >= MOST) remembered.clear();
    const value = ask(key);
    remembered.set(key, { value, until: now + milliseconds });
    value.catch(() => remembered.delete(key));
    return value;
  };
}
