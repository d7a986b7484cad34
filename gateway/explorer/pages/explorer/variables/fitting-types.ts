import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
} from 'graphql';
import type { ExpectedVariable } from './expected-variables.ts';
import type { Step } from './json-places.ts';

/** A name that can stand in an object of the variables. */
export interface Slot {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly description?: string | null | undefined;
}

/** The type without its lists and without `!`. */
export function innermost(type: GraphQLInputType): GraphQLInputType {
  const nullable = getNullableType(type);
  return isListType(nullable) ? innermost(nullable.ofType) : nullable;
}

/** The names that fit into the object at a path. The whole of the variables is at the empty path. */
export function listSlots(
  expected: readonly ExpectedVariable[],
  path: readonly Step[],
): readonly Slot[] {
  let slots: readonly Slot[] = expected;
  for (const by of path) {
    // An item of a list has the type that the list’s own name gives it.
    if (typeof by === 'number') continue;
    const found = slots.find(({ name }) => name === by);
    const type = found && innermost(found.type);
    slots = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  }
  return slots;
}

/** The type of the value at a path. */
export function findType(
  expected: readonly ExpectedVariable[],
  path: readonly Step[],
): GraphQLInputType | undefined {
  const last = path.findLastIndex((by) => typeof by === 'string');
  return listSlots(expected, path.slice(0, last)).find(({ name }) => name === path[last])?.type;
}

const plainTypes: readonly string[] = ['Int', 'Float', 'Boolean'];

/** What a value of this type begins with, and what it ends with. */
export function emptyValue(type: GraphQLInputType): readonly [start: string, end: string] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return ['[', ']'];
  if (isInputObjectType(nullable)) return ['{ ', ' }'];
  return !isEnumType(nullable) && plainTypes.includes(nullable.name) ? ['', ''] : ['"', '"'];
}
