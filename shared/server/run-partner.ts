import type { PartnerConfig } from '../config/partner-config.js';
import { openDatabase } from '../database/index.js';
import { createLogger, type Logger } from '../telemetry/index.js';
import { openPartner, type PartnerDefinition } from './partner.js';

/** How long a partner that is told to stop may take to end what is under way. */
const drainMs = 9_000;

/** Resolves at the first SIGTERM or SIGINT. */
function toldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  });
}

async function serve(
  definition: PartnerDefinition,
  config: PartnerConfig,
  logger: Logger,
): Promise<void> {
  const stop = toldToStop();
  const server = await openPartner(definition, { ...config, logger });
  try {
    const url = await server.listen(config.port, config.host);
    logger.info({ partner: config.partner, url, content: config.content }, 'ready');
    logger.info({ signal: await stop }, 'draining');
  } finally {
    const late = setTimeout(() => logger.error('what is under way did not end in time'), drainMs);
    await server.close();
    clearTimeout(late);
  }
}

/** What went wrong, in words that its operator can act on. */
function explain(error: unknown, { port, host }: PartnerConfig): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${host}:${port} is in use. Stop what uses it, or set PORT to another.`;
  }
  return error instanceof Error ? error.message : String(error);
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
  const logger = createLogger(config.partner, config.logLevel);
  try {
    if (config.task === 'serve') await serve(definition, config, logger);
    if (config.task === 'migrate') {
      const source = await openDatabase({ ...definition, url: config.databaseUrl });
      await source.destroy();
    }
    if (config.task === 'seed')
      await (await openPartner(definition, { ...config, logger })).close();
    return 0;
  } catch (error) {
    logger.fatal({ partner: config.partner, reason: explain(error, config) }, 'stopped');
    return 1;
  }
}
