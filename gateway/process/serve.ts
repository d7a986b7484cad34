import { logKeyProblems } from '@hub/shared/identity';
import { idleTimeoutMs, openTls, type Tls } from '@hub/shared/server';
import { createLogger, silentLogger, type Logger } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { readConfig } from '../config.js';
import {
  createLastGoodStore,
  type LastGoodStore,
} from '../fan-out/partners/last-good/last-good-store.js';
import type { HubOptions } from '../hub-options.js';
import type { Capability } from '../hub-plugin.js';
import { createHub, type Hub } from '../hub.js';
import { plugins } from '../plugins/list.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { createDiskCheck } from '../registry/files/hub-disk.js';
import {
  createHubKeys,
  createKeyDates,
  createKeyErrors,
  createNetworkKeys,
  createNetworkProviders,
  publicKeysOf,
} from '../registry/network-keys.js';
import type { PublishedFacts } from '../registry/publications/published-facts.js';
import {
  createAuthenticate,
  openRevocations,
  revocationsFile,
  type Revocations,
} from '../server/security/authenticate.js';
import { createSessions } from '../server/security/sessions.js';
import { createRequestSigner } from '../server/security/sign-request.js';
import { createHubServer } from '../server/server.js';
import type { HubConfig } from '../server/settings/hub-config.js';
import {
  createSpoiltCheck,
  listSources,
  measureGraph,
  openPublishedFacts,
  refreshInvalid,
  type ListedSource,
} from './open-registry.js';
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

/** What a hub of a network gets beside its settings. */
interface Shared {
  readonly plugins: readonly Capability[];
  readonly primary: Primary;
  readonly published: PublishedFacts | undefined;
  readonly lastGood: LastGoodStore;
  readonly tls: Tls;
  readonly revocations: Revocations;
}

async function openHub(
  config: HubConfig,
  logger: Logger,
  { plugins, primary, published, lastGood, tls, revocations }: Shared,
): Promise<{ readonly hub: Hub; readonly isNewest: boolean }> {
  const { network, supergraphFile = '', limits } = config;
  const { operationDeadlineMs, introspection, rate, planning, forwarding } = config;
  const { warningChecks, connect } = tls;
  const options = {
    logger,
    plugins,
    operationDeadlineMs,
    introspection,
    limits,
    load: {
      operations: shareOf(limits.operations, config),
      operationsPerClient: shareOf(limits.operationsPerClient, config),
      operationsPerOrganisation: shareOf(limits.operationsPerOrganisation, config),
      waitMs: limits.waitMs,
    },
    rate,
    planning,
    forwarding,
    others: primary.others,
    connect,
    warningChecks,
  };
  if (!network) {
    const supergraphSdl = readFileSync(supergraphFile, 'utf8');
    return { hub: await createHub({ supergraphSdl }, options), isNewest: true };
  }
  const keys = createNetworkKeys(config.dataDir, network);
  const ownKeys = createHubKeys(config.privateKeys);
  const keyErrors = createKeyErrors(network, { ownKeys, partnerKeys: keys });
  const partnerFiles = network.partners.map((partner) => publicKeysOf(config.dataDir, partner));
  const files = [config.privateKeys, ...partnerFiles];
  const findReason = logKeyProblems(keyErrors.findReason, { files, logger });
  // They are logged even if nobody requests the readiness.
  findReason().catch(() => undefined);
  const authenticate = createAuthenticate({
    keys,
    providers: createNetworkProviders(network),
    isRevoked: revocations.isRevoked,
  });
  const networkOptions = {
    ...options,
    lastGood,
    ...(published && { onInvalid: refreshInvalid(primary) }),
    authenticate,
    sessions: createSessions({ ownKeys, authenticate, revocations }),
    revokeAccess: revocations.revoke,
    sign: createRequestSigner({ ownKeys, partnerKeys: keys, findError: keyErrors.findError }),
    readyChecks: { keys: findReason },
    warningChecks: {
      ...warningChecks,
      registry: createSpoiltCheck(config, logger),
      disk: createDiskCheck(config.dataDir, silentLogger),
      keys: logKeyProblems(keyErrors.findWarning, { files: partnerFiles, logger, level: 'warn' }),
    },
    keysChangedAt: createKeyDates(ownKeys, keys),
  };
  return openFirst(listSources({ ...config, network }, published, logger), networkOptions);
}

/** Opens a hub over the first of several graphs that can be loaded, and warns if it is not the newest. */
async function openFirst(
  sources: AsyncIterable<ListedSource>,
  options: HubOptions,
): Promise<{ readonly hub: Hub; readonly isNewest: boolean }> {
  let failure: Error | undefined;
  for await (const { source, warning: given } of sources) {
    const warning =
      given ??
      (failure && 'GRAPH_NOT_LOADED: the newest graph cannot be loaded. The log has the reason.');
    const warningChecks = { ...options.warningChecks, graph: () => warning };
    try {
      const hub = await createHub(source, { ...options, warningChecks });
      return { hub, isNewest: warning === undefined };
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      options.logger.error({ reason: failure.message }, 'a graph cannot be loaded');
    }
  }
  throw failure ?? new Error('There is nothing to serve.');
}

/** Runs one worker, from the order of its primary to its orderly end. */
async function runWorker(config: HubConfig, logger: Logger, primary: Primary): Promise<void> {
  const { limits, network, dataDir } = config;
  const { others, counts, refresh } = primary;
  const isWanted = await Promise.race([
    primary.begin.then(() => true),
    primary.end.then(() => false),
  ]);
  if (!isWanted) return;
  using tls = openTls(config.certificateFiles, logger);
  const published = network && openPublishedFacts({ ...config, network }, logger);
  if (published) others.listen('published', published.read);
  await using lastGood = createLastGoodStore({
    path: join(dataDir, 'last-good.sqlite'),
    onError: (reason) => logger.error({ reason }, 'last good facts cannot be kept'),
  });
  const metrics = new Registry();
  const worker = { config, logger, others, tls, metrics, counts, refresh };
  await using opened = await openPlugins(plugins, worker);
  using revocations = await openRevocations({
    path: join(dataDir, revocationsFile),
    others,
    logger,
    onRevoked: async (person) => {
      for (const { forget } of opened.opened) await forget?.(person);
    },
  });
  const shared = { plugins: opened.opened, primary, published, lastGood, tls, revocations };
  const { hub, isNewest } = await openHub(config, logger, shared);
  await using _ = hub;
  measureGraph(metrics, isNewest);
  await using server = await createHubServer({
    hub,
    logger,
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
    allowedOrigins: config.allowedOrigins,
  });
  const port = await primary.loaded();
  // Nobody told this worker what changed until now.
  published?.read();
  await server.join();
  await primary.listening(await server.listen(port, config.host));
  const isRetiring = (await primary.end) === 'retire';
  const late = () => {
    logger.error('requests in flight did not end in time');
    process.exit(1);
  };
  setTimeout(late, isRetiring ? retirement.ms + 1_000 : endMs).unref();
  await server.close(isRetiring ? { ...retirement, hurry: primary.hurry } : undefined);
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
