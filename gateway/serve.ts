import { idleTimeoutMs } from '@hub/shared/http';
import { logKeyProblems } from '@hub/shared/identity';
import { createLogger, silentLogger, type Logger } from '@hub/shared/telemetry';
import { openTls, type Tls } from '@hub/shared/tls';
import { openTracing, type Tracing } from '@hub/shared/tracing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from './config.js';
import { openEvidence } from './evidence/open-evidence.js';
import { createLinkStore } from './exports/links/link-store.js';
import { apolloSandboxOrigin, createHubServer } from './http/server.js';
import type { HubOptions } from './hub-options.js';
import { createHub, type Hub } from './hub.js';
import { createHubMetrics, writeMetrics, type HubMetrics } from './metrics/hub-metrics.js';
import { linksFile, openExports, openLinks } from './open-exports.js';
import { openMcp } from './open-mcp.js';
import { openPages } from './open-pages.js';
import {
  createSpoiltCheck,
  listSources,
  openChanges,
  openHeads,
  openPublishedFacts,
  openRecordWatch,
  openRefresh,
  openWatchedTrust,
  refreshInvalid,
  type ListedSource,
} from './open-registry.js';
import { openTrustedDocuments, readApplications } from './open-trusted-documents.js';
import { createEngineCheck } from './other-engines/engine-key.js';
import { createLastGoodStore, type LastGoodStore } from './partners/last-good/last-good-store.js';
import type { PublishedFacts } from './publications/published-facts.js';
import { createDiskCheck, createHubDisk } from './registry-files/hub-disk.js';
import { readFirstQuery } from './registry/first-query.js';
import {
  createHubKeys,
  createKeyDates,
  createKeyErrors,
  createNetworkKeys,
  createNetworkProviders,
  publicKeysOf,
} from './registry/network-keys.js';
import { createSandboxPage } from './sandbox/page.js';
import { createAuthenticate } from './security/authenticate.js';
import { readCursorKey } from './security/derived-keys.js';
import { openRevocations, revocationsFile, type Revocations } from './security/revocations.js';
import { createRequestSigner } from './security/sign-request.js';
import { followSharedState, type SharedState } from './shared-state/shared-state.js';
import { UsageCounter } from './usage/count-usage.js';
import { createUsageStore, usageFile } from './usage/usage-store.js';
import { warmPlans } from './usage/warm-plans.js';
import type { OtherWorkers } from './workers/other-workers.js';
import { connectPrimary, type Primary } from './workers/primary.js';
import { shareOf } from './workers/share-of.js';

/** The longest time of an orderly shutdown. */
const endMs = 9_500;
/**
 * How a replaced worker ends. It finishes all operations, because they have a deadline. Clients are
 * told to open another connection with their next response. An idle client closes its connection
 * before the worker does, so that no request meets a closing connection.
 */
const retirement = { ms: 60_000, idleMs: idleTimeoutMs + 10_000 } as const;

/** Counts what clients use of the graph, in a file that all workers share. */
function openUsage({ usage, dataDir }: Config, logger: Logger): UsageCounter | undefined {
  if (!usage) return undefined;
  return new UsageCounter({ store: createUsageStore(join(dataDir, usageFile)), logger });
}

/** What a hub of a network gets beside its settings. */
interface Shared {
  readonly others: OtherWorkers;
  readonly published: PublishedFacts | undefined;
  readonly lastGood: LastGoodStore;
  readonly usage: UsageCounter | undefined;
  readonly metrics: HubMetrics | undefined;
  readonly tracing: Tracing | undefined;
  readonly tls: Tls;
  readonly sharedState: SharedState | undefined;
  readonly onInvalid: (partner: string) => void;
  readonly revocations: Revocations;
}

async function openHub(
  config: Config,
  logger: Logger,
  { others, published, lastGood, usage, metrics, tracing, tls, sharedState, ...shared }: Shared,
): Promise<Hub> {
  const { network, supergraphFile = '' } = config;
  const { operationDeadlineMs, introspection, limits, rate, planning, engineKey } = config;
  const options = {
    logger,
    operationDeadlineMs,
    introspection,
    servesSubgraphs: engineKey !== undefined,
    limits,
    load: {
      operations: shareOf(limits.operations, config),
      operationsPerClient: shareOf(limits.operationsPerClient, config),
      operationsPerOrganisation: shareOf(limits.operationsPerOrganisation, config),
      waitMs: limits.waitMs,
    },
    rate,
    planning,
    forwarding: config.forwarding,
    others,
    metrics,
    tracing,
    connect: tls.connect,
    sharedState,
    warningChecks: {
      ...tls.warningChecks,
      ...(sharedState && { sharedState: sharedState.findWarning }),
    },
  };
  if (!network) return createHub({ supergraphSdl: readFileSync(supergraphFile, 'utf8') }, options);
  const keys = createNetworkKeys(config.dataDir, network);
  const ownKeys = createHubKeys(config.privateKeys);
  const keyErrors = createKeyErrors(network, { ownKeys, partnerKeys: keys });
  const partnerFiles = network.partners.map((partner) => publicKeysOf(config.dataDir, partner));
  const files = [config.privateKeys, ...partnerFiles];
  const findReason = logKeyProblems(keyErrors.findReason, { files, logger });
  // They are logged even if nobody requests the readiness.
  findReason().catch(() => undefined);
  const networkOptions = {
    ...options,
    lastGood,
    ...(published && { onInvalid: shared.onInvalid }),
    evidence: openEvidence(config.dataDir, logger),
    ...(usage && { usage }),
    authenticate: createAuthenticate({
      keys,
      providers: createNetworkProviders(network),
      isRevoked: shared.revocations.isRevoked,
    }),
    revokeAccess: shared.revocations.revoke,
    sign: createRequestSigner({ ownKeys, partnerKeys: keys, findError: keyErrors.findError }),
    readyChecks: { keys: findReason },
    warningChecks: {
      ...options.warningChecks,
      registry: createSpoiltCheck(config, logger),
      disk: createDiskCheck(config.dataDir, silentLogger),
      keys: logKeyProblems(keyErrors.findWarning, { files: partnerFiles, logger, level: 'warn' }),
    },
    keysChangedAt: createKeyDates(ownKeys, keys),
    changes: {
      ...config.changes,
      total: shareOf(config.changes.total, config),
      cursorKey: await readCursorKey(ownKeys),
    },
  };
  return openFirst(listSources({ ...config, network }, published, logger), networkOptions);
}

/** Opens a hub over the first of several graphs that can be loaded, and warns if it is not the newest. */
async function openFirst(
  sources: AsyncIterable<ListedSource>,
  { metrics, ...options }: HubOptions,
): Promise<Hub> {
  let failure: Error | undefined;
  for await (const { source, warning: given } of sources) {
    const warning =
      given ??
      (failure && 'GRAPH_NOT_LOADED: the newest graph cannot be loaded. The log has the reason.');
    const warningChecks = { ...options.warningChecks, graph: () => warning };
    try {
      const hub = await createHub(source, { ...options, metrics, warningChecks });
      metrics?.graphNotLoaded(warning !== undefined);
      return hub;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      options.logger.error({ reason: failure.message }, 'a graph cannot be loaded');
    }
  }
  throw failure ?? new Error('There is nothing to serve.');
}

/** Runs one worker, from the order of its primary to its orderly end. */
async function runWorker(config: Config, logger: Logger, primary: Primary): Promise<void> {
  const { limits, network } = config;
  const isWanted = await Promise.race([
    primary.begin.then(() => true),
    primary.end.then(() => false),
  ]);
  if (!isWanted) return;
  using tls = openTls(config.certificateFiles, logger);
  const metrics =
    config.metricsReaders.length > 0
      ? createHubMetrics(
          tls.certificates,
          createHubDisk(config.dataDir),
          network && openWatchedTrust({ ...config, network }),
        )
      : undefined;
  if (metrics) primary.counts.provide(metrics.readCounts);
  await using usage = openUsage(config, logger);
  await using tracing = await openTracing({ endpoint: config.tracesEndpoint, service: 'hub' });
  const published = network && openPublishedFacts({ ...config, network }, logger);
  if (published) primary.others.listen('published', published.read);
  await using lastGood = createLastGoodStore({
    path: join(config.dataDir, 'last-good.sqlite'),
    onError: (reason) => logger.error({ reason }, 'last good facts cannot be kept'),
  });
  const { others } = primary;
  await using store = createLinkStore(join(config.dataDir, linksFile));
  using revocations = await openRevocations({
    path: join(config.dataDir, revocationsFile),
    others,
    logger,
    onRevoked: store.revokeAll,
  });
  const shared = {
    others,
    published,
    lastGood,
    usage,
    metrics,
    tracing,
    tls,
    sharedState: config.sharedState && followSharedState(others),
    onInvalid: refreshInvalid(primary),
    revocations,
  };
  await using hub = await openHub(config, logger, shared);
  const exports = openExports(hub, config, { logger, metrics });
  await using server = await createHubServer({
    hub,
    logger,
    exports,
    isEngineKey: config.engineKey === undefined ? undefined : createEngineCheck(config.engineKey),
    links: openLinks(hub, exports, store, config, logger),
    refresh: published && network ? openRefresh({ ...config, network }, primary) : undefined,
    heads:
      published && network
        ? openHeads({ ...config, network }, logger, metrics?.headRefused)
        : undefined,
    changes: network && openChanges({ ...config, network }),
    resolveDocument: openTrustedDocuments(config, logger),
    authorizationServers: network?.partners.flatMap(({ issuer }) => issuer ?? []),
    mcp:
      network && config.mcp
        ? await openMcp(hub, { ...config, network, meter: metrics?.operations }, logger)
        : undefined,
    pages: network && config.pages ? openPages(hub, { ...config, network }, logger) : undefined,
    limits: {
      ...limits,
      connections: shareOf(limits.connections, config),
      connectionsPerAddress: shareOf(limits.connectionsPerAddress, config),
      waitingBytes: shareOf(limits.waitingBytes, config),
      waitingBytesPerClient: shareOf(limits.waitingBytesPerClient, config),
    },
    trustedProxies: config.trustedProxies,
    compresses: config.compresses,
    tls: tls.served,
    metrics: metrics && {
      readers: config.metricsReaders,
      operations: metrics.operations,
      read: async () => writeMetrics(await primary.counts.collect()),
    },
    allowedOrigins: [...config.allowedOrigins, ...(config.sandbox ? [apolloSandboxOrigin] : [])],
    page: config.sandbox
      ? createSandboxPage({
          title: 'Cooperation Hub',
          startingDocument: network ? readFirstQuery() : '{ __typename }',
        })
      : undefined,
  });
  await using records = openRecordWatch(config, tls, logger);
  const port = await primary.loaded();
  // Nobody told this worker what changed until now.
  published?.read();
  await hub.notices?.join();
  if (usage) await warmPlans(hub, { usage, trusted: readApplications(config), others, logger });
  await primary.listening(await server.listen(port, config.host));
  if (network) records.start();
  const isRetiring = (await primary.end) === 'retire';
  const late = () => {
    logger.error('requests in flight did not end in time');
    process.exit(1);
  };
  setTimeout(late, isRetiring ? retirement.ms + 1_000 : endMs).unref();
  await server.close(isRetiring ? { ...retirement, hurry: primary.hurry } : undefined);
  if (metrics) await primary.counts.tellLast();
}

/** The worker: serves requests until its primary ends it. Returns the exit code. */
export async function serve(): Promise<number> {
  const primary = connectPrimary();
  try {
    const config = readConfig();
    const logger = createLogger('hub', config.logLevel).child({ pid: process.pid });
    await runWorker(config, logger, primary);
    return 0;
  } catch (error) {
    await primary.failed(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
