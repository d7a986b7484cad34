/** A response, for access tests. */
export interface ParsedResponse {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/**
 * The results for one field of one object, at all places of a response: its value, or the code of
 * the error instead. Empty if the response does not have the object.
 */
export function outcomesOf(
  { data, errors = [] }: ParsedResponse,
  id: string,
  field: string,
): unknown[] {
  const found: unknown[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    const own = new Map<unknown, unknown>(entries);
    if (own.get('id') === id && own.has(field)) {
      const place = JSON.stringify([...path, field]);
      const error = errors.find((one) => JSON.stringify(one.path) === place);
      found.push(error && own.get(field) === null ? error.extensions.code : own.get(field));
    }
    for (const [key, child] of entries) walk(child, [...path, key]);
  };
  walk(data, []);
  return found;
}

/** An access path to the rows of a type, around their selection. */
type AccessPath = (selection: string) => string;

/** The hub’s access path to an entity. */
export const entityPath =
  (type: string, representation: Readonly<Record<string, string>>): AccessPath =>
  (selection) => {
    const fields = Object.entries(representation).map(
      ([name, value]) => `, ${name}: ${JSON.stringify(value)}`,
    );
    return `{ _entities(representations: [{ __typename: "${type}"${fields.join('')} }]) { ... on ${type} { ${selection} } } }`;
  };
