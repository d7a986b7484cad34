import { isErrorCode } from '@hub/shared/errors';
import type { OperationHooks, OperationPipeline } from '@hub/shared/graphql';
import type { ReadyChecks } from '@hub/shared/http';
import { createOperationLimiter, type OperationLimiter } from '@hub/shared/limits';
import { GraphQLSchema } from 'graphql';
import { createAdmission, type Admission, type HubContext } from './admission.js';
import { keepEvidence } from './evidence/keep-evidence.js';
import { withDefaults, type HubOptions, type HubSettings, type HubSource } from './hub-options.js';
import type { ChangeNotices } from './notices/change-notices.js';
import { openNotices } from './open-notices.js';
import { openSubgraphs, startPipeline } from './open-pipelines.js';
import { createOwnEngine, prepareOperation, type CreateEngine, type Engine } from './own-engine.js';
import type { Write } from './partners/cache/cached-port.js';
import { readNeeds } from './planning/check-fetches.js';
import type { Missed } from './registry/calls/missed-partners.js';
import { routeNetwork, routeSupergraph, type Routes } from './routes.js';
import { reportCompleteness } from './routing/completeness.js';
import { describeCallers } from './routing/describe-refusals.js';
import { endSpan } from './routing/end-span.js';
import type { ReadNeeds } from './routing/place-errors.js';
import { refuseMutations, refuseUnlessWriter } from './security/may-write.js';
import { createRefusedServices, type RefusedServices } from './security/refused-services.js';
import { createReservedNamesCheck } from './security/reserved-names.js';
import { watchEnumeration } from './security/watch-enumeration.js';
import type { KnownOperation } from './usage/warm-plans.js';
import { createLoopClock, type LoopClock } from './workers/loop-clock.js';

export type { CreateEngine } from './own-engine.js';

type Requests = Pick<Admission, 'createContext' | 'checkRate' | 'countRefused' | 'countProbe'>;

/** The hub without a port: it executes operations. */
export interface Hub extends Requests, AsyncDisposable {
  readonly pipeline: OperationPipeline<HubContext>;
  /** For other engines: run requests over the schema of one subgraph, by their paths. */
  readonly subgraphs: ReadonlyMap<string, OperationPipeline<HubContext>>;
  readonly supergraphSdl: string;
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  readonly limiter: OperationLimiter;
  /** Notices of changes. Undefined for a foreign supergraph, or if they are turned off. */
  readonly notices: ChangeNotices | undefined;
  /** Throws if a caller may not go on: its token has expired. Nothing is counted. */
  check(authorization: string | undefined): Promise<void>;
  /** Plans an operation before a client sends it. @throws if it cannot be planned */
  prepare(operation: KnownOperation): Promise<void>;
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

/** Builds a hub over any engine. Tests compare the hub’s own engine with Apollo’s. */
export async function assembleHub(
  source: HubSource,
  options: HubOptions,
  createEngine: CreateEngine,
): Promise<Hub> {
  const settings = withDefaults(source, options);
  const { logger, limits, planning, others, metrics } = settings;
  const isForeign = !('network' in source);
  const clock = createLoopClock();
  const refused = createRefusedServices({
    notify: (partner) => others.notify('refused', partner),
    wasLateSince: clock.wasLateSince,
  });
  const routes = openRoutes(source, settings, clock, refused);
  const { supergraphSdl, subgraphs, ports, findRefusal } = routes;
  const isSilent = (code: string) => ports.get(code)?.isSilent() ?? false;
  const admission = createAdmission({ ...settings, clock, refused, isSilent });
  listenToOthers(settings, routes, refused);
  const notices = isForeign ? undefined : openNotices(source.network, settings, routes);
  metrics?.watch(watchLoad(routes, admission, notices));
  // No contract limits the arguments of a foreign supergraph.
  const limiter = createOperationLimiter(limits, { hasLongestTexts: !isForeign });
  const engine = createEngine({
    supergraphSdl,
    subgraphs,
    planning,
    logger,
    onPlanned: metrics?.planned,
  });
  const readSchema = followSchema(engine);
  const parts = { limiter, admission, refused };
  const hooks = listHooks(settings, parts, readNeeds(supergraphSdl));
  const pipeline = await startPipeline(settings, engine, routes, hooks);
  const opened = settings.servesSubgraphs
    ? await openSubgraphs(settings, routes, listHooks(settings, parts))
    : [];
  const streams = { [Symbol.dispose]: () => notices?.close() };
  const ending = createEnding([admission, clock, streams], pipeline, engine, routes);
  return {
    pipeline,
    subgraphs: new Map(opened),
    supergraphSdl,
    get schema() {
      return readSchema();
    },
    limiter,
    createContext: admission.createContext,
    checkRate: admission.checkRate,
    countRefused: admission.countRefused,
    countProbe: admission.countProbe,
    notices,
    async check(authorization) {
      await settings.authenticate(authorization);
    },
    prepare: (operation) => prepareOperation(pipeline, engine, operation),
    isReady: ending.isOpen,
    isCode: isForeign ? (code) => typeof code === 'string' : isErrorCode,
    warningChecks: options.warningChecks,
    readyChecks: { ...options.readyChecks, ...(findRefusal && { partners: findRefusal }) },
    close: ending.close,
    [Symbol.asyncDispose]: ending.close,
  };
}

/** Opens the partners, and notifies the other workers of what this one notices about them. */
function openRoutes(
  source: HubSource,
  {
    logger,
    sign,
    connect,
    others,
    sharedState,
    keysChangedAt,
    revokeAccess,
    onInvalid,
    lastGood: store,
    usage,
    metrics: meter,
    forwarding,
  }: HubSettings,
  clock: LoopClock,
  { isRefusedSince }: RefusedServices,
): Routes {
  const onWrite = (write: Write) => others.notify('write', write);
  if (!('network' in source))
    return routeSupergraph(source.supergraphSdl, {
      logger,
      connect,
      onWrite,
      clock,
      meter,
      forwarding,
    });
  const onMissed = (missed: Missed) => others.notify('missed', missed);
  const onHung = (partner: string) => void others.notify('hung', partner);
  const lastGood = (code: string) => {
    const { lastGoodFor = source.published?.lastGoodFor } = source;
    if (!store || !lastGoodFor) return undefined;
    return {
      store,
      get seconds() {
        return lastGoodFor.get(code) ?? 0;
      },
    };
  };
  return routeNetwork({
    ...source,
    lastGood,
    usage: usage?.store,
    logger,
    sign,
    connect,
    onWrite,
    onMissed,
    onHung,
    onInvalid,
    readLongestAge: sharedState?.readLongestAge,
    clock,
    isRefusedSince,
    meter,
    ...(keysChangedAt && { keysChangedAt }),
    revokeAccess,
  });
}

/** What the metrics read of queues and partners. */
function watchLoad(
  { ports, statusOf }: Routes,
  { readLoad }: Admission,
  notices: Pick<ChangeNotices, 'isFedBy'> | undefined,
) {
  return {
    readOperations: () => readLoad?.() ?? {},
    readPartners: () =>
      [...ports].map(([code, port]) => ({
        code,
        calls: port.readLoad(),
        status: statusOf?.(code),
        feedsChanges: notices?.isFedBy(code),
      })),
  };
}

/** Adds what the other workers noticed. */
function listenToOthers(
  { others, sharedState }: HubSettings,
  { ports, addMissed }: Routes,
  refused: RefusedServices,
): void {
  others.listen('write', (body) => {
    const write = body as Write;
    ports.get(write.partner)?.invalidate(write);
  });
  others.listen('refused', (partner) => refused.add(String(partner)));
  others.listen('hung', (partner) => ports.get(String(partner))?.believeHung());
  others.listen('missed', (body) => addMissed?.(body as Missed));
  sharedState?.listen(() => ports.forEach((port) => port.invalidate()));
}

/** Returns the engine’s current schema for clients. */
function followSchema({ gateway }: Engine): () => GraphQLSchema {
  let schema = new GraphQLSchema({});
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  return () => schema;
}

/** What happens to each operation besides its execution, in this order. */
function listHooks(
  { logger, isReadOnly, identifiesCallers, evidence, usage, metrics, tracing }: HubSettings,
  parts: {
    readonly limiter: OperationLimiter;
    readonly admission: Admission;
    readonly refused: RefusedServices;
  },
  needsOf?: ReadNeeds,
): OperationHooks<HubContext>[] {
  return [
    parts.limiter.hooks,
    createReservedNamesCheck(),
    ...(isReadOnly ? [refuseMutations()] : []),
    ...(identifiesCallers ? [refuseUnlessWriter(describeCallers)] : []),
    parts.admission.hooks,
    reportCompleteness(metrics?.incomplete, needsOf),
    parts.refused.hooks,
    ...(evidence ? [keepEvidence(evidence, logger)] : []),
    ...(tracing ? [endSpan()] : []),
    watchEnumeration(logger, metrics?.enumerated),
    ...(usage ? [usage.hooks] : []),
  ];
}

/** Closes everything, once. */
function createEnding(
  timers: readonly Disposable[],
  pipeline: OperationPipeline<HubContext>,
  engine: Engine,
  { ports, healthCheck }: Routes,
) {
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    for (const timer of timers) timer[Symbol.dispose]();
    await healthCheck?.close();
    await pipeline.stop();
    await engine.close?.();
    await Promise.all([...ports.values()].map((port) => port.close()));
  };
  return { isOpen: () => isOpen, close };
}
