import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { Contract } from '../../registry/contracts.js';

/** An object type or an interface in one contract. */
export interface ContractType {
  readonly name: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  /** Keys that consist of one field. */
  readonly keys: readonly string[];
  /** False if the contract only refers to an entity of another contract. */
  readonly isResolvable: boolean;
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

export interface ContractModel {
  readonly name: string;
  readonly types: ReadonlyMap<string, ContractType>;
}

/** The contracts of a network, and the owner of each entity type. */
export interface ContractModels {
  readonly models: ReadonlyMap<string, ContractModel>;
  /**
   * The contract whose servers decide whether an entity of this type exists. Undefined for types
   * that are not entities.
   */
  ownerOf(type: string): ContractModel | undefined;
}

/**
 * Reads the contracts.
 * @throws if an entity type has no owner, two owners, or no key of one field
 */
export function readContractModels(contracts: readonly Contract[]): ContractModels {
  const models = new Map(contracts.map((contract) => [contract.name, readModel(contract)]));
  const owners = new Map<string, ContractModel>();
  const entities = new Set<string>();
  for (const model of models.values()) {
    const listed = listRootTypes(model);
    for (const type of model.types.values()) {
      if (type.keys.length === 0) continue;
      entities.add(type.name);
      if (!hasOwnPromise(type) && !listed.has(type.name)) continue;
      const other = owners.get(type.name);
      if (other) throw new Error(`${type.name} is owned by ${other.name} and by ${model.name}.`);
      owners.set(type.name, model);
    }
  }
  const orphans = [...entities].filter((name) => !owners.has(name));
  if (orphans.length > 0) throw new Error(`${orphans.join(' and ')} has no owner.`);
  return { models, ownerOf: (type) => owners.get(type) };
}

/**
 * True if an owner guarantees the entity: it has a field that is never null. Fields that others
 * contribute are nullable, because others may know nothing about the entity.
 */
function hasOwnPromise({ isInterface, isResolvable, keys, fields }: ContractType): boolean {
  if (isInterface || !isResolvable) return false;
  return [...fields.values()].some(
    (field) =>
      field.type.kind === Kind.NON_NULL_TYPE &&
      !keys.includes(field.name.value) &&
      !isExternal(field),
  );
}

/**
 * The types that the root fields of a contract lead to. An owner lists its own: parties, sites and experts promise nothing but
 * their keys, so that an id outlives the absence of its owner.
 */
const listRootTypes = (model: ContractModel): ReadonlySet<string> =>
  new Set(
    [...(model.types.get('Query')?.fields.values() ?? [])].map(
      (field) => readTarget(model, field).type,
    ),
  );

function readModel({ name, sdl }: Contract): ContractModel {
  const types = new Map<string, ContractType>();
  for (const node of parse(sdl).definitions) {
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
    if (keys.length > 0 && simple.length === 0)
      throw new Error(`${node.name.value} of ${name} has no key of one field.`);
    types.set(node.name.value, {
      name: node.name.value,
      isInterface:
        node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION,
      interfaces: [
        ...(known?.interfaces ?? []),
        ...(node.interfaces ?? []).map((type) => type.name.value),
      ],
      keys: [...(known?.keys ?? []), ...simple],
      isResolvable: (known?.isResolvable ?? true) && keys.every(isResolvableKey),
      fields: new Map([
        ...(known?.fields ?? []),
        ...(node.fields ?? []).map((field) => [field.name.value, field] as const),
      ]),
    });
  }
  return { name, types };
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
