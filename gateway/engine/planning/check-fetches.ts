import {
  getOperationAST,
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type SelectionSetNode,
  type TypeNode as TypeReferenceNode,
} from 'graphql';
import type { Fragments } from '../documents/collect-fields.js';
import { parseFieldSet } from '../documents/field-set.js';
import { readFragments } from '../documents/read-fragments.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection } from './query-plan.js';
import {
  readArgument,
  readSubgraphNames,
  readTypes,
  type TypeNode,
} from './supergraph-directives.js';

/** A field in one subgraph. */
interface FieldRule {
  readonly requires: SelectionSetNode | undefined;
  readonly provides: SelectionSetNode | undefined;
  /** True if another subgraph resolves it. */
  readonly isExternal: boolean;
}

/** The fields of all subgraphs of a supergraph. */
export interface FieldRules {
  of(subgraph: string, type: string, field: string): FieldRule | undefined;
  /** The field sets of its `@requires`, in whatever subgraph. */
  needsOf(type: string, field: string): readonly SelectionSetNode[];
  /** The type of a field. */
  typeOf(type: string, field: string): string | undefined;
  isObject(type: string): boolean;
}

/** Reads the rules that the fetches of a plan must follow. */
export function readFieldRules(supergraphSdl: string): FieldRules {
  const document = parse(supergraphSdl, { noLocation: true });
  const subgraphs = readSubgraphNames(document);
  const types = readTypes(document);
  const rules = new Map<string, FieldRule>();
  for (const type of types.values()) addRules(type, subgraphs, rules);
  return {
    isObject: (type) => types.get(type)?.kind === Kind.OBJECT_TYPE_DEFINITION,
    of: (subgraph, type, field) => rules.get(`${subgraph} ${type}.${field}`),
    needsOf: (type, field) =>
      [...new Set(subgraphs.values())].flatMap(
        (subgraph) => rules.get(`${subgraph} ${type}.${field}`)?.requires ?? [],
      ),
    typeOf(type, field) {
      const found = types.get(type)?.fields?.find(({ name }) => name.value === field);
      return found && nameOfType(found.type);
    },
  };
}

/** What fields need of other subgraphs. The supergraph is read when that is first needed. */
export function readNeeds(supergraphSdl: string): FieldRules['needsOf'] {
  let rules: FieldRules | undefined;
  return (type, field) => (rules ??= readFieldRules(supergraphSdl)).needsOf(type, field);
}

function addRules(
  { name: type, directives: onType = [], fields = [] }: TypeNode,
  subgraphs: ReadonlyMap<unknown, string>,
  rules: Map<string, FieldRule>,
): void {
  const keys = new Set<string>();
  for (const directive of onType) {
    const key = readArgument(directive, 'key');
    if (typeof key !== 'string') continue;
    for (const { name } of fieldsOf(parseFieldSet(key)))
      keys.add(`${subgraphs.get(readArgument(directive, 'graph'))} ${name.value}`);
  }
  for (const { name, directives = [] } of fields)
    for (const directive of directives) {
      const subgraph = subgraphs.get(readArgument(directive, 'graph'));
      if (directive.name.value !== 'join__field' || subgraph === undefined) continue;
      const isKey = keys.has(`${subgraph} ${name.value}`);
      rules.set(`${subgraph} ${type.value}.${name.value}`, {
        requires: readSet(readArgument(directive, 'requires')),
        provides: readSet(readArgument(directive, 'provides')),
        isExternal: externals.some((name) => readArgument(directive, name) === true) && !isKey,
      });
    }
}

/** An overridden field is external if a `@requires` still names it. */
const externals = ['external', 'usedOverridden'];

const readSet = (text: string | boolean | undefined): SelectionSetNode | undefined =>
  typeof text === 'string' ? parseFieldSet(text) : undefined;

const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
  selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection] : []));

const nameOfType = (type: TypeReferenceNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type);

/**
 * Finds a field that a fetch selects without the fields that its `@requires` names, or in a
 * subgraph that has it only as external. The subgraph would return a wrong value. Returns the
 * coordinate, or undefined for a sound plan.
 */
export function findUnsoundFetch({ node }: QueryPlan, rules: FieldRules): string | undefined {
  return node && findInNode(node, rules);
}

function findInNode(node: PlanNode, rules: FieldRules): string | undefined {
  switch (node.kind) {
    case 'Fetch':
      return findInFetch(node, rules);
    case 'Flatten':
      return findInNode(node.node, rules);
    case 'Sequence':
    case 'Parallel':
      for (const inner of node.nodes) {
        const found = findInNode(inner, rules);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

function findInFetch(fetch: FetchNode, rules: FieldRules): string | undefined {
  const document = parse(fetch.operation, { noLocation: true });
  const operation = getOperationAST(document);
  if (!operation) return undefined;
  const checker = new FetchChecker(fetch.serviceName, rules, readFragments(document));
  const { selectionSet } = operation;
  if (!fetch.requires)
    return checker.check(selectionSet, roots[operation.operation], undefined, []);
  const sent = fetch.requires.flatMap((selection) =>
    selection.kind === 'InlineFragment' ? selection.selections : [],
  );
  for (const { selectionSet: entities } of fieldsOf(selectionSet)) {
    const found = entities && checker.check(entities, '_Entity', sent, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

const roots = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };

class FetchChecker {
  constructor(
    readonly subgraph: string,
    readonly rules: FieldRules,
    readonly fragments: Fragments,
  ) {}

  /** @param sent what represents the object @param provided what the fields above provide */
  check(
    { selections }: SelectionSetNode,
    type: string,
    sent: readonly RequiredSelection[] | undefined,
    provided: readonly SelectionSetNode[],
  ): string | undefined {
    for (const selection of selections) {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.fragments.get(selection.name.value)
          : selection;
      if (!fragment) continue;
      const found =
        fragment.kind === Kind.FIELD
          ? this.#checkField(fragment, type, sent, provided)
          : this.#checkFragment(fragment, type, sent, provided);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * The planner reuses fragments of the operation, also where one of their types cannot be: a fetch
   * may have `... on Programme` inside `... on Organisation`. Nothing is selected there.
   */
  #checkFragment(
    { typeCondition, selectionSet }: InlineFragmentNode | FragmentDefinitionNode,
    type: string,
    sent: readonly RequiredSelection[] | undefined,
    provided: readonly SelectionSetNode[],
  ): string | undefined {
    const condition = typeCondition?.name.value ?? type;
    if (!this.rules.isObject(type)) return this.check(selectionSet, condition, sent, provided);
    if (condition !== type && this.rules.isObject(condition)) return undefined;
    return this.check(selectionSet, type, sent, provided);
  }

  #checkField(
    { name: { value: name }, selectionSet }: FieldNode,
    type: string,
    sent: readonly RequiredSelection[] | undefined,
    provided: readonly SelectionSetNode[],
  ): string | undefined {
    const rule = this.rules.of(this.subgraph, type, name);
    const given = provided.flatMap((set) => findField(set, name));
    if (rule?.isExternal && given.length === 0) return `${type}.${name}`;
    const { requires } = rule ?? {};
    const isGiven =
      !requires || (sent && isSent(requires, sent)) || this.#isLocal(requires, type, provided);
    if (!isGiven) return `${type}.${name}`;
    const inner = selectionSet && this.rules.typeOf(type, name);
    if (!selectionSet || inner === undefined) return undefined;
    const sets = given.flatMap(({ selectionSet: own }) => own ?? []);
    const provides = rule?.provides ? [...sets, rule.provides] : sets;
    return this.check(selectionSet, inner, undefined, provides);
  }

  /**
   * True if the subgraph itself has every field of a field set: its own fields, and those that
   * fields above provide.
   */
  #isLocal(set: SelectionSetNode, type: string, provided: readonly SelectionSetNode[]): boolean {
    return set.selections.every((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = selection.typeCondition?.name.value ?? type;
        return this.#isLocal(selection.selectionSet, inner, provided);
      }
      const { name, selectionSet } = selection;
      const given = provided.flatMap((own) => findField(own, name.value));
      const { isExternal } = this.rules.of(this.subgraph, type, name.value) ?? {};
      if (isExternal && given.length === 0) return false;
      const inner = selectionSet && this.rules.typeOf(type, name.value);
      const sets = given.flatMap(({ selectionSet: own }) => own ?? []);
      return !selectionSet || !inner || this.#isLocal(selectionSet, inner, sets);
    });
  }
}

const findField = ({ selections }: SelectionSetNode, name: string): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? findField(selection.selectionSet, name) : [];
  });

/**
 * True if the representations have every field of a field set. A fragment in it counts if it is
 * sent at all.
 */
const isSent = (set: SelectionSetNode, sent: readonly RequiredSelection[]): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return true;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isSent(selection.selectionSet, sent);
    const found = findSent(sent, selection.name.value);
    if (found.length === 0) return false;
    return !selection.selectionSet || isSent(selection.selectionSet, found.flatMap(innerOf));
  });

const findSent = (sent: readonly RequiredSelection[], name: string): RequiredSelection[] =>
  sent.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return findSent(selection.selections, name);
    return selection.name === name ? [selection] : [];
  });

const innerOf = ({ selections = [] }: RequiredSelection): readonly RequiredSelection[] =>
  selections;
