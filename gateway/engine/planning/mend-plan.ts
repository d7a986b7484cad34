import { Kind, parse, print, visit, type FieldNode, type SelectionSetNode } from 'graphql';
import { expandFragments } from '../documents/selection.js';
import type { PlanningSupergraph, RequiredStandIn } from './planning-supergraph.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection } from './query-plan.js';

/**
 * Replaces stand-ins in a plan by the fields with arguments that they stand for:
 * `planning-supergraph.ts`.
 */
export function mendPlan(plan: QueryPlan, planning: PlanningSupergraph): QueryPlan {
  const { node } = plan;
  if (planning.standIns.size === 0 || !node || node.kind === 'Subscription') return plan;
  return { ...plan, node: mendNode(node, planning) };
}

/** Any plan node except a subscription. */
type InnerNode = Extract<PlanNode, { readonly kind: 'Flatten' }>['node'];

function mendNode(node: InnerNode, planning: PlanningSupergraph): InnerNode {
  switch (node.kind) {
    case 'Fetch': {
      const nodes = separate(node, planning).map((fetch) => writeFields(fetch, planning));
      const [only] = nodes;
      return only && nodes.length === 1 ? only : { kind: 'Parallel', nodes };
    }
    case 'Flatten':
      return { ...node, node: mendNode(node.node, planning) };
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((inner) => mendNode(inner, planning)) };
    default:
      return node;
  }
}

/**
 * Selects each field under the name of its stand-in, and sends it in representations under its own
 * name.
 */
function writeFields(fetch: FetchNode, { standIns }: PlanningSupergraph): FetchNode {
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    Field(field) {
      const standIn = standIns.get(field.name.value);
      if (!standIn) return undefined;
      const { arguments: args, name } = standIn;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { kind: Kind.NAME as const, value: name },
        arguments: args,
      };
    },
  });
  const represent = (selections: readonly RequiredSelection[]): RequiredSelection[] =>
    selections.map((selection) => {
      if (selection.kind !== 'Field')
        return { ...selection, selections: represent(selection.selections) };
      const inner = selection.selections && represent(selection.selections);
      const standIn = standIns.get(selection.name);
      return standIn
        ? { ...selection, alias: selection.name, name: standIn.name, selections: inner }
        : { ...selection, selections: inner };
    });
  return {
    ...fetch,
    operation: print(document),
    requires: fetch.requires && represent(fetch.requires),
  };
}

/** Fields of an entity that can be fetched together, and what they require. */
interface Group {
  readonly fields: Set<FieldNode>;
  readonly required: Map<string, string>;
}

/**
 * Fields that require the same field with different arguments cannot share a representation, so the
 * fetch is split.
 */
function separate(fetch: FetchNode, planning: PlanningSupergraph): FetchNode[] {
  if (!fetch.requires) return [fetch];
  const document = expandFragments(parse(fetch.operation, { noLocation: true }));
  const groups: Group[] = [];
  const join = (field: FieldNode, required: readonly RequiredStandIn[]): void => {
    const wanted = required.map(({ path, standIn }) => [path.join('.'), standIn] as const);
    const fits = ({ required: known }: Group) =>
      wanted.every(([path, standIn]) => (known.get(path) ?? standIn) === standIn);
    let group = groups.find(fits);
    if (!group) groups.push((group = { fields: new Set(), required: new Map() }));
    group.fields.add(field);
    for (const [path, standIn] of wanted) group.required.set(path, standIn);
  };
  visit(document, {
    Field(entities) {
      forEachField(entities.selectionSet, undefined, (field, type = '') =>
        join(field, planning.requiredBy(fetch.serviceName, type, field.name.value)),
      );
      return false;
    },
  });
  if (groups.length < 2) return [fetch];
  const all = new Set(groups.flatMap(({ fields }) => [...fields]));
  return groups.map(({ fields, required }) => ({
    ...fetch,
    operation: print(
      visit(document, {
        Field: (field) => (all.has(field) && !fields.has(field) ? null : undefined),
        InlineFragment: {
          leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
        },
      }),
    ),
    requires: leaveOut(fetch.requires ?? [], [], required, planning),
  }));
}

function forEachField(
  set: SelectionSetNode | undefined,
  type: string | undefined,
  tell: (field: FieldNode, type: string | undefined) => void,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) tell(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT)
      forEachField(selection.selectionSet, selection.typeCondition?.name.value ?? type, tell);
  }
}

/** Removes the stand-ins that another group requires from a selection. */
function leaveOut(
  selections: readonly RequiredSelection[],
  path: readonly string[],
  required: ReadonlyMap<string, string>,
  planning: PlanningSupergraph,
): RequiredSelection[] {
  return selections.flatMap((selection): RequiredSelection[] => {
    if (selection.kind !== 'Field')
      return [
        { ...selection, selections: leaveOut(selection.selections, path, required, planning) },
      ];
    const name = planning.standIns.get(selection.name)?.name;
    const here = [...path, name ?? selection.name];
    // A stand-in of another group. It is left out, so that nothing depends on it.
    if (name !== undefined && required.get(here.join('.')) !== selection.name) return [];
    if (!selection.selections) return [selection];
    const inner = leaveOut(selection.selections, here, required, planning);
    return inner.length > 0 ? [{ ...selection, selections: inner }] : [];
  });
}
