import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { HubError } from '@hub/shared/errors';
import type { OperationLimiter, OperationPipeline } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { setTimeout } from 'node:timers/promises';
import type { HubRequest } from '../../server/hub-request.js';
import type { AskGraph } from './graph-response.js';
import type { ExportRequest } from './register-exports.js';

interface ExportContext {
  readonly requestId: string;
  readonly reader: Reader;
}

/** What an export needs of a hub. */
export interface ExportedHub<Context extends ExportContext> {
  readonly pipeline: Pick<OperationPipeline<Context>, 'run'>;
  readonly limiter: Pick<OperationLimiter, 'check' | 'limits'>;
  readonly supergraphSdl: string;
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  createContext(request: HubRequest): Promise<Context>;
}

/** GET tells the engine that mutations are not allowed. */
const byGet: HTTPGraphQLRequest = {
  method: 'GET',
  headers: new HeaderMap(),
  search: '',
  body: undefined,
};

/** How long to wait before the operation is repeated. Undefined if that would not help. */
function waitMsOf({ extensions }: Pick<GraphQLFormattedError, 'extensions'>): number | undefined {
  const isForLater = extensions?.code === 'RATE_LIMITED' || extensions?.code === 'OVERLOADED';
  return isForLater ? Number(extensions.retryAfter) * 1_000 : undefined;
}

export interface AskOptions<Context extends ExportContext> {
  readonly hub: ExportedHub<Context>;
  readonly request: Pick<ExportRequest, keyof HubRequest>;
  /** The context of the export’s request, which the first operation uses. */
  readonly admitted: Context;
  /** For all operations of the export together. */
  readonly deadlineMs: number;
}

/**
 * Makes the function that executes the operations of one export. Each counts as sent by the caller,
 * with the caller’s token and rate. If the rate is used up, or the hub is busy, the export waits.
 */
export function createAskGraph<Context extends ExportContext>({
  hub,
  request,
  admitted,
  deadlineMs,
}: AskOptions<Context>): AskGraph {
  const { signal } = request;
  const startedAt = Date.now();
  const deadline = startedAt + deadlineMs;
  const clientDeadline = startedAt + (request.deadlineMs ?? deadlineMs);
  const canWait = (waitMs: number) => Date.now() + waitMs < Math.min(deadline, clientDeadline);
  let own: Context | undefined = admitted;

  async function admit(): Promise<Context> {
    for (;;) {
      try {
        // What has not come within the client’s time is named as late, as in a response of the graph.
        const leftMs = Math.max(1, clientDeadline - Date.now());
        return await hub.createContext({ ...request, deadlineMs: leftMs });
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        const waitMs = waitMsOf(error);
        if (waitMs === undefined || !canWait(waitMs)) throw error;
        await setTimeout(waitMs, undefined, { signal });
      }
    }
  }

  return async (operation) => {
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      const message = `An export may take at most ${deadlineMs / 1_000} s. Request less at a time.`;
      throw new HubError('QUERY_TOO_COMPLEX', { message, limit: 'exportMs', most: deadlineMs });
    }
    hub.limiter.check(operation);
    for (;;) {
      const contextValue = own ?? (await admit());
      own = undefined;
      const { body } = await hub.pipeline.run({ ...operation, http: byGet }, contextValue);
      signal.throwIfAborted();
      if (body.kind !== 'single') throw new Error('An incremental response was not requested.');
      const { singleResult } = body;
      const [refusal] = singleResult.data === undefined ? (singleResult.errors ?? []) : [];
      const waitMs = refusal && waitMsOf(refusal);
      if (waitMs === undefined || !canWait(waitMs)) return singleResult;
      await setTimeout(waitMs, undefined, { signal });
    }
  };
}
