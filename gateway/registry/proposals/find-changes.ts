import { ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { coordinateOf } from '../publications/schema/coordinate-of-change.js';
import { readNeeds } from './read-needs.js';

/** What a change means for operations that clients send today. */
type Severity = 'breaking' | 'dangerous' | 'safe';

/** A difference between two graphs, as clients see it. */
export interface GraphChange {
  /** What happened: `FIELD_REMOVED`. */
  readonly kind: string;
  readonly severity: Severity;
  /** The schema coordinate: `Query.officers(search:)`. */
  readonly element: string;
  readonly message: string;
  /** Of a breaking change: it can break every client that uses one of these elements. */
  readonly needs: readonly string[];
}

const severities: Readonly<Record<CriticalityLevel, Severity>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** Changes that the comparison counts as safe, although they can make an operation invalid. */
const alsoBreaking: ReadonlySet<string> = new Set<string>([ChangeType.DirectiveRepeatableRemoved]);

/** What clients see of the difference between two graphs, the worst first. */
export async function findChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
): Promise<readonly GraphChange[]> {
  const order: readonly Severity[] = ['breaking', 'dangerous', 'safe'];
  const changes = (await diff(before, after)).map((change): GraphChange => {
    const severity = alsoBreaking.has(change.type)
      ? 'breaking'
      : severities[change.criticality.level];
    return {
      kind: change.type,
      severity,
      element: coordinateOf(change),
      message: `${change.message}.`,
      needs: severity === 'breaking' ? readNeeds(change, before, after) : [],
    };
  });
  return changes.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
