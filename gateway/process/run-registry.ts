import { verifyManifest } from '@hub/shared/records';
import { openTls } from '@hub/shared/server';
import { holdFolder } from '@hub/shared/storage';
import {
  createLogger,
  filesForCalls,
  keepFilesPrivate,
  type Logger,
  makeFolder,
} from '@hub/shared/system';
import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { readNetworkConfig } from '../config.js';
import { plugins } from '../plugins/list.js';
import { openInProcess } from '../plugins/open-plugins.js';
import { composeContracts } from '../registry/compose-contracts.js';
import { composeSupergraph } from '../registry/compose.js';
import { readContracts } from '../registry/contracts.js';
import { findReleasedGraph, hashBasis, openRegistryFiles } from '../registry/files/served-graph.js';
import { createHubKeys, createNetworkKeys } from '../registry/network-keys.js';
import { createAcceptance } from '../registry/publications/acceptance.js';
import { readConformance } from '../registry/publications/conformance.js';
import { createJudgingMarker } from '../registry/publications/judging-marker.js';
import { createRegistry } from '../registry/publications/registry.js';
import { withoutFailing } from '../registry/records/administration-log.js';
import { readMembers } from '../registry/written/members.js';
import { createRequestSigner } from '../server/security/sign-request.js';
import { findLoadableNetwork } from './loadable-network.js';
import { tryOut } from './try-out.js';
import { aliveMs } from './workers/messages.js';
import type { FromRegistry, ToRegistry } from './workers/registry-messages.js';
import { withResolver } from './workers/with-resolver.js';

/** Added to the process’s nice value: it gets about a third of what a worker gets. */
const lessUrgent = 5;

/** How often it looks for releases that a command has written. */
const lookMs = 2_000;

/** Sends a message to the hub’s primary process. */
function tell(message: FromRegistry): void {
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}

/** Resolves when the hub ends. */
function waitForEnd(): Promise<void> {
  // The terminal’s signals come here too. The primary decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  return new Promise((resolve) => {
    for (const event of ['SIGTERM', 'disconnect'] as const) process.on(event, () => resolve());
    // It may have ended while this process loaded its code.
    if (!process.connected) resolve();
  });
}

/** How often to look whether the hub still runs, and how long an orderly end may take. */
const parentMs = { look: 1_000, end: 5_000 } as const;

/**
 * Ends this process if the hub has ended. A thread looks, because a judgement that never ends would
 * keep this one from noticing.
 */
function endWithParent(): void {
  const look = `setInterval(() => process.ppid === ${process.ppid} || setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${parentMs.end}), ${parentMs.look})`;
  new Worker(look, { eval: true }).unref();
}

/** Holds the registry’s folder. Waits while another process holds it. Undefined if the hub ends first. */
async function holdRegistry(
  folder: string,
  logger: Logger,
  ended: Promise<void>,
): Promise<AsyncDisposable | undefined> {
  makeFolder(folder);
  const over = ended.then(() => true);
  for (let looks = 0; ; looks += 1) {
    const held = await holdFolder(folder);
    if (held) {
      if (looks > 0) logger.info('this hub writes the registry’s folder now');
      return held;
    }
    if (looks === 0)
      logger.error({ folder }, 'another hub writes the registry’s folder; this one does not');
    if (await Promise.race([over, wait(lookMs, false, { ref: false })])) return undefined;
  }
}

/** The process that fetches and judges what the partners publish. It serves no requests. */
async function main(): Promise<void> {
  keepFilesPrivate();
  // Requests of clients come first.
  setPriority(Math.min(getPriority() + lessUrgent, constants.priority.PRIORITY_LOW));
  const ended = waitForEnd();
  endWithParent();
  setInterval(() => tell({ alive: true }), aliveMs).unref();
  const config = readNetworkConfig();
  const { dataDir, planning } = config;
  const logger = createLogger('registry', config.logLevel).child({ pid: process.pid });
  using tls = openTls(filesForCalls(config.certificateFiles), logger);
  // A release was loaded before it was written.
  const isReleased = findReleasedGraph(config, readContracts(config.network, dataDir), logger);
  const { network } = isReleased ? config : findLoadableNetwork(config, logger);
  const contracts = readContracts(network, dataDir);
  // Who is suspended or removed publishes nothing.
  const partners = network.partners.filter(({ membership }) => !membership);
  const keys = createNetworkKeys(dataDir, network);
  const hubKeys = createHubKeys(config.privateKeys);
  const files = openRegistryFiles(dataDir);
  const { releases, publications, judgingFile } = files;
  await using held = await holdRegistry(files.folder, logger, ended);
  if (!held) return;
  const administration = withoutFailing(files.administration, logger);
  const urlOf = (name: string) =>
    network.partners.find(({ subgraph }) => subgraph === name)?.url ?? '';
  await using registry = createRegistry({
    partners,
    basis: hashBasis(network, contracts),
    members: readMembers(dataDir),
    acceptance: createAcceptance({
      partners,
      contracts,
      compose: (schemas) =>
        composeSupergraph([...schemas].map(([name, sdl]) => ({ name, sdl, url: urlOf(name) }))),
      composeGraph: (schemas) => composeContracts(schemas, network.partners),
      tryOut: (graph) => tryOut(graph, { network, planning }),
      marker: createJudgingMarker(judgingFile),
    }),
    store: publications,
    releases,
    administration,
    connect: tls.connect,
    logger,
    verify: (partner, file) => verifyManifest(file, { partner, keys }),
    readConformance: ({ code, subgraph }, statement) =>
      readConformance(statement, { partner: code, subgraph }, hubKeys),
    onRelease: (release) => tell({ release }),
    onChange: () => tell({ changed: true }),
  });
  process.on('message', ({ refresh }: ToRegistry) => void registry.refresh(refresh));
  const looking = setInterval(() => void registry.lookForReleases(), lookMs);
  const begin = withResolver<void>();
  const started = Promise.race([begin.promise.then(() => registry.start()), ended]);
  await using _ = await openInProcess(plugins, (plugin) =>
    plugin.openInRegistry?.(
      {
        config,
        logger,
        partners,
        contracts,
        ownKeys: hubKeys,
        partnerKeys: keys,
        sign: createRequestSigner({ ownKeys: hubKeys, partnerKeys: keys }),
        connect: tls.connect,
        files,
        administration,
        stateOf: registry.stateOf,
        started,
      },
      config.plugins,
    ),
  );
  // Now, so that each plugin sees the first release come.
  begin.resolve();
  await ended;
  clearInterval(looking);
}

await main();
process.exit(0);
