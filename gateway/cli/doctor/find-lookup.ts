import {
  findWholeListArgument,
  isRequired,
  nameOf,
  readTarget,
  type ContractModels,
} from '../contract-model.js';

/** The root field that tells whether a record exists. */
export interface Lookup {
  readonly type: string;
  readonly key: string;
  readonly root: string;
  /** The argument for the key. Undefined if the root field lists all records. */
  readonly argument: string | undefined;
  readonly isConnection: boolean;
  /** Makes the list of all records whole. */
  readonly whole?: string | undefined;
  /** The contract of the type’s owners. */
  readonly contract: string;
}

/**
 * Finds the root field that tells whether an entity of a type exists: by its key, or else a list of
 * all.
 */
export function findLookup({ ownerOf }: ContractModels, type: string): Lookup | undefined {
  const model = ownerOf(type);
  const key = model?.types.get(type)?.keys[0];
  if (!model || !key) return undefined;
  let lookup: Lookup | undefined;
  for (const [root, definition] of model.types.get('Query')?.fields ?? []) {
    const target = readTarget(model, definition);
    if (target.type !== type) continue;
    const required = (definition.arguments ?? []).filter(isRequired);
    const { isConnection } = target;
    const found = { type, key, root, isConnection, contract: model.name };
    const [only] = required;
    if (!target.isList && required.length === 1 && only && nameOf(only.type) === 'ID')
      return { ...found, argument: only.name.value };
    if (target.isList && required.length === 0)
      lookup ??= { ...found, argument: undefined, whole: findWholeListArgument(model, definition) };
  }
  return lookup;
}
