import { registerEnumType } from 'type-graphql';

/**
 * An enum of a schema: its values by name, registered under its name in the schema.
 *
 * Each partner creates its own enums, even those of several contracts, because a registered enum
 * belongs to one schema.
 * @param values each with its description
 * @example export const Direction = createEnum('Direction', 'Which way a group travels.', {
 *   NORTH: 'To the north.',
 *   SOUTH: 'To the south.',
 * }); export type Direction = keyof typeof Direction;
 */
export function createEnum<const Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): { readonly [Each in Value]: Each } {
  const names = Object.keys(values) as Value[];
  const byName = Object.freeze(
    Object.fromEntries(names.map((value) => [value, value])) as { [Each in Value]: Each },
  );
  const valuesConfig = Object.fromEntries(
    names.map((value) => [value, { description: values[value] }]),
  ) as { [Each in Value]: { description: string } };
  registerEnumType(byName, { name, description, valuesConfig });
  return byName;
}
