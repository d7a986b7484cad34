import type {
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ServedContext } from './served-context.js';

/**
 * Functions that are called at certain points of every operation. They keep no state between
 * operations.
 */
export interface OperationHooks<Context extends ServedContext> {
  /**
   * The text was parsed, and is not validated yet. Called once for each text. Throws to reject it.
   */
  didParse?(request: { readonly schema: GraphQLSchema; readonly document: DocumentNode }): void;
  /**
   * The document is valid, and nothing has been executed. `operation` is missing if its name is
   * unknown. Throws to reject the operation.
   */
  didResolveOperation?(
    request: GraphQLRequestContextDidResolveOperation<Context>,
  ): void | Promise<void>;
  /** The response is about to be written. */
  willSendResponse?(
    request: GraphQLRequestContextWillSendResponse<Context> & Executed,
  ): void | Promise<void>;
  /** An unexpected error occurred. */
  didFail?(request: GraphQLRequestContext<Context>, error: Error): void;
}

/** Whether the operation was executed at all. */
export interface Executed {
  readonly isExecuted: boolean;
}
