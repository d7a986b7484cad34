import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

import { format } from '../state/format.ts';

/** How deep a first selection goes. */
const mostDepth = 3;
const mostFields = 8;

/** The name of a list’s objects in a connection. */
const isNodes = (name: string) => name === 'nodes';

/** Selects what needs no arguments: values, and for a connection its objects. */
function select(type: GraphQLNamedType, depth: number): string {
  if (!isCompositeType(type)) return '';
  if (!isObjectType(type) && !isInterfaceType(type)) return ' { __typename }';
  const fields = Object.values(type.getFields()).filter(
    ({ args }) => !args.some(isRequiredArgument),
  );
  const values = fields.filter(({ type: inner }) => !isCompositeType(getNamedType(inner)));
  const names = values.slice(0, mostFields).map(({ name }) => name);
  const nodes = fields.find(({ name }) => isNodes(name));
  if (nodes && depth < mostDepth)
    names.push(`${nodes.name}${select(getNamedType(nodes.type), depth + 1)}`);
  return ` { ${names.length > 0 ? names.join(' ') : '__typename'} }`;
}

/** A value of the right form, to be replaced by the reader. */
function sample(type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return sample(type.ofType, depth);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    if (depth >= mostDepth) return {};
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map((field) => [field.name, sample(field.type, depth + 1)]));
  }
  if (type.name === 'Int' || type.name === 'Float') return 0;
  return type.name === 'Boolean' ? false : '';
}

/** A first operation with a root field, and its variables; undefined for other fields. */
export function startOperation(
  schema: GraphQLSchema,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
): { readonly query: string; readonly variables: string } | undefined {
  const kind =
    typeName === schema.getQueryType()?.name
      ? 'query'
      : typeName === schema.getMutationType()?.name
        ? 'mutation'
        : undefined;
  if (!kind) return undefined;
  const required = field.args.filter(isRequiredArgument);
  const declared = required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = required.map(({ name }) => `${name}: $${name}`).join(', ');
  const operationName = `${field.name[0]?.toUpperCase() ?? ''}${field.name.slice(1)}`;
  const selection = select(getNamedType(field.type), 1);
  const query = `${kind} ${operationName}${declared && `(${declared})`} { ${field.name}${given && `(${given})`}${selection} }`;
  const values = Object.fromEntries(required.map(({ name, type }) => [name, sample(type)]));
  return {
    query: format(query) ?? query,
    variables: required.length > 0 ? JSON.stringify(values, undefined, 2) : '',
  };
}
