import {
  findWholeListArgument,
  isExternal,
  needsArguments,
  readTarget,
  type ContractModel,
  type ContractModels,
  type ContractType,
} from '../contract-model.js';

/** A field on the path from a root to a record, and its type. */
export interface Step {
  readonly parent: string;
  readonly field: string;
  readonly type: string;
  readonly isConnection: boolean;
  /** Makes the list whole. */
  readonly argument: string | undefined;
}
export type Path = readonly Step[];

/** Types that only contain others: roots, connections and edges. */
export const isCarrier = ({ name, fields }: ContractType): boolean =>
  ['Query', 'Mutation', 'Subscription'].includes(name) ||
  fields.has('pageInfo') ||
  (fields.has('cursor') && fields.has('node'));

/** The fields that lead from a type to another one, without those that only repeat. */
function* stepsFrom(
  model: ContractModel,
  parent: ContractType,
  repeats: ReadonlySet<string>,
): Generator<Step> {
  for (const [field, definition] of parent.fields) {
    if (needsArguments(definition) || isExternal(definition)) continue;
    if (repeats.has(`${parent.name}.${field}`)) continue;
    const { type, isConnection } = readTarget(model, definition);
    const target = model.types.get(type);
    if (!target || target.isInterface) continue;
    // Only the connection of the root is paged through.
    if (isConnection && parent.name !== 'Query') continue;
    const argument = findWholeListArgument(model, definition);
    yield { parent: parent.name, field, type, isConnection, argument };
  }
}

/** Finds paths to all records of a type, from root fields without required arguments. */
export function createPathFinder({ ownerOf }: ContractModels, repeats: ReadonlySet<string>) {
  /** The shortest path within the owner’s contract. If there is a list of all, it is that list. */
  function pathToEntity(type: string): Path | undefined {
    const model = ownerOf(type);
    const query = model?.types.get('Query');
    if (!model || !query) return undefined;
    const seen = new Set<string>(['Query']);
    let paths: Path[] = [[]];
    while (paths.length > 0) {
      const longer: Path[] = [];
      for (const path of paths) {
        const last = path.at(-1);
        const parent = last ? model.types.get(last.type) : query;
        for (const step of parent ? stepsFrom(model, parent, repeats) : []) {
          if (step.type === type) return [...path, step];
          const owner = ownerOf(step.type);
          if (seen.has(step.type) || (owner && owner !== model)) continue;
          seen.add(step.type);
          longer.push([...path, step]);
        }
      }
      paths = longer;
    }
    return undefined;
  }

  /**
   * A value is not a record: it appears wherever a field of the contract has it, and each such
   * place is a path.
   */
  function pathsToValue(model: ContractModel, type: string, within: readonly string[]): Path[] {
    return [...model.types.values()].flatMap((parent) => {
      if (parent.isInterface || within.includes(parent.name)) return [];
      if (parent.name !== 'Query' && isCarrier(parent)) return [];
      const steps = [...stepsFrom(model, parent, repeats)].filter((step) => step.type === type);
      if (steps.length === 0) return [];
      const before =
        parent.name === 'Query' ? [[]] : pathsTo(model, parent.name, [...within, type]);
      return before.flatMap((path) => steps.map((step) => [...path, step]));
    });
  }

  /** @param model the contract in which the type is searched */
  function pathsTo(model: ContractModel, type: string, within: readonly string[] = []): Path[] {
    if (!ownerOf(type)) return pathsToValue(model, type, within);
    const path = pathToEntity(type);
    return path ? [path] : [];
  }

  return { pathsTo: (model: ContractModel, type: string): Path[] => pathsTo(model, type) };
}
