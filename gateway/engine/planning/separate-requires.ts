import {
  Kind,
  parse,
  print,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { expandFragments } from '../documents/selection.js';
import type { FieldRules } from './check-fetches.js';
import { includes } from './check-plan.js';
import type { EntityKeys } from './entity-keys.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection } from './query-plan.js';

/** Any but a subscription. */
type InnerNode = Extract<PlanNode, { readonly kind: 'Flatten' }>['node'];

/**
 * Separates fields of an interface object that require different things, and gives each representation its key. The
 * planner asks them with one representation, also where an operation selects them on different types: what one type needs
 * is not fetched for the others, which are then not asked at all, and lose their values without an error.
 */
export function separateRequires(
  plan: QueryPlan,
  { rules, keys }: { readonly rules: FieldRules; readonly keys: EntityKeys },
): QueryPlan {
  const separateNode = (node: InnerNode): InnerNode => {
    switch (node.kind) {
      case 'Fetch': {
        const nodes = separate(node, rules, keys).map((fetch) => completeKeys(fetch, keys));
        const [only] = nodes;
        return only && nodes.length === 1 ? only : { kind: 'Parallel', nodes };
      }
      case 'Flatten':
        return { ...node, node: separateNode(node.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(separateNode) };
      default:
        return node;
    }
  };
  const { node } = plan;
  return !node || node.kind === 'Subscription' ? plan : { ...plan, node: separateNode(node) };
}

/** Fields of an entity that require the same. */
interface Group {
  readonly set: SelectionSetNode | undefined;
  readonly fields: Set<FieldNode>;
}

function separate(fetch: FetchNode, rules: FieldRules, keys: EntityKeys): FetchNode[] {
  const { operation, requires = [], serviceName } = fetch;
  const asked = requires.flatMap((selection) =>
    selection.kind === 'InlineFragment' ? (selection.typeCondition ?? []) : [],
  );
  if (asked.length < 2) return [fetch];
  const document = expandFragments(parse(operation, { noLocation: true }));
  const groups = new Map<string, Group>();
  const types = new Set<string>();
  visit(document, {
    Field({ selectionSet }) {
      forEachField(selectionSet, '', (field, type) => {
        types.add(type);
        const set = rules.of(serviceName, type, field.name.value)?.requires;
        const name = set ? print(set) : '';
        const group = groups.get(name) ?? { set, fields: new Set() };
        groups.set(name, group);
        group.fields.add(field);
      });
      return false;
    },
  });
  // Of other types than those that are asked, the subgraph knows nothing: they are behind an interface object.
  const isOfObject = asked.some((type) => !types.has(type));
  if (!isOfObject || groups.size < 2) return [fetch];
  const all = new Set([...groups.values()].flatMap(({ fields }) => [...fields]));
  const own = [...types].flatMap((type) => keys.of(serviceName, type).map(({ fields }) => fields));
  return [...groups.values()].map(({ set, fields }) => {
    const others = [...groups.values()].flatMap((group) => (group.set ? [group.set] : []));
    return {
      ...fetch,
      operation: print(keepFields(document, all, fields)),
      requires: leaveOut(requires, others, set ? [...own, set] : own),
    };
  });
}

/**
 * What represents an object has a key of it. For some types of an interface object the planner requires the key of each,
 * and the rest of them all together: other types that happen to have the rest would be represented without a key.
 */
function completeKeys(fetch: FetchNode, keys: EntityKeys): FetchNode {
  const { requires = [], serviceName } = fetch;
  const isKeyless = (selection: RequiredSelection): boolean => {
    if (selection.kind !== 'InlineFragment' || selection.typeCondition === undefined) return false;
    const own = keys.of(serviceName, selection.typeCondition);
    return own.length > 0 && !own.some(({ fields }) => includes(selection.selections, fields));
  };
  const rest = requires
    .filter(isKeyless)
    .flatMap(({ selections = [] }) => selections.filter((one) => !isTypeName(one)));
  const others = requires.filter((selection) => !isKeyless(selection));
  if (rest.length === 0 || others.length === 0) return fetch;
  const whole = others.map((selection) =>
    selection.kind === 'InlineFragment'
      ? { ...selection, selections: [...selection.selections, ...rest] }
      : selection,
  );
  return { ...fetch, requires: whole };
}

function forEachField(
  set: SelectionSetNode | undefined,
  type: string,
  tell: (field: FieldNode, type: string) => void,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) tell(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT)
      forEachField(selection.selectionSet, selection.typeCondition?.name.value ?? type, tell);
  }
}

const keepFields = (
  document: OperationDefinitionNode,
  all: ReadonlySet<FieldNode>,
  kept: ReadonlySet<FieldNode>,
): OperationDefinitionNode =>
  visit(document, {
    Field: (field) => (all.has(field) && !kept.has(field) ? null : undefined),
    InlineFragment: {
      leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
    },
  });

/** What is required, without what only others require. */
function leaveOut(
  selections: readonly RequiredSelection[],
  required: readonly SelectionSetNode[],
  kept: readonly SelectionSetNode[],
): RequiredSelection[] {
  return selections.flatMap((selection): RequiredSelection[] => {
    if (selection.kind !== 'Field') {
      const inner = leaveOut(selection.selections, required, kept);
      // It was only there for what is left out: by a type alone nobody is represented.
      const isEmpty = inner.length < selection.selections.length && inner.every(isTypeName);
      return isEmpty ? [] : [{ ...selection, selections: inner }];
    }
    const ofKept = findField(kept, selection.name);
    if (ofKept.length === 0)
      return findField(required, selection.name).length > 0 ? [] : [selection];
    if (!selection.selections) return [selection];
    const inner = leaveOut(
      selection.selections,
      innerOf(findField(required, selection.name)),
      innerOf(ofKept),
    );
    return [{ ...selection, selections: inner }];
  });
}

const isTypeName = (selection: RequiredSelection): boolean =>
  selection.kind === 'Field' && selection.name === '__typename';

const innerOf = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => selectionSet ?? []);

const findField = (sets: readonly SelectionSetNode[], name: string): FieldNode[] =>
  sets.flatMap(({ selections }) =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
      return selection.kind === Kind.INLINE_FRAGMENT
        ? findField([selection.selectionSet], name)
        : [];
    }),
  );
