import type { FieldDefinitionNode } from 'graphql';
import {
  isExternal,
  nameOf,
  needsArguments,
  readTarget,
  type ContractModel,
  type ContractModels,
  type ContractType,
} from '../contract-model.js';
import { findLookup } from './find-lookup.js';
import { createPathFinder, isCarrier, type Path, type Step } from './find-paths.js';
import type { KnownReferences } from './known-references.js';

/** A possible target of a reference. */
interface Target {
  readonly type: string;
  readonly key: string;
  /** The path from the target back to this record’s id, if it must refer back. */
  readonly backPath?: readonly string[];
}

/** A field of one subgraph that leads to a record of another. */
export interface Reference {
  readonly coordinate: string;
  readonly field: string;
  /** True for an id whose type the schema does not say. */
  readonly isPlain: boolean;
  readonly targets: readonly Target[];
}

type Contradiction = KnownReferences['contradictions'][number];

/** One position of a walk: what is checked there, and where it continues. */
export interface WalkNode {
  readonly type: string;
  /** The field that identifies the record. Values have none. */
  readonly identity: string | undefined;
  /** Makes the list whole that leads here. */
  readonly argument: string | undefined;
  readonly references: Reference[];
  readonly contradictions: Contradiction[];
  readonly children: Map<string, WalkNode>;
}

/** Everything that is read from one root field. */
export interface Walk {
  readonly root: string;
  readonly isConnection: boolean;
  readonly node: WalkNode;
}

export interface Survey {
  readonly walks: readonly Walk[];
  /** The references that leave their subgraph, in order. */
  readonly coordinates: readonly string[];
  /** What cannot be checked, or is not described in `references.json`, as sentences. */
  readonly gaps: readonly string[];
}

interface Found {
  readonly model: ContractModel;
  readonly type: ContractType;
  readonly reference: Reference;
}

/** Finds every reference between subgraphs in the contracts, and plans how to read them. */
export function findReferences(models: ContractModels, known: KnownReferences): Survey {
  const gaps = [...models.gaps, ...findStrangers(models, known)];
  const found = [...models.models.values()].flatMap((model) =>
    findInContract(model, models, known, gaps),
  );
  const { pathsTo } = createPathFinder(models, new Set(known.repeats));
  const walks = new Map<string, Walk>();
  for (const { model, type, reference } of found) {
    const paths = pathsTo(model, type.name);
    if (paths.length === 0) gaps.push(`${reference.coordinate} cannot be reached from any root.`);
    for (const path of paths) plant(walks, models, path)?.references.push(reference);
  }
  for (const contradiction of known.contradictions) {
    const model = models.ownerOf(contradiction.type);
    for (const path of model ? pathsTo(model, contradiction.type) : [])
      plant(walks, models, path)?.contradictions.push(contradiction);
  }
  const coordinates = new Set(found.map(({ reference }) => reference.coordinate));
  return { walks: [...walks.values()], coordinates: [...coordinates].toSorted(), gaps };
}

function findInContract(
  model: ContractModel,
  models: ContractModels,
  known: KnownReferences,
  gaps: string[],
): Found[] {
  const results = listResultTypes(model);
  return [...model.types.values()].flatMap((type) => {
    if (type.isInterface || isCarrier(type) || results.has(type.name)) return [];
    return [...type.fields.values()].flatMap((definition): Found[] => {
      const field = definition.name.value;
      const coordinate = `${type.name}.${field}`;
      if (isExternal(definition)) return [];
      if (known.repeats.includes(coordinate)) return [];
      const isPlain = isPlainId(type, definition);
      const names = isPlain
        ? [known.plain[coordinate] ?? []].flat()
        : findTypes(model, readTarget(model, definition).type, models);
      if (isPlain && names.length === 0) gaps.push(`${coordinate} is an id without a known type.`);
      const targets = names.flatMap((name) => readTargetOf(name, coordinate, models, known, gaps));
      if (targets.length === 0) return [];
      if (needsArguments(definition)) {
        gaps.push(`${coordinate} needs arguments.`);
        return [];
      }
      return [{ model, type, reference: { coordinate, field, isPlain, targets } }];
    });
  });
}

/** The types that only mutations return. They say what became of a call, and are no records. */
function listResultTypes(model: ContractModel): ReadonlySet<string> {
  const entities = [...model.types.values()].filter(({ isEntity }) => isEntity);
  const read = listReached(model, ['Query', ...entities.map(({ name }) => name)]);
  return new Set([...listReached(model, ['Mutation'])].filter((name) => !read.has(name)));
}

/** The types that fields lead to from these, themselves included. */
function listReached(model: ContractModel, from: readonly string[]): ReadonlySet<string> {
  const reached = new Set(from);
  // A set goes on with what is added to it.
  for (const name of reached) {
    for (const { type } of model.types.get(name)?.fields.values() ?? []) reached.add(nameOf(type));
    for (const other of model.types.values())
      if (other.interfaces.includes(name)) reached.add(other.name);
  }
  return reached;
}

const isPlainId = ({ keys }: ContractType, { name, type }: FieldDefinitionNode): boolean =>
  nameOf(type) === 'ID' && name.value !== 'id' && !keys.includes(name.value);

/**
 * The types that a field can lead to, if another contract owns one of them. The types of an
 * interface are included: no foreign key of a database protects such a reference.
 */
function findTypes(model: ContractModel, name: string, { ownerOf }: ContractModels): string[] {
  const types = model.types.get(name)?.isInterface
    ? [...model.types.values()].filter((type) => type.interfaces.includes(name))
    : [{ name }];
  const entities = types.map((type) => type.name).filter((type) => ownerOf(type));
  return entities.some((type) => ownerOf(type) !== model) ? entities : [];
}

function readTargetOf(
  type: string,
  coordinate: string,
  models: ContractModels,
  { answers }: KnownReferences,
  gaps: string[],
): Target[] {
  const key = models.ownerOf(type)?.types.get(type)?.keys[0];
  if (!key || !findLookup(models, type)) {
    gaps.push(`${coordinate} leads to ${type}, and no root field tells whether one exists.`);
    return [];
  }
  const backReference = answers.find((known) => known.field === coordinate && known.type === type);
  return [{ type, key, ...(backReference && { backPath: backReference.by.split('.') }) }];
}

/** Entries of `references.json` that no contract has. */
function* findStrangers({ models, ownerOf }: ContractModels, known: KnownReferences) {
  const hasField = (coordinate: string) => {
    const [type = '', field = ''] = coordinate.split('.');
    return [...models.values()].some(({ types }) => types.get(type)?.fields.has(field));
  };
  const fields = [
    ...Object.keys(known.plain),
    ...known.repeats,
    ...known.answers.map(({ field }) => field),
    ...known.contradictions.flatMap(({ type, set, unset }) =>
      [...set, ...unset].map((field) => `${type}.${field}`),
    ),
  ];
  for (const field of fields) if (!hasField(field)) yield `No contract has ${field}.`;
  const types = [...Object.values(known.plain), ...known.answers.map(({ type }) => type)];
  for (const type of types) if (!ownerOf(type)) yield `No contract owns ${type}.`;
}

/** The node at the end of a path, in the walk of the path’s root. */
function plant(
  walks: Map<string, Walk>,
  models: ContractModels,
  [first, ...rest]: Path,
): WalkNode | undefined {
  if (!first) return undefined;
  let walk = walks.get(first.field);
  if (!walk) {
    const node = createNode(models, first);
    walk = { root: first.field, isConnection: first.isConnection, node };
    walks.set(first.field, walk);
  }
  let { node } = walk;
  for (const step of rest) {
    const { field } = step;
    const next = node.children.get(field) ?? createNode(models, step);
    node.children.set(field, next);
    node = next;
  }
  return node;
}

function createNode({ models, ownerOf }: ContractModels, { type, argument }: Step): WalkNode {
  const owners = ownerOf(type) ? [ownerOf(type)] : [...models.values()];
  const definitions = owners.flatMap((model) => model?.types.get(type) ?? []);
  const identity =
    definitions[0]?.keys[0] ??
    (definitions.some(({ fields }) => fields.has('id')) ? 'id' : undefined);
  return { type, identity, argument, references: [], contradictions: [], children: new Map() };
}
