import type { FastifyRequest } from 'fastify';
import type { OperationLimiter } from '../../../graphql/limits/limit-operations.js';
import type {
  OperationPipeline,
  SubscribedOperation,
} from '../../../graphql/operations/operation-pipeline.js';
import type { ClientSignal, ServedContext } from '../../../graphql/operations/served-context.js';
import type { RequestCounting } from './counted-requests.js';
import type { GraphQLParameters } from './graphql-parameters.js';
import type { OperationStream } from './operation-stream.js';

/** One request, for the function that creates its context. */
export interface GraphQLCall {
  /** Its `body` has the raw bytes. */
  readonly request: FastifyRequest;
  readonly requestId: string;
  /** Makes a signal that fires when the client disconnects before the response. */
  watchClient(): ClientSignal;
}

/** A page for browsers. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export interface GraphQLOptions<Context extends ServedContext> extends RequestCounting {
  readonly path: string;
  /** A started pipeline. It masks its errors. */
  readonly pipeline: Pick<OperationPipeline<Context>, 'run'>;
  /** Creates the context of a request. Throws to refuse it: a HubError has its own status. */
  createContext(call: GraphQLCall): Promise<Context>;
  /**
   * Rejects what is too large before validation. Its hooks are `pipeline`’s. @default nothing is
   * rejected
   */
  readonly limiter?: Pick<OperationLimiter, 'check' | 'checkBody'>;
  /**
   * Replaces a document’s id by its text. Throws to refuse a document. @default all are sent as text
   */
  readonly resolveDocument?:
    | ((parameters: GraphQLParameters, context: Context) => GraphQLParameters)
    | undefined;
  /**
   * More headers of a response that is complete, such as its signature.
   * @default there are none
   */
  readonly describeResponse?:
    | ((
        request: FastifyRequest,
        response: { readonly status: number; readonly text: string },
      ) => Promise<Record<string, string>> | undefined)
    | undefined;
  /** The page for browsers that open the path. @default none */
  readonly page?: Page;
  /** Whether clients may get errors with this code. @default those of the catalogue */
  readonly isCode?: (code: unknown) => boolean;
  /** Compresses responses for clients that ask. @default false */
  readonly compresses?: boolean;
  /** Opens the stream of a valid subscription. Throws to refuse it. @default all are refused */
  readonly subscribe?:
    | ((
        operation: SubscribedOperation,
        context: Context,
        request: FastifyRequest,
        signal: AbortSignal,
      ) => Promise<OperationStream>)
    | undefined;
}
