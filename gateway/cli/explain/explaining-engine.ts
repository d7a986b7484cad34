import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import {
  decideConditions,
  readDecidingVariables,
  readDecision,
} from '../../engine/documents/decide-conditions.js';
import { readEngineVersion } from '../../engine/planning/engine-internals.js';
import { planOperation } from '../../engine/planning/plan-operation.js';
import { explainUnplannable } from '../../engine/planning/planning-limits.js';
import type { SubgraphPartners, Variables } from '../../fan-out/fetch.js';
import type { PartnerPort, PartnerResponse } from '../../fan-out/partners/partner-port.js';
import type { HubContext } from '../../hub-plugin.js';
import { createOwnEngine, type CreateEngine } from '../../own-engine.js';
import { explainFetch, type ExplainedFetch } from './explain-fetch.js';
import { listFetches } from './explain-plan.js';

/** One call to a partner, and its result. */
export interface TimedCall {
  readonly partner: string;
  readonly query: string;
  /** Since the start of the operation, in milliseconds. */
  readonly startedMs: number;
  readonly tookMs: number;
  readonly response: PartnerResponse;
}

export interface Explanation {
  readonly fetches: readonly ExplainedFetch[];
  /** How long planning took, in milliseconds. */
  readonly plannedMs: number;
  /** The calls in the order of their start. Empty if the operation is not run. */
  readonly calls: readonly TimedCall[];
}

/** An engine that explains operations, and gives access to the last explanation. */
export interface ExplainingEngine {
  readonly createEngine: CreateEngine;
  read(): Explanation | undefined;
}

interface Planned {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly queryHash: string;
  readonly variables: Variables;
}

/**
 * Makes the hub’s own engine, with an executor that explains an operation first, and then runs it
 * or stops. Operations that reach the engine have already passed the hub’s checks.
 */
export function createExplainingEngine({ runs }: { readonly runs: boolean }): ExplainingEngine {
  let explanation: Explanation | undefined;
  const calls: TimedCall[] = [];
  let startedAt = 0;
  const timed = (slice: SubgraphPartners): SubgraphPartners => ({
    ...slice,
    ports: new Map(
      [...slice.ports].map(([code, port]) => [code, timePort(port, calls, () => startedAt)]),
    ),
  });
  return {
    createEngine(parts) {
      const engine = createOwnEngine({ ...parts, subgraphs: parts.subgraphs.map(timed) });
      const { gateway } = engine;
      const execute = gateway.executor;
      const sliceOf = new Map(parts.subgraphs.map((slice) => [slice.model.name, slice]));
      const explain = async (planned: Planned): Promise<Omit<Explanation, 'calls'>> => {
        const { document, operation, operationName, queryHash, variables } = planned;
        const deciding = readDecidingVariables(document, operation);
        const decision = readDecision(deciding, variables);
        const began = performance.now();
        const { plan } = await planOperation(readEngineVersion(gateway), {
          document: decideConditions(document, deciding, decision),
          operationName,
          storeKey: `explain ${queryHash}${decision} ${operationName ?? ''}`,
        }).catch((error: unknown) => {
          throw explainUnplannable(error, explainedRequest, parts.logger);
        });
        const plannedMs = performance.now() - began;
        const fetches: ExplainedFetch[] = [];
        for (const fetch of listFetches(plan)) {
          const slice = sliceOf.get(fetch.node.serviceName);
          if (!slice) throw new Error(`No partner serves the subgraph ${fetch.node.serviceName}.`);
          const name = operation.name?.value;
          fetches.push(await explainFetch(fetch, slice, { operationName: name, variables }));
        }
        return { fetches, plannedMs };
      };
      gateway.executor = async (context) => {
        const { requestId } = context.context as HubContext;
        if (requestId !== explainedRequest) return execute(context);
        const { request, document, operation, queryHash } = context;
        const { operationName, variables = {} } = request;
        const explained = await explain({
          document,
          operation,
          operationName,
          queryHash,
          variables,
        });
        explanation = { ...explained, calls };
        if (!runs) return { data: null };
        startedAt = performance.now();
        return execute(context);
      };
      return engine;
    },
    read: () => explanation,
  };
}

/** The request id of the explained operation. The hub has requests of its own. */
export const explainedRequest = 'explain';

function timePort(port: PartnerPort, calls: TimedCall[], startedAt: () => number): PartnerPort {
  return {
    code: port.code,
    async ask(call) {
      const began = performance.now();
      const response = await port.ask(call);
      calls.push({
        partner: port.code,
        query: call.query,
        startedMs: began - startedAt(),
        tookMs: performance.now() - began,
        response,
      });
      return response;
    },
    invalidate: () => port.invalidate?.(),
    close: () => port.close(),
  };
}
