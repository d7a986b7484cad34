import {
  buildASTSchema,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
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

/** A root field with pages. */
export interface PagedField {
  readonly name: string;
  readonly node: GraphQLObjectType;
  /** The keys of its order, if the contract names them. */
  readonly orderBy: readonly string[] | undefined;
  readonly hasTotalCount: boolean;
  /** Whether its filter has a `search`. */
  readonly isSearched: boolean;
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
  readonly lookups: readonly Lookup[];
  /** The entities whose owner serves this contract. */
  readonly own: readonly EntityType[];
  /** The entities of others, to which this contract adds fields. */
  readonly foreign: readonly EntityType[];
}

/** Reads the outline of a contract. */
export function readOutline(contractSdl: string): Outline {
  const schema = buildASTSchema(parse(contractSdl), { assumeValid: true, assumeValidSDL: true });
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  const lookups = roots.flatMap((field) => readLookup(field) ?? []);
  const found = new Set(roots.flatMap(listTypes));
  const entities = Object.values(schema.getTypeMap()).flatMap((type) => readEntity(type) ?? []);
  const isOwn = ({ type, key }: EntityType) => found.has(type.name) || makesPromise(type, key);
  return {
    schema,
    paged: roots.flatMap((field) => readPaged(field) ?? []),
    lookups,
    own: entities.filter(isOwn),
    foreign: entities.filter((entity) => !isOwn(entity)),
  };
}

type Field = GraphQLField<unknown, unknown>;

/** The types that a root field leads to, through a connection too. */
function listTypes({ type }: Field): string[] {
  const named = getNamedType(type);
  const nodes = isObjectType(named) ? named.getFields()['nodes'] : undefined;
  return [named.name, ...(nodes ? [getNamedType(nodes.type).name] : [])];
}

/** Only an owner can promise a value that is never null. Others may know nothing of the entity. */
const makesPromise = (type: GraphQLObjectType, key: string): boolean =>
  Object.values(type.getFields()).some(
    (field) => isNonNullType(field.type) && field.name !== key && !isExternal(field),
  );

const isExternal = ({ astNode }: Field): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'external') ?? false;

function readLookup({ name, args, type }: Field): Lookup | undefined {
  const [argument, ...others] = args.filter(isRequiredArgument);
  const named = getNamedType(type);
  const isOne = !isListType(type) && isObjectType(named);
  if (!argument || others.length > 0 || !isOne || getNamedType(argument.type).name !== 'ID') return;
  return { name, argument: argument.name, type: named };
}

function readPaged({ name, args, type, astNode }: Field): PagedField | undefined {
  const connection = getNamedType(type);
  if (!isObjectType(connection) || args.some(isRequiredArgument)) return;
  const { nodes, edges, pageInfo, totalCount } = connection.getFields();
  const node = nodes && getNamedType(nodes.type);
  if (!edges || !pageInfo || !isObjectType(node) || !node.getFields()['id']) return;
  const filter = args.find((argument) => argument.name === 'filter');
  return {
    name,
    node,
    orderBy: readOrder(astNode?.directives ?? []),
    hasTotalCount: totalCount !== undefined,
    isSearched: filter !== undefined && hasSearch(getNamedType(filter.type)),
  };
}

const hasSearch = (type: GraphQLNamedType): boolean =>
  isInputObjectType(type) && 'search' in type.getFields();

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

/** The fields of a type that need no argument and have no selection. */
export const leavesOf = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter(({ args, type: of }) => isLeafType(getNamedType(of)) && !args.some(isRequiredArgument))
    .filter((field) => !isExternal(field))
    .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'requires'))
    .map(({ name }) => name);
