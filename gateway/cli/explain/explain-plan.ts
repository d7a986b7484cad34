import { restoreName } from '../../engine/documents/response-names.js';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import type { FetchNode, PlanNode, QueryPlan } from '../../engine/planning/query-plan.js';

/** One fetch of a query plan, and its place in the order. */
export interface PlannedFetch {
  /** Counts from 1, in the order of the plan. */
  readonly number: number;
  /** The fetches that must end before this one. */
  readonly after: readonly number[];
  /** The path of its result, under the client’s own names; `@` stands for the items of a list. */
  readonly path: ResponsePath;
  readonly node: FetchNode;
}

/** Lists the fetches of a plan. */
export function listFetches({ node }: QueryPlan): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];
  /** @returns the fetches that must end before the next step of a sequence */
  const visit = (
    current: PlanNode,
    path: ResponsePath,
    after: readonly number[],
  ): readonly number[] => {
    switch (current.kind) {
      case 'Fetch': {
        const number = fetches.length + 1;
        fetches.push({ number, after, path: path.map(restorePart), node: current });
        return [number];
      }
      case 'Flatten':
        return visit(current.node, [...path, ...current.path], after);
      case 'Sequence':
        return current.nodes.reduce((before, inner) => visit(inner, path, before), after);
      case 'Parallel':
        return current.nodes.flatMap((inner) => visit(inner, path, after));
      default:
        throw new Error(`The hub does not execute plan nodes of the kind ${current.kind}.`);
    }
  };
  if (node) visit(node, [], []);
  return fetches;
}

const restorePart = (part: string | number): string | number =>
  typeof part === 'string' ? restoreName(part) : part;
