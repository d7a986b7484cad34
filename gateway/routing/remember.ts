/** Makes each value once, and finds it again by its name. */
export function remember<Key, Value>(
  make: (key: Key) => Value,
  nameOf: (key: Key) => string,
): (key: Key) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const name = nameOf(key);
    let value = known.get(name);
    if (value === undefined) {
      value = make(key);
      known.set(name, value);
    }
    return value;
  };
}
