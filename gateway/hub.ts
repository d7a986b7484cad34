import { isErrorCode } from '@hub/shared/errors';
import {
  OperationPipeline,
  createOperationGate,
  type Charge,
  type ClientSignal,
  type Work,
} from '@hub/shared/graphql';
import type { ReadyChecks } from '@hub/shared/http';
import { anonymous, isService, type Reader } from '@hub/shared/identity';
import {
  createOperationLimiter,
  defaultLimits,
  foreignLimits,
  overloaded,
  type LoadLimits,
  type OperationLimiter,
  type OperationLimits,
} from '@hub/shared/limits';
import type { Logger } from '@hub/shared/telemetry';
import { GraphQLSchema } from 'graphql';
import { join } from 'node:path';
import { createCompiledEngine } from './execution/compiled-engine.js';
import type { Write } from './partners/cache/cached-port.js';
import type { ApolloGateway } from './planning/engine.js';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  type PlanningLimits,
} from './planning/planning-limits.js';
import type { Contract } from './registry/contracts.js';
import type { Missed } from './registry/missed-partners.js';
import type { Network } from './registry/network.js';
import { packageFolder } from './registry/package-folder.js';
import { routeNetwork, routeSupergraph } from './routes.js';
import { sayCompleteness, type RecordedContext } from './routing/completeness.js';
import type { Slice } from './routing/fetch.js';
import { OperationRecord } from './routing/operation-record.js';
import { prepareFetch } from './routing/subgraph-fetch.js';
import { admitOperations, callerOf } from './security/admit-operations.js';
import type { Authenticate } from './security/authenticate.js';
import { refuseMutations, refuseUnlessWriter } from './security/may-write.js';
import { countRequests, createRateLimit, type Rate } from './security/rate-limit.js';
import { createRefusedServices } from './security/refused-services.js';
import { createReservedNamesCheck } from './security/reserved-names.js';
import type { SignPartnerRequest } from './security/sign-request.js';
import { watchEnumeration } from './security/watch-enumeration.js';
import { createLoopClock } from './workers/loop-clock.js';
import { noOthers, type Others } from './workers/others.js';
import { createRestarts } from './workers/restarts.js';
import { shareRate } from './workers/share-rate.js';

/** What the graph is made of: a network and its contracts, or a supergraph that somebody else composed. */
export type HubSource =
  | { readonly network: Network; readonly contracts: readonly Contract[] }
  | { readonly supergraphSdl: string };

export interface HubOptions {
  readonly logger: Logger;
  /** Tells who asks. @default everybody is anonymous */
  readonly authenticate?: Authenticate;
  /** Signs what is asked of the network’s partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  /** For one operation, however many calls it takes. @default 15000 */
  readonly operationDeadlineMs?: number;
  /** What has to hold before it is ready. @default nothing besides its schema and its partners */
  readonly readyChecks?: ReadyChecks;
  /** What an operator should know of it, ready or not. @default nothing */
  readonly warningChecks?: ReadyChecks;
  /** Refuses every mutation with `FORBIDDEN`. @default false */
  readonly isReadOnly?: boolean;
  /** Whether the graph may be asked for its schema. @default true */
  readonly introspection?: boolean;
  /** How much one operation may ask for. @default `defaultLimits`, or `foreignLimits` for a supergraph */
  readonly limits?: OperationLimits;
  /** How much is executed at a time. @default any number of operations */
  readonly load?: LoadLimits;
  /** How often one reader may ask. @default any number of times */
  readonly rate?: Rate;
  /** The other processes that answer as this hub, who count a reader’s requests together. @default there are none */
  readonly others?: Others;
  /** Whether it sends each partner a health check, at the start and every 15 seconds. @default true */
  readonly checksPartners?: boolean;
  /** How far the engine looks for the best plan. @default `defaultPlanningLimits`, or `foreignPlanningLimits` */
  readonly planning?: PlanningLimits;
}

/** What a hub answers by. */
export interface Engine {
  readonly gateway: ApolloGateway;
  /** Resolves when nothing more is to be awaited before the first operation. @default once the gateway has loaded */
  ready?(): Promise<void>;
  /** Ends what the gateway itself does not end. */
  close?(): Promise<void>;
}

/** Makes the engine that a hub answers by. */
export type CreateEngine = (parts: {
  readonly supergraphSdl: string;
  readonly slices: readonly Slice[];
  readonly planning: PlanningLimits;
  readonly logger: Logger;
}) => Engine;

export interface HubContext extends RecordedContext {
  readonly requestId: string;
  readonly reader: Reader;
  readonly charge?: Charge | undefined;
}

/** What is known of a request before it is executed. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client goes away. */
  readonly signal: ClientSignal;
  readonly authorization?: string;
  /** Where it came from. @default this process, which is not held to the rate of the anonymous */
  readonly address?: string;
  /** How long its client waits, in milliseconds. It is respected for a partner’s own server alone. */
  readonly timeLeftMs?: number | undefined;
  /** True for a client that takes nothing that was kept of earlier answers. @default false */
  readonly wantsFresh?: boolean;
}

/** The hub, without a port: it executes operations, whoever brings them. */
export interface Hub extends AsyncDisposable {
  readonly pipeline: OperationPipeline<HubContext>;
  readonly supergraphSdl: string;
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  readonly limiter: OperationLimiter;
  /** @throws `UNAUTHENTICATED`, `RATE_LIMITED`, `OVERLOADED` */
  createContext(request: HubRequest): Promise<HubContext>;
  /**
   * Counts a request that has no context, because its body is refused.
   * @throws `UNAUTHENTICATED`, `RATE_LIMITED`
   */
  countRefused(
    request: Pick<HubRequest, 'authorization' | 'address'>,
    bytes: number,
  ): Promise<void>;
  /**
   * Counts a question whether the hub is well, apart from all other requests.
   * @throws `RATE_LIMITED`
   */
  countProbe(address: string): void;
  isReady(): boolean;
  /** Whether clients may get errors with this code: a foreign supergraph has codes of its own. */
  isCode(code: unknown): boolean;
  /** What has to hold besides before it is ready. */
  readonly readyChecks: ReadyChecks;
  readonly warningChecks?: ReadyChecks | undefined;
  /** Ends the calls that are under way. */
  close(): Promise<void>;
}

/**
 * Builds the hub.
 * @throws when the contracts do not compose, or cannot be spread over their partners without losing rows.
 */
export function createHub(source: HubSource, options: HubOptions): Promise<Hub> {
  return assembleHub(source, options, createOwnEngine);
}

/** Builds a hub over any engine: tests hold the hub’s own to its maker’s. */
export async function assembleHub(
  source: HubSource,
  options: HubOptions,
  createEngine: CreateEngine,
): Promise<Hub> {
  const {
    logger,
    authenticate = async () => anonymous,
    operationDeadlineMs = 15_000,
    isReadOnly = false,
    introspection,
    limits = 'network' in source ? defaultLimits : foreignLimits,
    rate,
    load,
    others = noOthers,
    checksPartners = true,
    planning = 'network' in source ? defaultPlanningLimits : foreignPlanningLimits,
  } = options;
  // A foreign supergraph’s arguments are nobody’s contract here.
  const limiter = createOperationLimiter(limits, { hasLongestTexts: 'network' in source });
  const clock = createLoopClock();
  const admission =
    load &&
    admitOperations(
      load,
      () => clock.readLag(),
      () => gate.releaseIdle(isIdle),
    );
  const gate = createOperationGate<HubContext>(({ operation }) =>
    admission?.admissionOf(operation),
  );
  const rateLimit = rate && createRateLimit(rate);
  const probes = rate && createRateLimit(rate);
  const sharing = rateLimit && shareRate(rateLimit, others);
  const refused = createRefusedServices({
    tell: (partner) => others.tell('refused', partner),
    wasLateSince: clock.wasLateSince,
  });
  const admit = rateLimit ? countRequests(authenticate, rateLimit, refused.note) : authenticate;
  const onWrite = (write: Write) => others.tell('write', write);
  const onMissed = (missed: Missed) => others.tell('missed', missed);
  const { supergraphSdl, ports, slices, healthCheck, takeMissed, findRefusal } =
    'network' in source
      ? routeNetwork({
          ...source,
          logger,
          sign: options.sign,
          onWrite,
          onMissed,
          clock,
          isRefusedSince: refused.isRefusedSince,
        })
      : routeSupergraph(source.supergraphSdl, { logger, onWrite, clock });
  const isSilent = (code: string) => ports.get(code)?.isSilent() ?? false;
  const isIdle = ({ operation }: HubContext) => operation.waitsOnlyFor(isSilent);
  others.listen('write', (body) => {
    const write = body as Write;
    ports.get(write.partner)?.forget(write);
  });
  others.listen('refused', (partner) => refused.take(String(partner)));
  others.listen('missed', (body) => takeMissed?.(body as Missed));
  const engine = createEngine({ supergraphSdl, slices, planning, logger });
  const { gateway } = engine;
  let schema = new GraphQLSchema({});
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const pipeline = new OperationPipeline<HubContext>({
    source: { gateway },
    logger,
    introspection,
    hooks: [
      limiter.hooks,
      createReservedNamesCheck(),
      ...(isReadOnly ? [refuseMutations()] : []),
      // Where the hub does not tell who asks, everybody is anonymous to it, and the partners decide.
      ...(options.authenticate ? [refuseUnlessWriter()] : []),
      gate.hooks,
      sayCompleteness(),
      refused.hooks,
      watchEnumeration(logger),
    ],
  });
  await pipeline.start();
  await engine.ready?.();
  if (checksPartners) await healthCheck?.start();
  await pipeline.run({ query: '{ __typename }' }, createFirstContext());
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    sharing?.[Symbol.dispose]();
    admission?.[Symbol.dispose]();
    clock[Symbol.dispose]();
    await healthCheck?.close();
    await pipeline.stop();
    await engine.close?.();
    await Promise.all([...ports.values()].map((port) => port.close()));
  };
  return {
    pipeline,
    supergraphSdl,
    get schema() {
      return schema;
    },
    limiter,
    async createContext({ requestId, signal, authorization, address, timeLeftMs, wantsFresh }) {
      const reader = await admit(authorization, address);
      const leftMs = (isService(reader) ? timeLeftMs : undefined) ?? operationDeadlineMs;
      const operation = new OperationRecord(
        requestId,
        signal,
        Date.now() + Math.min(leftMs, operationDeadlineMs),
        reader,
        wantsFresh,
        callerOf(reader, address),
        clock,
      );
      if (admission?.hasRoom(operation) === false) {
        await refused.note(reader);
        throw overloaded();
      }
      const charge = rateLimit && ((work: Work) => rateLimit.charge(reader, address, work));
      // All that it will ever hold, from the start: an object that grows is slow.
      return { requestId, reader, operation, charge, operationName: undefined, slot: undefined };
    },
    async countRefused({ authorization, address }, bytes) {
      let reader: Reader = anonymous;
      try {
        reader = await admit(authorization, address);
      } finally {
        rateLimit?.charge(reader, address, { bytes });
      }
    },
    countProbe: (address) => probes?.count(anonymous, address),
    isReady: () => isOpen,
    isCode: 'network' in source ? isErrorCode : (code) => typeof code === 'string',
    warningChecks: options.warningChecks,
    readyChecks: { ...options.readyChecks, ...(findRefusal && { partners: findRefusal }) },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Of the operation that a hub asks itself before it is ready: over a large graph the first took 0.2 s, and whoever came
 * first after a swap waited for it.
 */
function createFirstContext(): HubContext {
  const { signal } = new AbortController();
  const operation = new OperationRecord('first', signal, Infinity);
  return { requestId: 'first', reader: anonymous, operation };
}

/** The engine that plans, with an executor of ours. Its parts meet here. */
export const createOwnEngine: CreateEngine = ({ supergraphSdl, slices, planning, logger }) => {
  const sliceOf = new Map(slices.map((slice) => [slice.model.name, slice]));
  return createCompiledEngine({
    supergraphSdl,
    planning,
    thread: {
      file: join(packageFolder, 'dist', 'planning', 'planner-thread.js'),
      fieldsInPlace: planning.fieldsInPlace,
      restarts: createRestarts(),
      logger,
    },
    prepareFetch(subgraph, fetch, meter) {
      const slice = sliceOf.get(subgraph);
      if (!slice) throw new Error(`Nobody answers for the subgraph ${subgraph}.`);
      return prepareFetch(slice, fetch, meter);
    },
  });
};
