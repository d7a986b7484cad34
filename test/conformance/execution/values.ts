import fc from 'fast-check';
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { DrawValue } from '../oracle/values.js';

const texts = ['1', '2', 'b1', 'f1', 'x', '', 'ü'];

/** Draws arguments of any schema, by their types alone. */
export const drawAnyValue: DrawValue = (draw, name, type, of): unknown => {
  if (isNonNullType(type)) return drawAnyValue(draw, name, type.ofType, of);
  if (isListType(type)) return [drawAnyValue(draw, name, type.ofType, of)];
  const named = getNamedType(type);
  const pick = <T>(values: readonly T[]): T =>
    values[draw(fc.nat, { max: values.length - 1 })] as T;
  if (isEnumType(named)) return pick(named.getValues()).name;
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(
      required.map((field) => [field.name, drawAnyValue(draw, field.name, field.type, of)]),
    );
  }
  switch (named.name) {
    case 'Int':
      return pick([0, 1, 2, 7]);
    case 'Float':
      return pick([0.5, 2]);
    case 'Boolean':
      return pick([true, false]);
    default:
      return pick(texts);
  }
};
