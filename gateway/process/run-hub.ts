import {
  closeDataFolder,
  ConfigError,
  createLogger,
  describeFileError,
  keepFilesPrivate,
  type Logger,
} from '@hub/shared/system';
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listPlainPartners, readConfig, UsageError } from '../config.js';
import { plugins } from '../plugins/list.js';
import { openInProcess } from '../plugins/open-plugins.js';
import { createDiskCheck } from '../registry/files/hub-disk.js';
import {
  readRepairedConfig,
  repair,
  repairWritten,
  type RepairNotes,
} from '../registry/files/repair-registry.js';
import { readMarks } from '../registry/written/watched-files.js';
import type { HubConfig } from '../server/settings/hub-config.js';
import { startRegistryProcess, type RegistryProcess } from './workers/registry-process.js';
import { runWorkers } from './workers/run-workers.js';
import { hasLostTerminal } from './workers/terminal.js';

/** Resolves when this process is told to stop, or when its parent has ended. */
function waitForStop(): Promise<string> {
  return new Promise((resolve) => {
    // Not `once`: Ctrl-C of a terminal may reach a process twice, and the second one would cut off
    // requests.
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
      process.on(signal, () => resolve(signal));
    }
    process.on('SIGHUP', () => hasLostTerminal() && resolve('SIGHUP'));
  });
}

/** Sends a message to the parent process, if there is one. */
function notifyParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) return resolve();
    process.send(message, () => resolve());
  });
}

/** If the parent also starts the partners, it says when they are ready. */
function waitForBegin(): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) return resolve();
    process.once('message', () => resolve());
  });
}

/** How often to look whether a command has changed the partners or the contracts. */
const marksMs = 2_000;

function warnOfPlainHttp({ network, plainHttp }: HubConfig, logger: Logger): void {
  const partners = network && plainHttp === 'warn' ? listPlainPartners(network) : [];
  if (partners.length === 0) return;
  const reason =
    'Their URLs have no TLS and are on other machines. Use https, or set HUB_PLAIN_HTTP.';
  logger.warn({ partners, reason }, 'requests to partners are not encrypted');
}

/** Logs what was found of the registry’s files. */
const noteInto = (logger: Logger): RepairNotes => ({
  note: ({ file, used }) =>
    logger.error({ file, used }, 'a file of the registry was spoilt; something else is used'),
  failed: (reason) => logger.error({ reason }, 'files of the registry cannot be repaired'),
});

async function runPrimary(config: HubConfig, logger: Logger): Promise<number> {
  const { workers: count, port, registry: hasRegistry, dataDir } = config;
  // Before the workers read it.
  let marks = readMarks(dataDir);
  let registry: RegistryProcess | undefined;
  const startRegistry = () => {
    registry = startRegistryProcess({
      file: fileURLToPath(new URL('run-registry.js', import.meta.url)),
      logger,
      onRelease: () => void workers.reload(),
      onChange: () => void workers.relay.notify('published', null),
    });
  };
  const workers = runWorkers({
    file: fileURLToPath(new URL('../main.js', import.meta.url)),
    count,
    port,
    logger,
    check: () => void readConfig(),
    begin: waitForBegin(),
    end: waitForStop(),
    onRefresh: (partner) => registry?.refresh(partner),
    async onReady(url) {
      await notifyParent({ ready: 'hub', url });
      if (hasRegistry) startRegistry();
    },
  });
  let reloading = Promise.resolve();
  const reload = () => {
    reloading = reloading.then(async () => {
      await repair(() => repairWritten(dataDir), noteInto(logger));
      // What the repair has written is not a change by a command.
      marks = readMarks(dataDir);
      void workers.reload();
      registry?.restart();
    });
  };
  process.on('SIGHUP', () => hasLostTerminal() || reload());
  const { relay, tally } = workers;
  const opened = await openInProcess(plugins, (plugin) =>
    plugin.openInPrimary?.({ config, logger, relay, tally }, config.plugins),
  );
  const checkDisk = createDiskCheck(dataDir, logger);
  const watching = setInterval(() => {
    checkDisk();
    const found = readMarks(dataDir);
    if (found === marks) return;
    marks = found;
    logger.info('a command has changed the partners or the contracts of the network');
    reload();
  }, marksMs);
  try {
    return await workers.ended;
  } finally {
    clearInterval(watching);
    await registry?.end();
    await opened[Symbol.asyncDispose]();
  }
}

/** Runs the hub and returns the exit code. */
export async function runHub(): Promise<number> {
  keepFilesPrivate();
  if (cluster.isWorker) {
    // Only workers load the engine.
    const { serve } = await import('./serve.js');
    return serve();
  }
  let config: HubConfig;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
  const logger = createLogger('hub', config.logLevel);
  try {
    if (existsSync(config.dataDir)) {
      closeDataFolder(config.dataDir);
      config = await readRepairedConfig(config, noteInto(logger), readConfig);
    }
    warnOfPlainHttp(config, logger);
    return await runPrimary(config, logger);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const reason = describeFileError(error, config.dataDir) ?? told;
    logger.fatal({ reason }, 'stopped');
    await notifyParent({ failed: 'hub', reason });
    return 1;
  }
}
