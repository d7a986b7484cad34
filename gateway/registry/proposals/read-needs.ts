import type { Change } from '@graphql-inspector/core';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLSchema,
} from 'graphql';
import { coordinateOf } from '../publications/schema/coordinate-of-change.js';

/** A type with all that is in it. */
function membersOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) return [name, ...type.getValues().map((value) => `${name}.${value.name}`)];
  if (isInputObjectType(type))
    return [name, ...Object.keys(type.getFields()).map((field) => `${name}.${field}`)];
  if (!isObjectType(type) && !isInterfaceType(type)) return [name];
  return [name, ...Object.keys(type.getFields()).flatMap((field) => fieldOf(schema, name, field))];
}

/** A field with its arguments. */
function fieldOf(schema: GraphQLSchema, name: string, field: string): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInterfaceType(type)) return [`${name}.${field}`];
  const given = type.getFields()[field]?.args ?? [];
  return [`${name}.${field}`, ...given.map((argument) => `${name}.${field}(${argument.name}:)`)];
}

/** The fields, arguments and input fields that have a type. */
function usersOf(schema: GraphQLSchema, name: string): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    const is = (one: { readonly type: Parameters<typeof getNamedType>[0] }) =>
      getNamedType(one.type)?.name === name;
    if (isInputObjectType(type))
      return Object.values(type.getFields()).flatMap((field) =>
        is(field) ? [`${type.name}.${field.name}`] : [],
      );
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      ...(is(field) ? [`${type.name}.${field.name}`] : []),
      ...field.args.filter(is).map((one) => `${type.name}.${field.name}(${one.name}:)`),
    ]);
  });
}

/** True if an argument or an input field must be given. */
function isRequired(schema: GraphQLSchema, [name = '', field = '', argument]: string[]): boolean {
  const type = schema.getType(name);
  if (isInputObjectType(type)) {
    const found = type.getFields()[field];
    return found !== undefined && isRequiredInputField(found);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const found = type.getFields()[field]?.args.find((one) => one.name === argument);
  return found !== undefined && isRequiredArgument(found);
}

/**
 * The elements whose users a breaking change can break, as the counts of usage name them. If the
 * counts cannot decide (which type of an interface did a client get?), all possible elements are
 * listed.
 */
export function readNeeds(
  change: Change,
  before: GraphQLSchema,
  after: GraphQLSchema,
): readonly string[] {
  const { type, path = '' } = change;
  const meta = change.meta as Readonly<Record<string, unknown>>;
  const parts = path.split('.');
  const [name = '', field = ''] = parts;
  const element = coordinateOf(change);
  const whole = (...names: string[]) =>
    names.flatMap((one) => [...membersOf(before, one), ...usersOf(before, one)]);
  switch (type) {
    case 'TYPE_REMOVED':
      return membersOf(before, name);
    case 'FIELD_REMOVED':
      return fieldOf(before, name, field);
    case 'FIELD_TYPE_CHANGED':
    case 'FIELD_ARGUMENT_ADDED':
      return [`${name}.${field}`];
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
      return isRequired(after, parts) ? [`${name}.${field}`, element] : [element];
    case 'INPUT_FIELD_TYPE_CHANGED':
      return isRequired(after, parts) ? whole(name) : [element];
    case 'FIELD_ARGUMENT_REMOVED':
    case 'INPUT_FIELD_REMOVED':
    case 'ENUM_VALUE_REMOVED':
      return [element];
    // Who selects the union, or the interface, may have got records of the type.
    case 'UNION_MEMBER_REMOVED':
      return whole(name);
    case 'OBJECT_TYPE_INTERFACE_REMOVED':
      return whole(String(meta['removedInterfaceName']));
    case 'SCHEMA_QUERY_TYPE_CHANGED':
      return membersOf(before, String(meta['oldQueryTypeName']));
    case 'SCHEMA_MUTATION_TYPE_CHANGED':
      return membersOf(before, String(meta['oldMutationTypeName']));
    case 'SCHEMA_SUBSCRIPTION_TYPE_CHANGED':
      return membersOf(before, String(meta['oldSubscriptionTypeName']));
    case 'DIRECTIVE_ARGUMENT_REMOVED':
      return [element];
    default:
      // Of a directive, whoever uses it; of anything else, whoever uses the type.
      return name.startsWith('@') ? [name] : whole(name);
  }
}
