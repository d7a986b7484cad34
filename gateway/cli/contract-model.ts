import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';
import { isCommitted, type Contract } from '../registry/contracts.js';
import { replaceStandIns, type ParsedContract } from '../registry/other-kinds.js';

/** An object type or an interface in one contract. */
export interface ContractType {
  readonly name: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  readonly isEntity: boolean;
  /** Keys that consist of one field. */
  readonly keys: readonly string[];
  /** False if the contract only refers to an entity of another contract. */
  readonly isResolvable: boolean;
  /** The field whose prefix names the partner to ask, by `@route`. */
  readonly routedBy: string | undefined;
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

export interface ContractModel {
  readonly name: string;
  readonly types: ReadonlyMap<string, ContractType>;
  /** The fields of each input, by its name. */
  readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The contracts of a network, and the owner of each entity type. */
export interface ContractModels {
  readonly models: ReadonlyMap<string, ContractModel>;
  /**
   * The contract whose servers decide whether an entity of this type exists. Undefined for types
   * that are not entities, or that no contract resolves.
   */
  ownerOf(type: string): ContractModel | undefined;
  /** Entity types whose owner is unknown, as sentences. */
  readonly gaps: readonly string[];
}

/**
 * Reads the contracts, and decides which one owns each entity type. A field that is never null says
 * nothing: whoever adds fields to another’s entity may promise a list, or a number.
 */
export function readContractModels(contracts: readonly Contract[]): ContractModels {
  const documents = contracts.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) }));
  const models = new Map(replaceStandIns(documents).map((one) => [one.name, readModel(one)]));
  const claims = [...models.values()].map((model) => ({ model, ranks: rankClaims(model) }));
  const owners = new Map<string, ContractModel>();
  const gaps: string[] = [];
  const entities = [...models.values()].flatMap(({ types }) =>
    [...types.values()].flatMap(({ name, isEntity }) => (isEntity ? [name] : [])),
  );
  for (const name of new Set(entities)) {
    const rankOf = ({ ranks }: (typeof claims)[number]) => ranks.get(name) ?? 0;
    const [best] = claims
      .filter((claim) => rankOf(claim) > 0)
      .toSorted((a, b) => rankOf(b) - rankOf(a));
    if (best) owners.set(name, best.model);
    else gaps.push(`${name} has no owner.`);
  }
  return { models, ownerOf: (type) => owners.get(type), gaps };
}

/**
 * How strongly a contract claims each entity that it resolves. A contract of the network comes
 * before one that came with a partner, which can only add to what was there. Then the best reason
 * counts: the prefix of the key names the server, a root field finds or lists it, other fields lead to it.
 */
function rankClaims(model: ContractModel): ReadonlyMap<string, number> {
  const listed = listRootTypes(model);
  const led = new Set(
    [...model.types.values()].flatMap(({ fields }) =>
      [...fields.values()].map((field) => readTarget(model, field).type),
    ),
  );
  const rank = ({ name, keys, routedBy }: ContractType): number => {
    if (routedBy !== undefined) return keys.includes(routedBy) ? 5 : 1;
    return listed.has(name) ? 4 : led.has(name) ? 3 : 2;
  };
  const base = isCommitted(model.name) ? 10 : 0;
  const resolved = [...model.types.values()].filter(
    ({ isInterface, isResolvable, keys }) => !isInterface && isResolvable && keys.length > 0,
  );
  return new Map(resolved.map((type) => [type.name, base + rank(type)]));
}

/** The types that the root fields of a contract lead to. */
const listRootTypes = (model: ContractModel): ReadonlySet<string> =>
  new Set(
    [...(model.types.get('Query')?.fields.values() ?? [])].map(
      (field) => readTarget(model, field).type,
    ),
  );

function readModel({ name, typeDefs }: ParsedContract): ContractModel {
  const types = new Map<string, ContractType>();
  const inputs = new Map<string, ReadonlySet<string>>();
  for (const node of typeDefs.definitions) {
    if (
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION
    ) {
      const fields = (node.fields ?? []).map((field) => field.name.value);
      inputs.set(node.name.value, new Set([...(inputs.get(node.name.value) ?? []), ...fields]));
    }
    if (
      node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      node.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      node.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      node.kind !== Kind.INTERFACE_TYPE_EXTENSION
    )
      continue;
    const known = types.get(node.name.value);
    const keys = (node.directives ?? []).filter((directive) => directive.name.value === 'key');
    const simple = keys.flatMap(readSimpleKey);
    const route = node.directives?.find((directive) => directive.name.value === 'route');
    const by = route && readArgument(route, 'by');
    types.set(node.name.value, {
      name: node.name.value,
      isInterface:
        node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION,
      interfaces: [
        ...(known?.interfaces ?? []),
        ...(node.interfaces ?? []).map((type) => type.name.value),
      ],
      isEntity: (known?.isEntity ?? false) || keys.length > 0,
      routedBy: by?.kind === Kind.STRING ? by.value : known?.routedBy,
      keys: [...(known?.keys ?? []), ...simple],
      isResolvable: (known?.isResolvable ?? true) && keys.every(isResolvableKey),
      fields: new Map([
        ...(known?.fields ?? []),
        ...(node.fields ?? []).map((field) => [field.name.value, field] as const),
      ]),
    });
  }
  return { name, types, inputs };
}

const readArgument = ({ arguments: given }: ConstDirectiveNode, name: string) =>
  given?.find((argument) => argument.name.value === name)?.value;

function readSimpleKey(directive: ConstDirectiveNode): string[] {
  const fields = readArgument(directive, 'fields');
  return fields?.kind === Kind.STRING && /^\w+$/.test(fields.value) ? [fields.value] : [];
}

function isResolvableKey(directive: ConstDirectiveNode): boolean {
  const resolvable = readArgument(directive, 'resolvable');
  return !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
}

export const isExternal = ({ directives }: FieldDefinitionNode): boolean =>
  directives?.some(({ name }) => name.value === 'external') ?? false;

export const needsArguments = ({ arguments: args }: FieldDefinitionNode): boolean =>
  args?.some(isRequired) ?? false;

export const isRequired = ({ type, defaultValue }: InputValueDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && !defaultValue;

/** The name of a type without its lists and non-nulls. */
export const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

/**
 * The argument that makes a list whole: without it, a list leaves out the records that were made
 * for rehearsals. Undefined for a field that does not have it.
 */
export function findWholeListArgument(
  { inputs }: ContractModel,
  { arguments: args = [] }: FieldDefinitionNode,
): string | undefined {
  if (args.some(({ name }) => name.value === 'rehearsals')) return 'rehearsals: true';
  const filter = args.find(({ name }) => name.value === 'filter');
  return filter && inputs.get(nameOf(filter.type))?.has('rehearsals')
    ? 'filter: { rehearsals: true }'
    : undefined;
}

/** What a field leads to: the type of its value, or of its connection’s nodes. */
export function readTarget(
  { types }: ContractModel,
  { type }: FieldDefinitionNode,
): { readonly type: string; readonly isConnection: boolean; readonly isList: boolean } {
  const name = nameOf(type);
  const nodes = types.get(name)?.fields.get('nodes');
  if (nodes && types.get(name)?.fields.has('pageInfo'))
    return { type: nameOf(nodes.type), isConnection: true, isList: true };
  return { type: name, isConnection: false, isList: isList(type) };
}
