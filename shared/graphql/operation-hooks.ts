import type {
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ServedContext } from './served-context.js';

/** What is called at certain points of every operation. It keeps nothing of one for the next. */
export interface OperationHooks<Context extends ServedContext> {
  /** A text became a document, and nothing says yet that it is valid. Called once for each text; what it throws refuses it. */
  didParse?(request: { readonly schema: GraphQLSchema; readonly document: DocumentNode }): void;
  /**
   * The document is valid, and nothing has been executed. `operation` is missing where its name is no operation’s. What it
   * throws refuses the operation.
   */
  didResolveOperation?(
    request: GraphQLRequestContextDidResolveOperation<Context>,
  ): void | Promise<void>;
  /** What was executed, or refused, is about to be written out. */
  willSendResponse?(
    request: GraphQLRequestContextWillSendResponse<Context> & Executed,
  ): void | Promise<void>;
  /** Something threw that is nobody’s refusal. */
  didFail?(request: GraphQLRequestContext<Context>, error: Error): void;
}

/** Whether it came to be executed at all. */
export interface Executed {
  readonly isExecuted: boolean;
}
