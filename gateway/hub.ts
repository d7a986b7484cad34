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
import { reportCompleteness, type RecordedContext } from './routing/completeness.js';
import type { SubgraphPartners } from './routing/fetch.js';
import { OperationRecord } from './routing/operation-record.js';
import { prepareFetch } from './routing/subgraph-fetch.js';
import type { Authenticate } from './security/authenticate.js';
import { refuseMutations, refuseUnlessWriter } from './security/may-write.js';
import { admitOperations, callerOf } from './security/operation-slots.js';
import { countRequests, createRateLimit, type Rate } from './security/rate-limit.js';
import { createRefusedServices } from './security/refused-services.js';
import { createReservedNamesCheck } from './security/reserved-names.js';
import type { SignPartnerRequest } from './security/sign-request.js';
import { watchEnumeration } from './security/watch-enumeration.js';
import { createLoopClock } from './workers/loop-clock.js';
import { noOtherWorkers, type OtherWorkers } from './workers/other-workers.js';
import { createRestarts } from './workers/restarts.js';
import { synchroniseRate } from './workers/synchronise-rate.js';

/** Where the schema comes from: a network and its contracts, or a foreign supergraph. */
export type HubSource =
  | { readonly network: Network; readonly contracts: readonly Contract[] }
  | { readonly supergraphSdl: string };

export interface HubOptions {
  readonly logger: Logger;
  /** Identifies the caller. @default everybody is anonymous */
  readonly authenticate?: Authenticate;
  /** Signs requests to the network’s partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  /** For one operation, however many calls it needs, in milliseconds. @default 15000 */
  readonly operationDeadlineMs?: number;
  /** More checks of readiness. @default only the schema and the partners */
  readonly readyChecks?: ReadyChecks;
  /** Warnings for operators, whether the hub is ready or not. @default none */
  readonly warningChecks?: ReadyChecks;
  /** Rejects every mutation with `FORBIDDEN`. @default false */
  readonly isReadOnly?: boolean;
  /** Whether introspection is allowed. @default true */
  readonly introspection?: boolean;
  /**
   * How large one operation may be. @default `defaultLimits`, or `foreignLimits` for a supergraph
   */
  readonly limits?: OperationLimits;
  /** How many operations are executed at a time. @default any number */
  readonly load?: LoadLimits;
  /** How many requests one caller may send. @default any number */
  readonly rate?: Rate;
  /** The other processes of the same hub, which count requests together. @default there are none */
  readonly others?: OtherWorkers;
  /** Whether to check each partner’s health, at the start and every 15 seconds. @default true */
  readonly checksPartners?: boolean;
  /**
   * Limits of the search for the best plan. @default `defaultPlanningLimits`, or
   * `foreignPlanningLimits`
   */
  readonly planning?: PlanningLimits;
}

/** The engine that a hub uses. */
export interface Engine {
  readonly gateway: ApolloGateway;
  /**
   * Resolves when the first operation need not wait for anything. @default when the gateway has
   * loaded
   */
  ready?(): Promise<void>;
  /** Closes what the gateway does not close. */
  close?(): Promise<void>;
}

/** Makes the engine of a hub. */
export type CreateEngine = (parts: {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly SubgraphPartners[];
  readonly planning: PlanningLimits;
  readonly logger: Logger;
}) => Engine;

export interface HubContext extends RecordedContext {
  readonly requestId: string;
  readonly reader: Reader;
  readonly charge?: Charge | undefined;
}

/** What the hub knows about a request before it executes the operation. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client disconnects. */
  readonly signal: ClientSignal;
  readonly authorization?: string;
  /** The client’s address. @default this process, which has no rate limit */
  readonly address?: string;
  /** How long the client waits, in milliseconds. Only respected for partners’ own servers. */
  readonly timeLeftMs?: number | undefined;
  /** True if the client accepts no cached response. @default false */
  readonly wantsFresh?: boolean;
}

/** The hub without a port: it executes operations. */
export interface Hub extends AsyncDisposable {
  readonly pipeline: OperationPipeline<HubContext>;
  readonly supergraphSdl: string;
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  readonly limiter: OperationLimiter;
  /** @throws `UNAUTHENTICATED`, `RATE_LIMITED`, `OVERLOADED` */
  createContext(request: HubRequest): Promise<HubContext>;
  /**
   * Counts a request without a context, because its body was rejected.
   * @throws `UNAUTHENTICATED`, `RATE_LIMITED`
   */
  countRefused(
    request: Pick<HubRequest, 'authorization' | 'address'>,
    bytes: number,
  ): Promise<void>;
  /**
   * Counts a health request, separately from all other requests.
   * @throws `RATE_LIMITED`
   */
  countProbe(address: string): void;
  isReady(): boolean;
  /** Whether clients may get errors with this code. A foreign supergraph has its own codes. */
  isCode(code: unknown): boolean;
  /** More checks of readiness. */
  readonly readyChecks: ReadyChecks;
  readonly warningChecks?: ReadyChecks | undefined;
  /** Ends the calls in flight. */
  close(): Promise<void>;
}

/**
 * Builds the hub.
 * @throws if the contracts do not compose, or cannot be fanned out to their partners without losing
 * rows
 */
export function createHub(source: HubSource, options: HubOptions): Promise<Hub> {
  return assembleHub(source, options, createOwnEngine);
}

/** Builds a hub over any engine. Tests compare the hub’s own engine with its maker’s. */
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
    others = noOtherWorkers,
    checksPartners = true,
    planning = 'network' in source ? defaultPlanningLimits : foreignPlanningLimits,
  } = options;
  // No contract limits the arguments of a foreign supergraph.
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
  const sharing = rateLimit && synchroniseRate(rateLimit, others);
  const refused = createRefusedServices({
    notify: (partner) => others.notify('refused', partner),
    wasLateSince: clock.wasLateSince,
  });
  const admit = rateLimit ? countRequests(authenticate, rateLimit, refused.note) : authenticate;
  const onWrite = (write: Write) => others.notify('write', write);
  const onMissed = (missed: Missed) => others.notify('missed', missed);
  const { supergraphSdl, ports, subgraphs, healthCheck, addMissed, findRefusal } =
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
    ports.get(write.partner)?.invalidate(write);
  });
  others.listen('refused', (partner) => refused.add(String(partner)));
  others.listen('missed', (body) => addMissed?.(body as Missed));
  const engine = createEngine({ supergraphSdl, subgraphs, planning, logger });
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
      // If the hub does not identify callers, all are anonymous to it, and the partners decide.
      ...(options.authenticate ? [refuseUnlessWriter()] : []),
      gate.hooks,
      reportCompleteness(),
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
      // With all properties from the start, because adding properties later is slow.
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
 * For the first operation, which the hub executes before it is ready. Over a large graph this takes
 * 0.2 s, which otherwise the first client after a restart would wait for.
 */
function createFirstContext(): HubContext {
  const { signal } = new AbortController();
  const operation = new OperationRecord('first', signal, Infinity);
  return { requestId: 'first', reader: anonymous, operation };
}

/** The engine for plans, with our executor. Their parts meet here. */
export const createOwnEngine: CreateEngine = ({ supergraphSdl, subgraphs, planning, logger }) => {
  const partnersOf = new Map(subgraphs.map((partners) => [partners.model.name, partners]));
  return createCompiledEngine({
    supergraphSdl,
    planning,
    logger,
    thread: {
      file: join(packageFolder, 'dist', 'planning', 'planner-thread.js'),
      fieldsInPlace: planning.fieldsInPlace,
      restarts: createRestarts(),
      logger,
    },
    prepareFetch(subgraph, fetch, meter) {
      const partners = partnersOf.get(subgraph);
      if (!partners) throw new Error(`No partner serves the subgraph ${subgraph}.`);
      return prepareFetch(partners, fetch, meter);
    },
  });
};
