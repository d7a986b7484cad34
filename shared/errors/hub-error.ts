import { GraphQLError } from 'graphql';
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

/**
 * An error that a client can act on. Everything else is masked before it leaves.
 *
 * @example throw new HubError('BAD_USER_INPUT', { argument: 'first', message: '`first` is 1 to 1,000.' });
 */
export class HubError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, { message, cause, ...extensions }: HubErrorDetails = {}) {
    super(message ?? catalogue[code].message, {
      originalError: cause,
      extensions: { code, ...extensions },
    });
    this.name = 'HubError';
    this.code = code;
  }
}
