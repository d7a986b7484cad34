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
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';

/** How deep a first selection, or a value, goes. */
const mostDepth = 3;

/** A field to be written, with what is selected in it. */
export interface Selected {
  readonly head: string;
  readonly inner: readonly Selected[];
}

const placeholder: Selected = { head: '__typename', inner: [] };

/**
 * What to select first of a type: values that need no arguments, and for a connection its objects.
 * @param most how many values of an object
 */
export function selectFirst(type: GraphQLNamedType, most: number, depth = 1): readonly Selected[] {
  if (!isCompositeType(type)) return [];
  if (!isObjectType(type) && !isInterfaceType(type)) return [placeholder];
  const fields = Object.values(type.getFields()).filter(
    ({ args }) => !args.some(isRequiredArgument),
  );
  const nodes = fields.find(({ name }) => name === 'nodes');
  const values = fields
    .filter(({ type: inner }) => !isCompositeType(getNamedType(inner)))
    .slice(0, nodes && most === 1 ? 0 : most)
    .map(({ name }): Selected => ({ head: name, inner: [] }));
  const objects =
    nodes && depth < mostDepth
      ? [{ head: nodes.name, inner: selectFirst(getNamedType(nodes.type), most, depth + 1) }]
      : [];
  const all = [...values, ...objects];
  return all.length > 0 ? all : [placeholder];
}

/** A value of the right form, to be replaced by the reader. */
export function sample(type: GraphQLInputType, depth = 0): unknown {
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
