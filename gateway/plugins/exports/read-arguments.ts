import { HubError } from '@hub/shared/errors';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLScalarType,
} from 'graphql';
import type { Parameter } from './read-search.js';

/** Anything that takes a value: an argument, a field of an input, or a variable of a document. */
export interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Undefined if there is none. */
  readonly defaultValue?: unknown;
}

/**
 * Scalars with a known form, by name. Other scalars are passed on as texts, and the partner checks
 * them.
 */
export type Scalars = ReadonlyMap<string, Pick<GraphQLScalarType, 'parseValue'>>;

type Values = Record<string, unknown>;

const refuse = (argument: string, message: string): HubError =>
  new HubError('BAD_USER_INPUT', { argument: argument.slice(0, 100), message });

/** Parsers for the scalars of GraphQL itself, except texts. */
const literals: Readonly<Record<string, (text: string) => unknown>> = {
  Int: (text) => (/^-?\d{1,10}$/.test(text) ? Number(text) : undefined),
  Float: (text) => (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined),
  Boolean: (text) => ({ true: true, false: false })[text],
};

function readLeaf(
  type: GraphQLLeafType,
  text: string,
  argument: string,
  scalars: Scalars,
): unknown {
  if (isEnumType(type)) {
    if (type.getValue(text)) return text;
    const names = type.getValues().map(({ name }) => name);
    throw refuse(argument, `\`${argument}\` must be one of ${names.join(', ')}.`);
  }
  const read = literals[type.name];
  const value = read ? read(text) : text;
  if (value === undefined) throw refuse(argument, `\`${argument}\` must be of type ${type.name}.`);
  try {
    scalars.get(type.name)?.parseValue(value);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw refuse(argument, error.message);
  }
  return value;
}

function setValue(
  values: Values,
  inputs: readonly Input[],
  [name = '', ...rest]: readonly string[],
  parameter: Parameter,
  scalars: Scalars,
): void {
  const { name: argument, value: text } = parameter;
  const input = inputs.find((candidate) => candidate.name === name);
  if (!input) throw refuse(argument, 'Unknown argument.');
  const type = getNullableType(input.type);
  const item = isListType(type) ? getNullableType(type.ofType as GraphQLInputType) : type;
  if (isInputObjectType(item) && !isListType(type) && rest.length > 0) {
    const inner = (values[name] ??= Object.create(null)) as Values;
    return setValue(inner, Object.values(item.getFields()), rest, parameter, scalars);
  }
  if (!isLeafType(item))
    throw refuse(argument, `\`${argument}\` is an object. Set its fields instead.`);
  if (rest.length > 0)
    throw refuse(argument, `\`${argument}\` leads through an argument without fields.`);
  const value = readLeaf(item, text, argument, scalars);
  if (isListType(type)) ((values[name] ??= []) as unknown[]).push(value);
  else if (Object.hasOwn(values, name))
    throw refuse(argument, `\`${argument}\` must be given once.`);
  else values[name] = value;
}

/** The partner would check this too, but could not name the parameter. */
function checkRequired(values: Values, inputs: readonly Input[], above = ''): void {
  for (const { name, type, defaultValue } of inputs) {
    const argument = `${above}${name}`;
    const value = values[name];
    if (value === undefined && isNonNullType(type) && defaultValue === undefined)
      throw refuse(argument, `\`${argument}\` is required.`);
    const inner = getNullableType(type);
    if (value !== undefined && isInputObjectType(inner))
      checkRequired(value as Values, Object.values(inner.getFields()), `${argument}.`);
  }
}

/**
 * Parses arguments from parameters: `minimum=2`, `filter.country=DK`, and a list by repeating its
 * name.
 * @throws HubError `BAD_USER_INPUT` with `argument`, for an unknown name or an invalid value
 */
export function readArguments(
  parameters: readonly Parameter[],
  inputs: readonly Input[],
  scalars: Scalars,
): Readonly<Record<string, unknown>> {
  const values = Object.create(null) as Values;
  for (const parameter of parameters)
    setValue(values, inputs, parameter.name.split('.'), parameter, scalars);
  checkRequired(values, inputs);
  return values;
}
