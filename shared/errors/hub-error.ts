import { GraphQLError, type ASTNode } from 'graphql';
import { catalogue, type ErrorCode } from './catalogue.js';

/** The details of an error, besides those of GraphQL. */
export interface HubErrorDetails {
  /** Replaces the catalogue’s message by a more helpful one. It must not contain personal data. */
  readonly message?: string;
  /** The invalid argument, as a dotted path: `filter.on`. */
  readonly argument?: string;
  readonly cause?: Error;
  readonly [extension: string]: unknown;
}

/**
 * The place of an error in an operation. @default graphql-js adds it, in an error around this one
 */
export interface ErrorPlace {
  readonly nodes: readonly ASTNode[];
  readonly path: readonly (string | number)[];
}

/**
 * An error that a client can act on. Other errors are masked before they are sent.
 *
 * @example throw new HubError('BAD_USER_INPUT', { argument: 'first', message: '`first` must be
 * between 1 and 1,000.' });
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

/**
 * Refuses a value of an input.
 * @param argument its dotted path
 * @throws HubError `BAD_USER_INPUT`
 */
export function refuseInput(argument: string, message: string): never {
  throw new HubError('BAD_USER_INPUT', { argument, message });
}
