/** Reads what this browser keeps under a name. What cannot be read counts as nothing. */
export function readKept<Value>(
  name: string,
  isValue: (value: unknown) => value is Value,
): Value[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isValue) : [];
  } catch {
    return [];
  }
}

/** Keeps values in this browser. It may refuse, for example because its store is full. */
export function keep(name: string, values: readonly unknown[]): void {
  try {
    localStorage.setItem(name, JSON.stringify(values));
  } catch {
    // The page works on without keeping anything.
  }
}

/** True if all of these properties are texts. */
export function hasTexts<Key extends string>(
  value: unknown,
  ...keys: readonly Key[]
): value is Record<Key, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    keys.every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
  );
}
