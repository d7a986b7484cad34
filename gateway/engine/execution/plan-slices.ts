import {
  getNamedType,
  isEnumType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  collectFields,
  readDefinition,
  type Fragments,
  type TypedSet,
} from '../documents/collect-fields.js';
import { restoreName, withoutSuffix } from '../documents/response-names.js';
import type { ResponsePath } from '../documents/response-path.js';
import { expandFragments, responseKeyOf } from '../documents/selection.js';
import { noSlices, placeBelow, type ObjectSlices, type Slices } from '../documents/slices.js';
import type { EngineVersion } from '../planning/engine-internals.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection } from '../planning/query-plan.js';

/** The slices of one operation. */
export interface SlicePlan {
  /** What a fetch may slice, by places within its response. */
  offer(node: FetchNode, path: ResponsePath): Slices;
  /** Says what the fetch slices. */
  take(path: ResponsePath, slices: Slices): void;
  /** All that was taken, by places within the operation. */
  readonly taken: Slices;
}

/** The client’s fields of the objects at a place, in order. Undefined: no slice goes across it. */
interface ClientFields {
  readonly type: string;
  readonly names: readonly (string | undefined)[];
}

const placeOf = (path: ResponsePath): string => path.filter((step) => step !== '@').join('.');

/**
 * Finds out which fields nobody reads on their way from a partner to the client: leaves of objects
 * of a known type that one fetch alone selects, and no other requires.
 */
export function planSlices(
  { schema, supergraphSchema }: Pick<EngineVersion, 'schema' | 'supergraphSchema'>,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  plan: QueryPlan,
): SlicePlan {
  const clients = readClientFields(schema, supergraphSchema, operation, fragments);
  const reader = new PlanReader();
  reader.read(plan.node, []);
  const taken = new Map<string, ObjectSlices>();
  return {
    taken,
    offer(node, path) {
      if (reader.hasContext || node.outputRewrites?.length) return noSlices;
      const base = placeOf(path);
      const offered = new Map<string, ObjectSlices>();
      for (const [inner, names] of reader.namesOf(node)) {
        // Root fields are read one by one, also those of a `Query` that an object has.
        if (inner === '' && !node.requires) continue;
        const place = placeBelow(base, inner);
        const fields = clients.get(place);
        if (!fields) continue;
        const isOwn = (name: string) => reader.isOfOneFetch(place, name);
        const slices = joinNeighbours(names, fields.names, isOwn);
        if (slices.length > 0) offered.set(inner, { type: fields.type, slices });
      }
      return offered;
    },
    take(path, slices) {
      const base = placeOf(path);
      for (const [inner, { type, slices: own }] of slices) {
        const place = placeBelow(base, inner);
        taken.set(place, { type, slices: [...(taken.get(place)?.slices ?? []), ...own] });
      }
    },
  };
}

/** Joins names that are neighbours for the fetch and for the client. */
function joinNeighbours(
  names: readonly string[],
  client: readonly (string | undefined)[],
  isOwn: (name: string) => boolean,
): string[][] {
  const slices: string[][] = [];
  let next = -1;
  for (const name of names) {
    const index = isOwn(name) ? client.indexOf(name) : -1;
    if (index >= 0 && index === next) slices.at(-1)?.push(name);
    else if (index >= 0) slices.push([name]);
    next = index < 0 ? -1 : index + 1;
  }
  return slices;
}

function readClientFields(
  schema: GraphQLSchema,
  supergraph: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): Map<string, ClientFields> {
  const found = new Map<string, ClientFields>();
  const read = (type: GraphQLObjectType, sets: readonly TypedSet[], place: string): void => {
    const names = collectFields(schema, type, sets, fragments).map((shape) => {
      const { key, name } = shape;
      const definition = readDefinition(type, shape);
      if (!definition) return undefined;
      const inner = getNamedType(definition.type);
      if (isObjectType(inner)) read(inner, shape.sets, placeBelow(place, key));
      return key === name && restoreName(key) === key && isWhole(inner, supergraph)
        ? key
        : undefined;
    });
    found.set(place, { type: type.name, names });
  };
  const root = schema.getRootType(operation.operation);
  if (root) read(root, [{ set: operation.selectionSet, parent: root }], '');
  return found;
}

/** False for enums of which clients see a part, and for what is no leaf. */
function isWhole(type: GraphQLNamedType, supergraph: GraphQLSchema): boolean {
  if (!isEnumType(type)) return isScalarType(type);
  const all = supergraph.getType(type.name);
  return isEnumType(all) && all.getValues().every(({ name }) => type.getValue(name));
}

/** Reads what the fetches of a plan select, and what they require of each other. */
class PlanReader {
  /** Fields that come from a context that the hub does not follow. */
  hasContext = false;
  readonly #names = new Map<FetchNode, Map<string, string[]>>();
  /** How many fetches select a field, by its place. */
  readonly #counts = new Map<string, number>();
  readonly #required = new Set<string>();

  read(node: PlanNode | undefined, path: ResponsePath): void {
    if (!node) return;
    if (node.kind === 'Flatten') this.read(node.node, [...path, ...node.path]);
    else if (node.kind === 'Fetch') this.#readFetch(node, placeOf(path));
    else if ('nodes' in node) for (const inner of node.nodes) this.read(inner, path);
  }

  namesOf = (node: FetchNode): ReadonlyMap<string, readonly string[]> =>
    this.#names.get(node) ?? new Map<string, string[]>();

  isOfOneFetch(place: string, name: string): boolean {
    const own = placeBelow(place, name);
    return this.#counts.get(own) === 1 && !this.#required.has(own);
  }

  #readFetch(node: FetchNode, base: string): void {
    if (node.contextRewrites?.length) this.hasContext = true;
    const names = new Map<string, string[]>();
    const { selectionSet } = expandFragments(parse(node.operation, { noLocation: true }));
    if (node.requires) {
      this.#require(node.requires, base);
      for (const field of selectionSet.selections)
        if (field.kind === Kind.FIELD && field.selectionSet)
          collectNames(field.selectionSet, '', names);
    } else collectNames(selectionSet, '', names);
    this.#names.set(node, names);
    // What is renamed later counts as if two fetches selected it.
    const weight = node.outputRewrites?.length ? 2 : 1;
    for (const [inner, own] of names)
      for (const name of own) {
        const place = placeBelow(placeBelow(base, inner), withoutSuffix(name));
        this.#counts.set(place, (this.#counts.get(place) ?? 0) + weight);
      }
  }

  #require(selections: readonly RequiredSelection[], place: string): void {
    for (const selection of selections) {
      if (selection.kind === 'InlineFragment') {
        this.#require(selection.selections, place);
        continue;
      }
      const own = placeBelow(place, selection.alias ?? selection.name);
      this.#required.add(own);
      if (selection.selections) this.#require(selection.selections, own);
    }
  }
}

/** The response keys at each place, in their order, whatever their types. */
function collectNames(set: SelectionSetNode, place: string, names: Map<string, string[]>): void {
  const own = names.get(place) ?? [];
  names.set(place, own);
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collectNames(selection.selectionSet, place, names);
      continue;
    }
    const key = responseKeyOf(selection);
    if (!own.includes(key)) own.push(key);
    if (selection.selectionSet) collectNames(selection.selectionSet, placeBelow(place, key), names);
  }
}
