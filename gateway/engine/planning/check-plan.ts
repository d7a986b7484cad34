import { HubError } from '@hub/shared/errors';
import {
  getOperationAST,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type Fragments, type TypedSet } from '../documents/collect-fields.js';
import { readFragments } from '../documents/read-fragments.js';
import { restoreName } from '../documents/response-names.js';
import type { EntityKeys } from './entity-keys.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection } from './query-plan.js';

/**
 * What a plan is checked against: the operation that was planned, and the keys of the supergraph.
 */
export interface PlannedSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly keys: EntityKeys;
}

/**
 * Rejects a plan that would silently lose something. If the planner finds no path to a field, it
 * leaves the field out. It also enters a subgraph by a key that the subgraph does not resolve.
 * @throws HubError `OPERATION_UNPLANNABLE`
 */
export function checkPlan({ node }: QueryPlan, source: PlannedSource): void {
  const planned: PlannedNames = new Map();
  if (node) addNode(node, [], planned, source.keys);
  const { schema, document, operationName } = source;
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return;
  const fragments = readFragments(document);
  checkFields(schema, fragments, root, [{ set: operation.selectionSet, parent: root }], planned);
}

/** The response names that a plan fetches, as a tree. */
type PlannedNames = Map<string, PlannedNames>;

function addNode(
  node: PlanNode,
  path: readonly (string | number)[],
  planned: PlannedNames,
  keys: EntityKeys,
): void {
  switch (node.kind) {
    case 'Fetch':
      return addFetch(node, path, planned, keys);
    case 'Flatten':
      return addNode(node.node, [...path, ...node.path], planned, keys);
    case 'Sequence':
    case 'Parallel':
      for (const inner of node.nodes) addNode(inner, path, planned, keys);
      return undefined;
    default:
      return undefined;
  }
}

function addFetch(
  { operation, requires, serviceName }: FetchNode,
  path: readonly (string | number)[],
  planned: PlannedNames,
  keys: EntityKeys,
): void {
  let here = planned;
  for (const part of path) if (part !== '@') here = enter(here, String(part));
  const document = parse(operation, { noLocation: true });
  const fragments = readFragments(document);
  const { selectionSet } = getOperationAST(document) ?? {};
  if (!selectionSet) return undefined;
  if (!requires) return addNames(selectionSet, here, fragments);
  checkKeys(serviceName, requires, keys);
  for (const selection of selectionSet.selections)
    if (selection.kind === Kind.FIELD && selection.selectionSet)
      addNames(selection.selectionSet, here, fragments);
  return undefined;
}

function enter(names: PlannedNames, name: string): PlannedNames {
  const own = restoreName(name);
  const inner = names.get(own) ?? new Map();
  names.set(own, inner);
  return inner;
}

function addNames(
  { selections }: SelectionSetNode,
  names: PlannedNames,
  fragments: Fragments,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const inner = enter(names, selection.alias?.value ?? selection.name.value);
      if (selection.selectionSet) addNames(selection.selectionSet, inner, fragments);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment) addNames(fragment.selectionSet, names, fragments);
  }
}

/** If a subgraph has keys of a type, the fetch must use one that it resolves. */
function checkKeys(
  subgraph: string,
  requires: readonly RequiredSelection[],
  keys: EntityKeys,
): void {
  const fragments = requires.filter(({ kind }) => kind === 'InlineFragment');
  const required = fragments.flatMap(({ selections = [] }) => selections);
  for (const fragment of fragments) {
    const type = fragment.kind === 'InlineFragment' ? (fragment.typeCondition ?? '') : '';
    const own = keys.of(subgraph, type);
    const isResolvable = own.some(
      ({ isResolvable: can, fields }) => can && includes(required, fields),
    );
    if (own.length > 0 && !isResolvable) throw unplannable(type);
  }
}

/** Whether what represents an entity has all fields of a set. */
export const includes = (
  selections: readonly RequiredSelection[],
  fields: SelectionSetNode,
): boolean =>
  fields.selections.every((field) => {
    if (field.kind !== Kind.FIELD) return true;
    const found = selections.flatMap((selection) =>
      selection.kind === 'Field' && selection.name === field.name.value ? [selection] : [],
    );
    if (!field.selectionSet) return found.length > 0;
    return includes(
      found.flatMap(({ selections: inner = [] }) => inner),
      field.selectionSet,
    );
  });

/**
 * A field of an object, or of an interface itself, must be fetched. Fragments on some types of an
 * interface are not checked: a subgraph may have none of these types.
 */
function checkFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  type: GraphQLCompositeType,
  sets: readonly TypedSet[],
  planned: PlannedNames,
): void {
  for (const { key, name, sets: inner } of collectFields(schema, type, sets, fragments)) {
    if (name.startsWith('__')) continue;
    const names = planned.get(restoreName(key));
    if (!names) throw unplannable(`${type.name}.${name}`);
    const [first] = inner;
    if (first) checkFields(schema, fragments, first.parent, inner, names);
  }
}

export const unplannable = (what: string): HubError =>
  new HubError('OPERATION_UNPLANNABLE', { message: `No subgraph resolves \`${what}\` here.` });
