import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { HubError } from '@hub/shared/errors';
import type { OperationPipeline } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { OperationLimiter } from '@hub/shared/limits';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { setTimeout } from 'node:timers/promises';
import type { HubRequest } from '../http/hub-request.js';
import type { ExportRequest } from '../http/register-exports.js';
import type { AskGraph } from './answer.js';

interface ExportContext {
  readonly requestId: string;
  readonly reader: Reader;
}

/** What an export needs of a hub. */
export interface ExportedHub<Context extends ExportContext> {
  readonly pipeline: Pick<OperationPipeline<Context>, 'run'>;
  readonly limiter: Pick<OperationLimiter, 'check' | 'limits'>;
  readonly supergraphSdl: string;
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  createContext(request: HubRequest): Promise<Context>;
}

/** To the engine, GET says that nothing may be changed. */
const byGet: HTTPGraphQLRequest = {
  method: 'GET',
  headers: new HeaderMap(),
  search: '',
  body: undefined,
};

/** How long to wait before the same is asked again. Undefined for what another try does not help. */
function waitMsOf({ extensions }: Pick<GraphQLFormattedError, 'extensions'>): number | undefined {
  const isForLater = extensions?.code === 'RATE_LIMITED' || extensions?.code === 'OVERLOADED';
  return isForLater ? Number(extensions.retryAfter) * 1_000 : undefined;
}

export interface AskOptions<Context extends ExportContext> {
  readonly hub: ExportedHub<Context>;
  readonly request: Pick<ExportRequest, keyof HubRequest>;
  /** What the request was admitted with: the first operation is its own. */
  readonly admitted: Context;
  /** For all operations of the export together. */
  readonly deadlineMs: number;
}

/**
 * Makes what asks the graph for one export: each operation as if the reader had sent it, with the reader’s own token,
 * counted against the reader’s rate. Where that is used up, or the hub is busy, the export waits its turn.
 */
export function createAskGraph<Context extends ExportContext>({
  hub,
  request,
  admitted,
  deadlineMs,
}: AskOptions<Context>): AskGraph {
  const { signal } = request;
  const deadline = Date.now() + deadlineMs;
  let own: Context | undefined = admitted;

  async function admit(): Promise<Context> {
    for (;;) {
      try {
        return await hub.createContext(request);
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        const waitMs = waitMsOf(error);
        if (waitMs === undefined || Date.now() + waitMs >= deadline) throw error;
        await setTimeout(waitMs, undefined, { signal });
      }
    }
  }

  return async (operation) => {
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      const message = `An export takes at most ${deadlineMs / 1_000} s: ask for less at a time.`;
      throw new HubError('QUERY_TOO_COMPLEX', { message, limit: 'exportMs', most: deadlineMs });
    }
    hub.limiter.check(operation);
    for (;;) {
      const contextValue = own ?? (await admit());
      own = undefined;
      const { body } = await hub.pipeline.run({ ...operation, http: byGet }, contextValue);
      signal.throwIfAborted();
      if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
      const { singleResult } = body;
      const [refusal] = singleResult.data === undefined ? (singleResult.errors ?? []) : [];
      const waitMs = refusal && waitMsOf(refusal);
      if (waitMs === undefined || Date.now() + waitMs >= deadline) return singleResult;
      await setTimeout(waitMs, undefined, { signal });
    }
  };
}
