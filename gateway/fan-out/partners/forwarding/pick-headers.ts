/** Headers as Node gives them, by lower-case name. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers that are named, each as one value. Not those that are for one connection alone. */
export function pickHeaders(
  headers: Headers,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const ofConnection = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value === undefined || ofConnection.includes(name)) continue;
    picked[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return picked;
}
