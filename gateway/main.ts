import { ConfigError } from '@hub/shared/config';
import { closeDataFolder, describeFileError, keepFilesPrivate } from '@hub/shared/files';
import { createLogger, type Logger } from '@hub/shared/telemetry';
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig, UsageError, type Config } from './config.js';
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

async function runPrimary({ workers: count, port }: Config, logger: Logger): Promise<number> {
  const workers = runWorkers({
    file: fileURLToPath(import.meta.url),
    count,
    port,
    logger,
    check: () => void readConfig(),
    begin: waitForBegin(),
    end: waitForStop(),
    onReady: (url) => notifyParent({ ready: 'hub', url }),
  });
  process.on('SIGHUP', () => hasLostTerminal() || void workers.reload());
  return workers.ended;
}

/** Runs the hub and returns the exit code. */
async function main(): Promise<number> {
  keepFilesPrivate();
  if (cluster.isWorker) {
    // Only workers load the engine.
    const { serve } = await import('./serve.js');
    return serve();
  }
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
    if (existsSync(config.dataDir)) closeDataFolder(config.dataDir);
    return await runPrimary(config, logger);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const reason = describeFileError(error, config.dataDir) ?? told;
    logger.fatal({ reason }, 'stopped');
    await notifyParent({ failed: 'hub', reason });
    return 1;
  }
}

process.exit(await main());
