import type { GraphQLRequest } from '@apollo/server';

/**
 * What happens at a value that is missing with an error and must not be null. `PROPAGATE`: its
 * nearest nullable parent is null. `NULL`: it is null itself. `HALT`: the response has no data.
 * @see https://github.com/graphql/graphql-spec/pull/1163
 */
export type ErrorBehavior = (typeof errorBehaviors)[number];

export const errorBehaviors = ['PROPAGATE', 'NULL', 'HALT'] as const;

/** A request with the behaviour that its client wants. @default `PROPAGATE` */
export interface BehavedRequest extends GraphQLRequest {
  readonly onError?: ErrorBehavior | undefined;
}
