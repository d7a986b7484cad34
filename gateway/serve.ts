import { idleTimeoutMs } from '@hub/shared/http';
import { anonymous } from '@hub/shared/identity';
import { createLogger, type Logger } from '@hub/shared/telemetry';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from './config.js';
import { createExplorerPage } from './explorer/page.js';
import { readExportContent } from './exports/documents.js';
import { createExports } from './exports/exports.js';
import { createCalendarLinks } from './exports/links/calendar-links.js';
import { createLinkStore, type LinkStore } from './exports/links/link-store.js';
import type { ServedExports } from './http/register-exports.js';
import type { ServedLinks } from './http/register-links.js';
import { apolloSandboxOrigin, createHubServer } from './http/server.js';
import { createHub, type Hub } from './hub.js';
import { readContracts } from './registry/contracts.js';
import { createDisclosureHeads } from './registry/disclosure-heads.js';
import { readFirstQuery } from './registry/first-query.js';
import {
  createHubKeys,
  createKeyErrors,
  createNetworkKeys,
  createNetworkProviders,
} from './registry/network-keys.js';
import { packageFolder } from './registry/package-folder.js';
import { createRecordWatch, type RecordWatch } from './registry/record-watch.js';
import { createAuthenticate } from './security/authenticate.js';
import { createConcurrencyLimit } from './security/concurrency-limit.js';
import { createRateLimit } from './security/rate-limit.js';
import { createRequestSigner } from './security/sign-request.js';
import type { OtherWorkers } from './workers/other-workers.js';
import { connectPrimary, type Primary } from './workers/primary.js';

/** The longest time of an orderly shutdown. */
const endMs = 9_500;
/**
 * How a replaced worker ends. It finishes all operations, because they have a deadline. Clients are
 * told to open another connection with their next response. An idle client closes its connection
 * before the worker does, so that no request meets a closing connection.
 */
const retirement = { ms: 60_000, idleMs: idleTimeoutMs + 10_000 } as const;

function openHub(config: Config, logger: Logger, others: OtherWorkers): Promise<Hub> {
  const { network, supergraphFile = '' } = config;
  const { operationDeadlineMs, introspection, limits, rate, planning } = config;
  const options = {
    logger,
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
    others,
  };
  if (!network) return createHub({ supergraphSdl: readFileSync(supergraphFile, 'utf8') }, options);
  const keys = createNetworkKeys(config.dataDir, network);
  const ownKeys = createHubKeys(config.privateKeys);
  const faults = createKeyErrors(network, { ownKeys, partnerKeys: keys });
  return createHub(
    { network, contracts: readContracts(network) },
    {
      ...options,
      authenticate: createAuthenticate({ keys, providers: createNetworkProviders(network) }),
      sign: createRequestSigner({ ownKeys, partnerKeys: keys, findError: faults.findError }),
      readyChecks: { keys: faults.findReason },
      warningChecks: { keys: faults.findWarning },
    },
  );
}

/** Checks the partners’ records of disclosures. */
function openRecordWatch({ network, dataDir, privateKeys }: Config, logger: Logger): RecordWatch {
  const partners = network?.partners ?? [];
  const partnerKeys = createNetworkKeys(dataDir, { port: 0, partners });
  const sign = createRequestSigner({ ownKeys: createHubKeys(privateKeys), partnerKeys });
  const heads = createDisclosureHeads(dataDir);
  return createRecordWatch({ partners, heads, sign, logger });
}

/**
 * Places for exports of one caller, and of all: files that are made at a time, and files that wait
 * to be sent.
 */
const exportPlaces = {
  making: { perReader: 2, total: 20, forPeople: 5 },
  unsent: { perReader: 6, total: 60, forPeople: 20 },
} as const;

/** One worker’s part of the total. Connections are dealt to the workers in turn. */
const shareOf = (total: number, { workers }: Config): number => Math.ceil(total / workers);

function openExports(hub: Hub, config: Config, logger: Logger): ServedExports {
  const { network } = config;
  const openPlaces = ({
    perReader,
    total,
    forPeople,
  }: (typeof exportPlaces)['making' | 'unsent']) => {
    const own = shareOf(total, config);
    const kept = Math.min(shareOf(forPeople, config), own - 1);
    return createConcurrencyLimit({ perReader, total: own, forPeople: kept }).enter;
  };
  const content = network && readExportContent(join(packageFolder, 'exports', 'documents'));
  return createExports({
    hub,
    logger,
    content,
    enter: openPlaces(exportPlaces.making),
    hold: openPlaces(exportPlaces.unsent),
  });
}

/** How often one address may try keys of links: a second, and at once after a pause. */
const linkRate = { perSecond: 5, burst: 100 } as const;

const linksFile = 'calendar-links.sqlite';

/** Links to calendars, for the people of a network. A foreign supergraph has no visits. */
function openLinks(
  hub: Hub,
  exports: ServedExports,
  store: LinkStore,
  { network }: Config,
  logger: Logger,
): ServedLinks | undefined {
  if (!network) return undefined;
  const tries = createRateLimit(linkRate);
  return createCalendarLinks({
    hub,
    exports,
    store,
    logger,
    isMember: (organisation) => network.partners.some(({ code }) => code === organisation),
    countTry: (address) => tries.count(anonymous, address),
  });
}

async function response(config: Config, logger: Logger, primary: Primary): Promise<void> {
  const { limits } = config;
  const isWanted = await Promise.race([
    primary.begin.then(() => true),
    primary.end.then(() => false),
  ]);
  if (!isWanted) return;
  await using hub = await openHub(config, logger, primary.others);
  const startingDocument = config.network ? readFirstQuery() : '{ __typename }';
  const exports = openExports(hub, config, logger);
  await using store = createLinkStore(join(config.dataDir, linksFile));
  await using server = await createHubServer({
    hub,
    logger,
    exports,
    links: openLinks(hub, exports, store, config, logger),
    limits: {
      ...limits,
      connections: shareOf(limits.connections, config),
      connectionsPerAddress: shareOf(limits.connectionsPerAddress, config),
      waitingBytes: shareOf(limits.waitingBytes, config),
      waitingBytesPerClient: shareOf(limits.waitingBytesPerClient, config),
    },
    trustedProxies: config.trustedProxies,
    allowedOrigins: [...config.allowedOrigins, ...(config.sandbox ? [apolloSandboxOrigin] : [])],
    page: config.sandbox
      ? createExplorerPage({ title: 'Cooperation Hub', startingDocument })
      : undefined,
  });
  await using records = openRecordWatch(config, logger);
  const port = await primary.loaded();
  await primary.listening(await server.listen(port, config.host));
  if (config.network) records.start();
  const isRetiring = (await primary.end) === 'retire';
  const late = () => {
    logger.error('requests in flight did not end in time');
    process.exit(1);
  };
  setTimeout(late, isRetiring ? retirement.ms + 1_000 : endMs).unref();
  await server.close(isRetiring ? retirement : undefined);
}

/** The worker: serves requests until it is told to end. Returns the exit code. */
export async function serve(): Promise<number> {
  const primary = connectPrimary();
  try {
    const config = readConfig();
    const logger = createLogger('hub', config.logLevel).child({ pid: process.pid });
    await response(config, logger, primary);
    return 0;
  } catch (error) {
    await primary.failed(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
