import { longest } from '@hub/shared/graphql';
import { inner } from '@hub/shared/testing';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { sampleOf } from '../network/samples.js';

/** A place of a schema that takes a text or a list, and how to send one there. */
export interface BoundedInput<Given> {
  /** `Query.policeUnits(filter.search)` */
  readonly name: string;
  /** Its path, through the first items of lists. */
  readonly argument: string;
  readonly most: number;
  /** The name of its type, without what makes it a list or non-null. */
  readonly type: string;
  readonly query: string;
  variablesWith(given: Given): Record<string, unknown>;
  /** The same with the value in the document itself. */
  literalWith(given: Given): string;
}

export type TextInput = BoundedInput<string>;

/** Given is how many items the list has. */
export type ListInput = BoundedInput<number>;

type Value = unknown;
type Field = GraphQLField<unknown, unknown>;

interface Leaf<Given> {
  readonly path: string;
  readonly most: number;
  readonly type: string;
  with(given: Given): Value;
}

type FindLeaves<Given> = (name: string, type: GraphQLInputType, path?: string) => Leaf<Given>[];

/** The places below each field of an input object, with the whole object around them. */
const leavesOfFields = <Given>(
  type: GraphQLInputObjectType,
  path: string,
  find: FindLeaves<Given>,
): Leaf<Given>[] =>
  Object.values(type.getFields()).flatMap((field) =>
    find(field.name, field.type, `${path}.${field.name}`).map((leaf) => ({
      ...leaf,
      with: (given): Value => ({ ...(sampleOf(type) as object), [field.name]: leaf.with(given) }),
    })),
  );

/** Each place below an argument that takes a text, with the whole argument around it. */
function leavesOf(name: string, type: GraphQLInputType, path = name): Leaf<string>[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return leavesOf(name, nullable.ofType as GraphQLInputType, `${path}.0`).map((leaf) => ({
      ...leaf,
      with: (text) => [leaf.with(text)],
    }));
  }
  if (isInputObjectType(nullable)) {
    return leavesOfFields(nullable, path, leavesOf);
  }
  const most = isEnumType(nullable)
    ? longest.word
    : inner.longestArgument(name, nullable.toString());
  const scalar = nullable.toString();
  const isAny = scalar === '_Any';
  const leaf = (text: string) => (isAny ? { __typename: 'PoliceUnit', id: text } : text);
  return [{ path, most, type: scalar, with: leaf }];
}

/** Each place below an argument that takes a list. Representations have a bound of their own. */
function listsOf(name: string, type: GraphQLInputType, path = name): Leaf<number>[] {
  const nullable = getNullableType(type);
  if (isInputObjectType(nullable)) return leavesOfFields(nullable, path, listsOf);
  if (!isListType(nullable) || getNamedType(nullable).name === '_Any') return [];
  const item = sampleOf(nullable.ofType as GraphQLInputType);
  const { name: named } = getNamedType(nullable);
  return [
    { path, most: longest.list, type: named, with: (count) => Array<Value>(count).fill(item) },
  ];
}

function toLiteral(value: Value, type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (Array.isArray(value) && isListType(nullable)) {
    const itemType = nullable.ofType as GraphQLInputType;
    return `[${value.map((item) => toLiteral(item, itemType)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(nullable) ? nullable.getFields() : {};
    const entries = Object.entries(value).map(([name, inner]) => {
      const field = fields[name];
      return `${name}: ${field ? toLiteral(inner, field.type) : JSON.stringify(inner)}`;
    });
    return `{ ${entries.join(', ')} }`;
  }
  // An enum value of a sample; a text in its place is written as one.
  const isName = isEnumType(nullable) && nullable.getValue(String(value));
  return isName ? String(value) : JSON.stringify(value);
}

const callOf = ({ name, args }: Field, given: Readonly<Record<string, string>>): string => {
  const needed = args.filter((one) => isNonNullType(one.type) && !(one.name in given));
  const samplesOf = needed.map((one) => [one.name, toLiteral(sampleOf(one.type), one.type)]);
  const all = [...samplesOf, ...Object.entries(given)].map(([key, value]) => `${key}: ${value}`);
  return all.length > 0 ? `${name}(${all.join(', ')})` : name;
};

/** How to get from the root to a type: `query ($v: T) { policeUnits { … } }`. */
type Wrap = (definition: string, selection: string) => string;

function* reachableTypes(schema: GraphQLSchema): Generator<readonly [GraphQLObjectType, Wrap]> {
  const seen = new Set<GraphQLObjectType>();
  const open: (readonly [GraphQLObjectType, Wrap])[] = [];
  const add = (type: GraphQLObjectType | null | undefined, wrap: Wrap) => {
    if (!type || seen.has(type)) return;
    seen.add(type);
    open.push([type, wrap]);
  };
  add(schema.getQueryType(), (definition, selection) => `query ${definition} { ${selection} }`);
  add(
    schema.getMutationType(),
    (definition, selection) => `mutation ${definition} { ${selection} }`,
  );
  for (let next = open.shift(); next; next = open.shift()) {
    yield next;
    const [type, wrap] = next;
    // A mutation is to be refused, so that nothing below it is asked.
    if (type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) {
      const far = getNamedType(field.type);
      if (isObjectType(far)) {
        add(far, (definition, inner) => wrap(definition, `${callOf(field, {})} { ${inner} }`));
      }
    }
  }
}

const selectionOf = (field: Field): string =>
  isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';

function inputsOf<Given>(
  type: GraphQLObjectType,
  field: Field,
  argument: GraphQLArgument,
  wrap: Wrap,
  find: FindLeaves<Given>,
): BoundedInput<Given>[] {
  const write = (definition: string, value: string) =>
    wrap(definition, callOf(field, { [argument.name]: value }) + selectionOf(field));
  return find(argument.name, argument.type).map((leaf): BoundedInput<Given> => ({
    name: `${type.name}.${field.name}(${leaf.path})`,
    argument: leaf.path,
    most: leaf.most,
    type: leaf.type,
    query: write(`($v: ${String(argument.type)})`, '$v'),
    variablesWith: (given) => ({ v: leaf.with(given) }),
    literalWith: (given) => write('', toLiteral(leaf.with(given), argument.type)),
  }));
}

const findInputs = <Given>(schema: GraphQLSchema, find: FindLeaves<Given>): BoundedInput<Given>[] =>
  [...reachableTypes(schema)].flatMap(([type, wrap]) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) => inputsOf(type, field, argument, wrap, find)),
    ),
  );

/** Every argument and input field that a client can give a text. */
export const findTextInputs = (schema: GraphQLSchema): TextInput[] => findInputs(schema, leavesOf);

/** Every argument and input field that a client can give a list. */
export const findListInputs = (schema: GraphQLSchema): ListInput[] => findInputs(schema, listsOf);
