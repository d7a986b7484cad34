import { HubError, isErrorCode } from '@hub/shared/errors';
import {
  createOperationLimiter,
  OperationPipeline,
  type OperationHooks,
  type OperationLimiter,
} from '@hub/shared/graphql';
import { GraphQLSchema } from 'graphql';
import { createAdmission, createFirstContext, type Admission } from './admission.js';
import { readNeeds } from './engine/planning/check-fetches.js';
import { reportCompleteness } from './fan-out/completeness.js';
import { describeCallers } from './fan-out/describe-refusals.js';
import type { Write } from './fan-out/partners/cache/cached-port.js';
import type { ReadNeeds } from './fan-out/place-errors.js';
import { withDefaults, type HubOptions, type HubSettings, type HubSource } from './hub-options.js';
import type { Capability, Hub, HubContext, ServedPlugin } from './hub-plugin.js';
import { createOwnEngine, prepareOperation, type CreateEngine, type Engine } from './own-engine.js';
import { createLoopClock, type LoopClock } from './process/workers/loop-clock.js';
import type { Missed } from './registry/calls/missed-partners.js';
import { routeNetwork, routeSupergraph, type Routes } from './routes.js';
import {
  createRefusedServices,
  createReservedNamesCheck,
  refuseMutations,
  refuseUnlessWriter,
  type RefusedServices,
} from './server/security/may-write.js';
import { sessionHeader } from './server/security/sessions.js';
import { watchEnumeration } from './server/security/watch-enumeration.js';

export type { Hub } from './hub-plugin.js';
export type { CreateEngine } from './own-engine.js';

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
  const { logger, introspection, limits, planning, others, meter, plugins } = settings;
  const isForeign = !('network' in source);
  const clock = createLoopClock();
  const refused = createRefusedServices({
    notify: (partner) => others.notify('refused', partner),
    wasLateSince: clock.wasLateSince,
  });
  const routes = openRoutes(source, settings, clock, refused);
  const { supergraphSdl, subgraphs, ports, statusOf, findRefusal } = routes;
  const isSilent = (code: string) => ports.get(code)?.isSilent() ?? false;
  const admission = createAdmission({ ...settings, clock, refused, isSilent });
  listenToOthers(settings, routes, refused);
  // No contract limits the arguments of a foreign supergraph.
  const limiter = createOperationLimiter(limits, { hasLongestTexts: !isForeign });
  const engine = createEngine({
    supergraphSdl,
    subgraphs,
    planning,
    logger,
    onPlanned: meter?.planned,
  });
  const readSchema = followSchema(engine);
  const parts = { limiter, admission, refused };
  const hooks = listHooks(settings, parts, readNeeds(supergraphSdl));
  const pipeline = await startPipeline(settings, engine, routes, hooks);
  const ending = createEnding([admission, clock], pipeline, engine, routes);
  const { createContext, checkRate, countRefused, countProbe, readOperations } = admission;
  const hub: Hub = {
    plugins: bindPlugins(plugins, () => hub),
    pipeline,
    supergraphSdl,
    subgraphs,
    ports,
    ...(statusOf && { statusOf }),
    get schema() {
      return readSchema();
    },
    limiter,
    createContext,
    checkRate,
    countRefused,
    countProbe,
    readOperations,
    sessions: options.sessions,
    async check({ authorization, [sessionHeader]: session }) {
      await settings.authenticate(authorization);
      if (typeof session === 'string' && options.sessions?.isEnded(session))
        throw new HubError('UNAUTHENTICATED');
    },
    prepare: (operation) => prepareOperation(pipeline, engine, operation),
    async openPipeline(gateway) {
      const own = listHooks(settings, parts);
      const opened = new OperationPipeline({
        source: { gateway },
        logger,
        introspection,
        hooks: own,
      });
      await opened.start();
      return opened;
    },
    isReady: ending.isOpen,
    isCode: isForeign ? (code) => typeof code === 'string' : isErrorCode,
    warningChecks: Object.assign(
      {},
      ...plugins.map(({ warnings }) => warnings),
      options.warningChecks,
    ),
    readyChecks: { ...options.readyChecks, ...(findRefusal && { partners: findRefusal }) },
    close: ending.close,
    [Symbol.asyncDispose]: ending.close,
  };
  return hub;
}

/** Resolves when the first client need not wait for anything. */
async function startPipeline(
  { logger, introspection, checksPartners }: HubSettings,
  engine: Engine,
  { healthCheck }: Routes,
  hooks: OperationHooks<HubContext>[],
): Promise<OperationPipeline<HubContext>> {
  const source = { gateway: engine.gateway };
  const pipeline = new OperationPipeline<HubContext>({ source, logger, introspection, hooks });
  await pipeline.start();
  await engine.ready?.();
  if (checksPartners) await healthCheck?.start();
  await pipeline.run({ query: '{ __typename }' }, createFirstContext());
  return pipeline;
}

/** What plugins add to the server of a hub. */
export const bindPlugins = (
  plugins: readonly Capability[],
  hub: () => Hub,
): readonly ServedPlugin[] =>
  plugins.map((plugin) => ({
    ...plugin,
    serve: async (server) => plugin.serve?.(server, hub()),
  }));

/** Opens the partners, and notifies the other workers of what this one notices about them. */
function openRoutes(
  source: HubSource,
  {
    logger,
    sign,
    connect,
    others,
    readLongestAge,
    keysChangedAt,
    revokeAccess,
    onInvalid,
    lastGood: store,
    usage,
    meter,
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
    usage,
    logger,
    sign,
    connect,
    onWrite,
    onMissed,
    onHung,
    onInvalid,
    readLongestAge,
    clock,
    isRefusedSince,
    meter,
    ...(keysChangedAt && { keysChangedAt }),
    revokeAccess,
  });
}

/** Adds what the other workers noticed. */
function listenToOthers(
  { others }: HubSettings,
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
  { logger, isReadOnly, identifiesCallers, meter, hooks }: HubSettings,
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
    reportCompleteness(meter?.incomplete, needsOf),
    parts.refused.hooks,
    watchEnumeration(logger, meter?.enumerated),
    ...hooks,
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
