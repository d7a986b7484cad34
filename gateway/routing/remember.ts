import { LRUCache } from 'lru-cache';

/** How many values of one kind are kept: a client must not be able to make them without end. */
const mostRemembered = 100;

/** Makes each value once, and finds it again by its name as long as it is among the last that were used. */
export function remember<Key, Value>(
  make: (key: Key) => Value,
  nameOf: (key: Key) => string,
): (key: Key) => Value {
  const known = new LRUCache<string, { readonly value: Value }>({ max: mostRemembered });
  return (key) => {
    const name = nameOf(key);
    const found = known.get(name) ?? { value: make(key) };
    known.set(name, found);
    return found.value;
  };
}
