import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { DrawValue } from '../oracle/values.js';

const texts = ['1', '2', 'b1', 'f1', 'x', '', 'ü'];

/** Draws arguments of any schema, by their types alone. */
export const drawAnyValue: DrawValue = (draw, _name, type): unknown => drawOf(draw, type);

function drawOf(draw: GeneratorValue, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return drawOf(draw, type.ofType);
  if (isListType(type)) return [drawOf(draw, type.ofType)];
  const named = getNamedType(type);
  const pick = <T>(values: readonly T[]): T =>
    values[draw(fc.nat, { max: values.length - 1 })] as T;
  if (isEnumType(named)) return pick(named.getValues()).name;
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, drawOf(draw, field.type)]));
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
}
