import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  getOperationAST,
  visit,
} from 'graphql';
import type { Fragments } from '../documents/collect-fields.js';
import { narrowFragments } from '../documents/narrow-fragments.js';
import { readFragments } from '../documents/read-fragments.js';
import { reserveVariables } from '../documents/reserved-variables.js';
import { isIntrospection, reserveNames } from '../documents/response-names.js';
import { checkPlan } from './check-plan.js';
import type { EngineVersion } from './engine-internals.js';
import type { Planner } from './planner.js';
import type { QueryPlan } from './query-plan.js';

/**
 * Removes introspection from a document. The planner’s own introspection types lack newer parts of
 * graphql-js, such as `isOneOf` and `directives(includeDeprecated:)`.
 */
function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name }) => (isIntrospection(name.value) ? null : undefined),
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? null : undefined,
  });
}

/**
 * Merges equal mutations of an operation. If one is selected twice, with and without a directive,
 * the planner would execute it twice when a mutation of another subgraph is between them. All
 * conditions are already decided.
 */
function mergeMutations(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'mutation') return document;
  const fields = collectRootFields(operation.selectionSet, readFragments(document));
  const merged = new Map<string, FieldNode>();
  for (const field of fields) {
    const key = field.alias?.value ?? field.name.value;
    const known = merged.get(key);
    merged.set(key, known ? mergeFields(known, field) : field);
  }
  if (merged.size === fields.length) return document;
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [...merged.values()],
  };
  const definitions = document.definitions.map((definition) =>
    definition === operation ? { ...operation, selectionSet } : definition,
  );
  return { ...document, definitions };
}

const collectRootFields = ({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] =>
  selections.flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? collectRootFields(fragment.selectionSet, fragments) : [];
  });

/** If both have the same directive, the arguments of the first one stay. */
function mergeFields(first: FieldNode, second: FieldNode): FieldNode {
  const { directives = [], selectionSet } = first;
  const names = new Set(directives.map(({ name }) => name.value));
  const others = second.directives?.filter(({ name }) => !names.has(name.value)) ?? [];
  return {
    ...first,
    directives: [...directives, ...others],
    selectionSet: selectionSet && {
      ...selectionSet,
      selections: [...selectionSet.selections, ...(second.selectionSet?.selections ?? [])],
    },
  };
}

/** A valid operation in which all conditions are decided. */
interface DecidedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /**
   * Identifies the document, the decision and the operation name in the engine’s store of plans.
   */
  readonly storeKey: string;
}

/** A plan, and the document that it was made for. */
export interface PlannedDocument {
  /** The document with reserved response names and variables. */
  readonly document: DocumentNode;
  readonly plan: QueryPlan;
}

/**
 * Plans an operation with the engine, and checks the plan.
 * @param planner plans in a thread if that is faster for other requests. @default the engine plans
 * in this thread
 * @throws errors of the engine’s planner and of `checkPlan`
 */
export async function planOperation(
  engine: EngineVersion,
  { document: decided, operationName, storeKey }: DecidedOperation,
  planner?: Planner,
): Promise<PlannedDocument> {
  const document = reserveNames(reserveVariables(decided));
  const narrowed = mergeMutations(
    narrowFragments(engine.schema, withoutIntrospection(document)),
    operationName,
  );
  const plan = await engine.plan(
    { document: narrowed, operationName, storeKey },
    planner && ((operation) => planner.plan(operation)),
  );
  const { schema, keys } = engine;
  checkPlan(plan, { schema, document: narrowed, operationName, keys });
  return { document, plan };
}
