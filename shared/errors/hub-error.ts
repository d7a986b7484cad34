import { GraphQLError, type ASTNode } from 'graphql';
import { catalogue, type ErrorCode } from './catalogue.js';

/** What may accompany a code, beside what GraphQL itself adds. */
export interface HubErrorDetails {
  /** Replaces the catalogue's sentence where a more helpful one is at hand. Never personal data. */
  readonly message?: string;
  /** The argument at fault, as a dotted path: `filter.on`. */
  readonly argument?: string;
  readonly cause?: Error;
  readonly [extension: string]: unknown;
}

/** Where in an operation an error arose. @default graphql-js adds it, in an error around this one */
export interface ErrorPlace {
  readonly nodes: readonly ASTNode[];
  readonly path: readonly (string | number)[];
}

/**
 * An error that a client can act on. Everything else is masked before it leaves.
 *
 * @example throw new HubError('BAD_USER_INPUT', { argument: 'first', message: '`first` is 1 to 1,000.' });
 */
export class HubError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(
    code: ErrorCode,
    { message, cause, ...extensions }: HubErrorDetails = {},
    place?: ErrorPlace,
  ) {
    super(message ?? catalogue[code].message, {
      ...place,
      originalError: cause,
      extensions: { code, ...extensions },
    });
    this.name = 'HubError';
    this.code = code;
  }
}
