import { registerEnumType } from 'type-graphql';

/**
 * An enum of a schema: its values by their names, registered under the name that the schema gives it.
 *
 * Each partner makes its own, also of those that several contracts have: what is registered belongs to one schema.
 * @example
 * export const Direction = createEnum('Direction', ['NORTH', 'SOUTH']);
 * export type Direction = keyof typeof Direction;
 */
export function createEnum<const Value extends string>(
  name: string,
  values: readonly Value[],
  description?: string,
): { readonly [Each in Value]: Each } {
  const byName = Object.freeze(
    Object.fromEntries(values.map((value) => [value, value])) as { [Each in Value]: Each },
  );
  registerEnumType(byName, { name, description });
  return byName;
}
