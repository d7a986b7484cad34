import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Contract } from '../../registry/contracts.js';
import { findWholeListArgument, type ContractModels } from '../contract-model.js';

/** A root field with pages. */
export interface PagedField {
  readonly name: string;
  readonly node: GraphQLObjectType;
  /** The keys of its order, if the contract names them. */
  readonly orderBy: readonly string[] | undefined;
  readonly hasTotalCount: boolean;
  /** Whether it also has pages from its end. */
  readonly isTwoWay: boolean;
  /** The argument that makes the list whole: without it, it leaves out what was made for rehearsals. */
  readonly wholeBy: string | undefined;
}

/** A root field that searches, with pages or without. */
interface SearchedField {
  readonly name: string;
  /** The argument that searches: `search`, or `filter` with a `search`. */
  readonly searchedBy: 'search' | 'filter';
  readonly hasPages: boolean;
}

/** A root field that finds one record. */
interface Lookup {
  readonly name: string;
  readonly argument: string;
  readonly type: GraphQLObjectType;
}

/** An entity type of the contract. */
export interface EntityType {
  readonly type: GraphQLObjectType;
  readonly key: string;
}

/** What the contract lets a stranger ask without knowing what it is about. */
export interface Outline {
  readonly schema: GraphQLSchema;
  readonly paged: readonly PagedField[];
  readonly searched: readonly SearchedField[];
  readonly lookups: readonly Lookup[];
  /** The entities whose owner serves this contract. */
  readonly own: readonly EntityType[];
  /** The entities of others, to which this contract adds fields. */
  readonly foreign: readonly EntityType[];
}

/** Reads the outline of a contract, among the contracts of its network. */
export function readOutline(
  { name, sdl: contractSdl }: Contract,
  contracts: ContractModels,
): Outline {
  const model = contracts.models.get(name);
  const schema = buildASTSchema(parse(contractSdl), { assumeValid: true, assumeValidSDL: true });
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  const lookups = roots.flatMap((field) => readLookup(field) ?? []);
  const entities = Object.values(schema.getTypeMap()).flatMap((type) => readEntity(type) ?? []);
  const isOwn = ({ type }: EntityType) => contracts.ownerOf(type.name)?.name === name;
  const wholeBy = ({ astNode }: Field) =>
    model && astNode ? findWholeListArgument(model, astNode) : undefined;
  return {
    schema,
    paged: roots.flatMap((field) => {
      const paged = readPaged(field);
      return paged ? { ...paged, wholeBy: wholeBy(field) } : [];
    }),
    searched: roots.flatMap((field) => readSearched(field) ?? []),
    lookups,
    own: entities.filter(isOwn),
    foreign: entities.filter((entity) => !isOwn(entity)),
  };
}

type Field = GraphQLField<unknown, unknown>;

const isExternal = ({ astNode }: Field): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'external') ?? false;

function readLookup({ name, args, type }: Field): Lookup | undefined {
  const [argument, ...others] = args.filter(isRequiredArgument);
  const named = getNamedType(type);
  const isOne = !isListType(type) && isObjectType(named);
  if (!argument || others.length > 0 || !isOne || getNamedType(argument.type).name !== 'ID') return;
  return { name, argument: argument.name, type: named };
}

function readPaged({ name, args, type, astNode }: Field): Omit<PagedField, 'wholeBy'> | undefined {
  const connection = getNamedType(type);
  if (!isObjectType(connection) || args.some(isRequiredArgument)) return;
  const { nodes, edges, pageInfo, totalCount } = connection.getFields();
  const node = nodes && getNamedType(nodes.type);
  if (!edges || !pageInfo || !isObjectType(node) || !node.getFields()['id']) return;
  return {
    name,
    node,
    orderBy: readOrder(astNode?.directives ?? []),
    hasTotalCount: totalCount !== undefined,
    isTwoWay: ['last', 'before'].every((wanted) => args.some((arg) => arg.name === wanted)),
  };
}

function readSearched(field: Field): SearchedField | undefined {
  const { name, args, type } = field;
  const row = getNamedType(type);
  const hasPages = readPaged(field) !== undefined;
  const isList = isListType(getNullableType(type)) && isObjectType(row) && 'id' in row.getFields();
  const required = args.filter(isRequiredArgument);
  if (!(hasPages || isList) || required.some((argument) => argument.name !== 'search')) return;
  if (hasArgument(args, 'search', isLeafType)) return { name, searchedBy: 'search', hasPages };
  if (!hasArgument(args, 'filter', hasInput('search'))) return;
  return { name, searchedBy: 'filter', hasPages };
}

const hasArgument = (
  args: Field['args'],
  wanted: string,
  isFit: (type: GraphQLNamedType) => boolean,
): boolean => args.some(({ name, type }) => name === wanted && isFit(getNamedType(type)));

const hasInput =
  (name: string) =>
  (type: GraphQLNamedType): boolean =>
    isInputObjectType(type) && name in type.getFields();

function readOrder(directives: readonly ConstDirectiveNode[]): readonly string[] | undefined {
  const gather = directives.find((directive) => directive.name.value === 'gather');
  const order = gather?.arguments?.find((argument) => argument.name.value === 'orderBy')?.value;
  if (order?.kind !== Kind.LIST) return undefined;
  return order.values.flatMap((value) => (value.kind === Kind.STRING ? value.value : []));
}

function readEntity(type: GraphQLNamedType): EntityType | undefined {
  if (!isObjectType(type)) return undefined;
  const nodes = [type.astNode, ...type.extensionASTNodes];
  const keys = nodes.flatMap(
    (node) => node?.directives?.filter(({ name }) => name.value === 'key') ?? [],
  );
  for (const { arguments: given = [] } of keys) {
    const valueOf = (name: string) => given.find((argument) => argument.name.value === name)?.value;
    const [fields, resolvable] = [valueOf('fields'), valueOf('resolvable')];
    const isResolved = !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
    if (fields?.kind === Kind.STRING && /^\w+$/.test(fields.value) && isResolved) {
      return { type, key: fields.value };
    }
  }
  return undefined;
}

/** The fields of a type that need no argument and nothing of others. */
export const plainFieldsOf = (type: GraphQLObjectType): Field[] =>
  Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter((field) => !isExternal(field))
    .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'requires'));

/** Those of them that have no selection. */
export const leavesOf = (type: GraphQLObjectType): string[] =>
  plainFieldsOf(type)
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);
