import { isPostgres } from '../database/data-source.js';
import { checkSqliteVersion, readSqliteVersion } from '../database/sqlite/sqlite-driver.js';
import { hubIssuer } from '../identity/assertion.js';
import { ensureFirstKeyFiles, ensureKeyFiles } from '../identity/keys/key-file.js';
import { openTls } from '../server/tls/open-tls.js';
import { openTracing } from '../server/tracing/open-tracing.js';
import { describeFileError } from '../system/file-error.js';
import { createLogger, type Logger } from '../system/logger.js';
import { closeDataFolder, keepFilesPrivate } from '../system/private-files.js';
import { isPlainCall } from '../system/settings/plain-http.js';
import { ConfigError } from '../system/settings/read-environment.js';
import type { PartnerConfig } from './config/partner-config.js';
import { openFilledDatabase } from './partner-database.js';
import type { PartnerDefinition } from './partner-definition.js';
import { createPartnerIdentity } from './partner-identity.js';
import type { PartnerServer } from './partner-server.js';
import { openPartner } from './partner.js';
import { runBackUp } from './run-back-up.js';

/** How long an orderly shutdown may take. */
const drainMs = 9_000;

interface StopSignal extends Disposable {
  /** Resolves at the first SIGTERM or SIGINT. */
  readonly told: Promise<NodeJS.Signals>;
}

/**
 * Waits for a stop signal. It listens until it is disposed of, because Ctrl-C may reach a process
 * twice, and the second signal would end the process at once.
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

/** `Promise.withResolvers` is not available in Node 20. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Lets requests in flight end. The end of the process cuts off the rest. */
async function drain(server: PartnerServer, logger: Logger): Promise<void> {
  const { promise: late, resolve } = withResolvers<void>();
  const timer = setTimeout(() => {
    logger.error('requests in flight did not end in time');
    resolve();
  }, drainMs);
  await Promise.race([server.close(), late]);
  clearTimeout(timer);
}

/** @throws ConfigError if requests to the hub would not be encrypted, and must be */
function checkPlainHttp({ hubUrl, plainHttp = 'warn' }: PartnerConfig, logger: Logger): void {
  if (plainHttp === 'allow' || !isPlainCall(hubUrl)) return;
  const reason = 'HUB_URL is on another machine and has no TLS. Use https, or set HUB_PLAIN_HTTP.';
  if (plainHttp === 'refuse') throw new ConfigError(reason);
  logger.warn({ reason }, 'requests to the hub are not encrypted');
}

/** @throws if this version of SQLite may damage the database */
async function checkSqlite({ partner, databaseUrl }: PartnerConfig, logger: Logger): Promise<void> {
  if (isPostgres(databaseUrl)) return;
  const warning = checkSqliteVersion(await readSqliteVersion());
  if (warning) logger.warn({ partner, warning }, 'started with a warning');
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
  using tls = openTls(config.certificateFiles ?? {}, logger);
  checkPlainHttp(config, logger);
  await checkSqlite(config, logger);
  await using identity = createPartnerIdentity({ ...config, connect: tls.connect, logger });
  const { authenticate, askHub, publisher, hubHeads, tellHub, readHubKeys, readyChecks } = identity;
  // Errors of keys are logged even if nobody requests the readiness.
  await readyChecks.keys?.();
  await using tracing = await openTracing({ endpoint: config.tracesEndpoint, service: partner });
  const server = await openPartner(definition, {
    ...config,
    tls,
    tracing,
    logger,
    authenticate,
    askHub,
    publisher,
    hubHeads,
    tellHub,
    readHubKeys,
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

/** The error, with what the operator can do. */
function explain(error: unknown, { port, host, dataFolder }: PartnerConfig): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${host}:${port} is in use. Stop the other program, or set PORT to another port.`;
  }
  const message = describeFileError(error, dataFolder ?? 'A file');
  return message ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Runs a partner as a process of its own: its configured task, or serving until SIGTERM or SIGINT.
 * @returns the exit code: 0, or 1 after the error has been logged.
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
