import { ConfigError } from '@hub/shared/config';
import { createLogger, type Logger } from '@hub/shared/telemetry';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, UsageError, type Config } from './config.js';
import { createExplorerPage } from './explorer/page.js';
import { readExportContent } from './exports/documents.js';
import { createExports } from './exports/exports.js';
import type { ServedExports } from './http/register-exports.js';
import { apolloSandboxOrigin, createHubServer } from './http/server.js';
import { createHub, type Hub } from './hub.js';
import { readContracts } from './registry/contracts.js';
import { readFirstQuery } from './registry/first-query.js';
import {
  createHubKeys,
  createNetworkKeys,
  createNetworkProviders,
} from './registry/network-keys.js';
import { packageFolder } from './registry/package-folder.js';
import { createAuthenticate } from './security/authenticate.js';
import { createConcurrencyLimit } from './security/concurrency-limit.js';
import { createRequestSigner } from './security/sign-request.js';

/** How long the whole of an orderly end may take. */
const endMs = 9_500;

function openHub(config: Config, logger: Logger): Promise<Hub> {
  const { network, supergraphFile = '' } = config;
  const { operationDeadlineMs, introspection, limits, rate, planning } = config;
  const options = { logger, operationDeadlineMs, introspection, limits, rate, planning };
  if (!network) return createHub({ supergraphSdl: readFileSync(supergraphFile, 'utf8') }, options);
  const keys = createNetworkKeys(config.dataDir, network);
  return createHub(
    { network, contracts: readContracts(network) },
    {
      ...options,
      authenticate: createAuthenticate({ keys, providers: createNetworkProviders(network) }),
      sign: createRequestSigner({ ownKeys: createHubKeys(config.privateKeys), partnerKeys: keys }),
    },
  );
}

/** Exports of one reader, and of all, that may be under way at a time. */
const exportsAtOnce = { perReader: 2, total: 20 } as const;

function openExports(hub: Hub, { network }: Config, logger: Logger): ServedExports {
  const content = network && readExportContent(join(packageFolder, 'exports', 'documents'));
  return createExports({
    hub,
    logger,
    content,
    enter: createConcurrencyLimit(exportsAtOnce).enter,
  });
}

/** Resolves when this process is told to stop, or when the one that started it is gone. */
function toldToStop(): Promise<string> {
  return new Promise((resolve) => {
    // Not `once`: a terminal’s Ctrl-C may reach a process twice, and the second would cut what is under way.
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
      process.on(signal, () => resolve(signal));
    }
  });
}

/** Tells the process that started this one, if there is one. */
function tell(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) return resolve();
    process.send(message, () => resolve());
  });
}

/** A process that starts the hub together with partners says when those are ready. */
function toldToBegin(): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) return resolve();
    process.once('message', () => resolve());
  });
}

async function serve(config: Config, logger: Logger): Promise<void> {
  const stop = toldToStop();
  const isWanted = await Promise.race([toldToBegin().then(() => true), stop.then(() => false)]);
  if (!isWanted) return;
  await using hub = await openHub(config, logger);
  const startingDocument = config.network ? readFirstQuery() : '{ __typename }';
  await using server = await createHubServer({
    hub,
    logger,
    exports: openExports(hub, config, logger),
    limits: config.limits,
    trustedProxies: config.trustedProxies,
    allowedOrigins: [...config.allowedOrigins, ...(config.sandbox ? [apolloSandboxOrigin] : [])],
    page: config.sandbox
      ? createExplorerPage({ title: 'Cooperation Hub', startingDocument })
      : undefined,
  });
  const url = await server.listen(config.port, config.host);
  logger.info({ url }, 'ready');
  await tell({ ready: 'hub', url });
  logger.info({ signal: await stop }, 'draining');
  setTimeout(() => {
    logger.error('what is under way did not end in time');
    process.exit(1);
  }, endMs).unref();
}

/** Runs the hub and returns the exit code. */
async function main(): Promise<number> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
  const logger = createLogger('hub', config.logLevel);
  try {
    await serve(config, logger);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.fatal({ reason }, 'stopped');
    await tell({ failed: 'hub', reason });
    return 1;
  }
}

process.exit(await main());
