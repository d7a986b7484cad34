import { MultiMap, SelectionSet } from '@apollo/federation-internals';
import { findUnsoundFetch, type FieldRules } from './check-fetches.js';
import type { QueryPlan } from './query-plan.js';

/**
 * Plans an operation with the engine’s planner. If a shortcut of the planner makes the plan wrong,
 * plans again without it.
 */
export function buildPlan(build: () => QueryPlan, rules: FieldRules): QueryPlan {
  const plan = build();
  return findUnsoundFetch(plan, rules) === undefined ? plan : withoutShortcuts(build);
}

/**
 * The planner moves the fields that a `@requires` needs into the fetch before, if that fetch’s
 * subgraph has them only as external. It then also moves fields that need those. This is a
 * shortcut: if no selection fits another type, the planner keeps a fetch of its own. Planning is
 * synchronous, so no other operation is planned meanwhile.
 */
function withoutShortcuts(build: () => QueryPlan): QueryPlan {
  const { canRebaseOn } = SelectionSet.prototype;
  SelectionSet.prototype.canRebaseOn = () => false;
  try {
    return build();
  } finally {
    SelectionSet.prototype.canRebaseOn = canRebaseOn;
  }
}

/** A fetch during planning. */
interface FetchGroup {
  isDescendantOf(other: FetchGroup): boolean;
  isParentOf(other: FetchGroup): boolean;
  removeChild(child: FetchGroup): void;
  mergeInWithAllDependencies(other: FetchGroup): void;
}

const isFetchGroup = (value: unknown): value is FetchGroup =>
  typeof value === 'object' &&
  value !== null &&
  'mergeInWithAllDependencies' in value &&
  'isDescendantOf' in value;

let areFetchesInOrder = false;

/**
 * The planner merges two fetches that send the same to one subgraph, even if one depends on the
 * other. The merged fetch then depends on itself, and the planner loops until it is out of memory:
 * 5 s and 1.7 GB. Here the dependency is removed, or both fetches stay. The planner does not export
 * its fetches, so they are found when it first collects some.
 */
export function keepFetchesInOrder(): void {
  if (areFetchesInOrder) return;
  areFetchesInOrder = true;
  const { add } = MultiMap.prototype;
  MultiMap.prototype.add = function (
    this: MultiMap<unknown, unknown>,
    key: unknown,
    value: unknown,
  ) {
    if (isFetchGroup(value)) {
      MultiMap.prototype.add = add;
      const prototype = Object.getPrototypeOf(value) as FetchGroup;
      const { mergeInWithAllDependencies: merge } = prototype;
      prototype.mergeInWithAllDependencies = function (this: FetchGroup, other) {
        if (this.isDescendantOf(other)) return;
        merge.call(this, other);
        if (this.isParentOf(this)) this.removeChild(this);
      };
    }
    return add.call(this, key, value);
  };
}
