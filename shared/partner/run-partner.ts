import type { PartnerConfig } from '../config/partner-config.js';
import { closeDataFolder, describeFileFault, keepFilesPrivate } from '../files/index.js';
import { ensureFirstKeyFiles, ensureKeyFiles, hubIssuer } from '../identity/index.js';
import { createLogger, type Logger } from '../telemetry/index.js';
import { openFilledDatabase } from './partner-database.js';
import { createPartnerIdentity } from './partner-identity.js';
import type { PartnerServer } from './partner-server.js';
import { openPartner, type PartnerDefinition } from './partner.js';
import { runBackUp } from './run-back-up.js';

/** How long a partner that is told to stop may take to end what is under way. */
const drainMs = 9_000;

interface StopSignal extends Disposable {
  /** Resolves at the first SIGTERM or SIGINT. */
  readonly told: Promise<NodeJS.Signals>;
}

/**
 * Waits to be told to stop. It keeps listening until it is disposed of: a terminal’s Ctrl-C may reach a process twice,
 * and the second would cut what is under way.
 */
function awaitStop(): StopSignal {
  const { promise, resolve } = withResolvers<NodeJS.Signals>();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.on(signal, resolve);
  return {
    told: promise,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, resolve);
    },
  };
}

/** `Promise.withResolvers` is not in Node 20. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Ends what is under way, and leaves what does not end in time to the end of the process. */
async function drain(server: PartnerServer, logger: Logger): Promise<void> {
  const { promise: late, resolve } = withResolvers<void>();
  const timer = setTimeout(() => {
    logger.error('what is under way did not end in time');
    resolve();
  }, drainMs);
  await Promise.race([server.close(), late]);
  clearTimeout(timer);
}

async function serve(
  definition: PartnerDefinition,
  config: PartnerConfig,
  logger: Logger,
): Promise<void> {
  using stop = awaitStop();
  const { keyFolder, partner } = config;
  if (keyFolder) {
    await ensureFirstKeyFiles(keyFolder, hubIssuer);
    await ensureKeyFiles(keyFolder, partner);
  }
  await using identity = createPartnerIdentity({ ...config, logger });
  const { authenticate, askHub, readyChecks } = identity;
  // The log says what is wrong with keys, also where nobody asks whether this server is ready.
  await readyChecks.keys?.();
  const server = await openPartner(definition, {
    ...config,
    logger,
    authenticate,
    askHub,
    readyChecks,
  });
  try {
    const url = await server.listen(config.port, config.host);
    logger.info({ partner: config.partner, url, content: config.content }, 'ready');
    logger.info({ signal: await stop.told }, 'draining');
  } finally {
    await drain(server, logger);
  }
}

/** What went wrong, in words that its operator can act on. */
function explain(error: unknown, { port, host, dataFolder }: PartnerConfig): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${host}:${port} is in use. Stop what uses it, or set PORT to another.`;
  }
  const fault = describeFileFault(error, dataFolder ?? 'A file');
  return fault ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Runs a partner as a process of its own: does the task of its configuration, and serves until SIGTERM or SIGINT.
 * @returns the exit code: 0, or 1 after the failure has been logged.
 * @example process.exit(await runPartner(definition, readConfig()));
 */
export async function runPartner(
  definition: PartnerDefinition,
  config: PartnerConfig,
): Promise<number> {
  const { task } = config;
  if (typeof task === 'object') return runBackUp(definition, config, task);
  const logger = createLogger(config.partner, config.logLevel);
  keepFilesPrivate();
  try {
    if (config.dataFolder) closeDataFolder(config.dataFolder);
    if (task === 'serve') await serve(definition, config, logger);
    if (task === 'migrate') {
      const source = await openFilledDatabase(definition, {
        ...config,
        content: 'nothing',
        logger,
      });
      await source.destroy();
    }
    if (task === 'seed') await (await openPartner(definition, { ...config, logger })).close();
    return 0;
  } catch (error) {
    logger.fatal({ partner: config.partner, reason: explain(error, config) }, 'stopped');
    return 1;
  }
}
