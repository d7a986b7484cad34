import { MultiMap, SelectionSet } from '@apollo/federation-internals';
import { findUnsoundFetch, type FieldRules } from './check-fetches.js';
import type { QueryPlan } from './query-plan.js';

/** Has an operation planned by the engine’s planner, and without its shortcuts where they plan wrongly. */
export function buildPlan(build: () => QueryPlan, rules: FieldRules): QueryPlan {
  const plan = build();
  return findUnsoundFetch(plan, rules) === undefined ? plan : withoutShortcuts(build);
}

/**
 * The planner moves what a `@requires` needs into the fetch before it, where that fetch’s subgraph only knows the fields
 * as external, and with it fields that need them. That is a shortcut: where no selection fits another type, the planner
 * keeps a fetch of its own. Planning waits for nothing, so that nobody else plans meanwhile.
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

/** A fetch while it is planned. */
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
 * The planner merges fetches that send the same to one subgraph, also where one waits for the other. The result waits
 * for itself, and the planner walks in circles until its memory ends: 5 s and 1.7 GB. Here what it waits for goes, or
 * both stay. The planner does not export its fetches: they are found when it first gathers some, before it merges any.
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
