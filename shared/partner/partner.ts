import { watchCommits } from '../changes/index.js';
import { noHub, runChore, type ChoreContext, type RunningChore } from '../context/index.js';
import { readPool, readStoredBytes, searchesScan } from '../database/index.js';
import type { Warnings } from '../http/index.js';
import { anonymous, hubIssuer } from '../identity/index.js';
import { createPartnerMetrics } from '../metrics/index.js';
import {
  createDescribeSubjects,
  createNoticeSender,
  createNoticeSource,
  type NoticeSender,
} from '../notices/index.js';
import { createPublication } from '../publication/index.js';
import { filePathOf } from '../storage/index.js';
import type { Logger } from '../telemetry/index.js';
import { traceStatements } from '../tracing/index.js';
import { createWitness, type WitnessOptions } from '../witness/index.js';
import { openFilledDatabase } from './partner-database.js';
import type { PartnerDefinition, PartnerOptions } from './partner-definition.js';
import {
  createPartnerServer,
  type PartnerServer,
  type PartnerServerOptions,
} from './partner-server.js';

const unrecognised =
  'DATABASE_NOT_RECOGNISED: there is no identity file outside of the database, so an older or another database cannot be detected. Set HUB_DATABASE_IDENTITY to a file on another disk.';

const scanning =
  'SEARCH_NOT_INDEXED: the database does not allow the extension pg_trgm, so each search reads every row. Let an administrator create it, and start the partner again.';

/**
 * Opens a partner’s database, loads its first content, and creates its server, which does not
 * listen yet.
 */
export async function openPartner(
  definition: PartnerDefinition,
  options: PartnerOptions,
): Promise<PartnerServer> {
  const {
    partner,
    logger,
    clock = () => new Date(),
    limits,
    countThreshold,
    readyChecks,
    travelNeedsDays = 30,
    publisher,
    metricsReaders = [],
  } = options;
  const { authenticate = () => Promise.resolve({ reader: anonymous }), askHub = noHub } = options;
  const { readHubKeys } = options;
  const disk = {
    path: filePathOf(options.databaseUrl),
    readStored: () => readStoredBytes(source),
  };
  const metrics =
    metricsReaders.length > 0
      ? createPartnerMetrics(
          () => readPool(source),
          options.tls?.certificates,
          disk,
          readHubKeys && (async () => ({ [hubIssuer]: await readHubKeys() })),
        )
      : undefined;
  const { tracing } = options;
  const meter = tracing ? traceStatements(metrics?.statements) : metrics?.statements;
  const source = await openFilledDatabase(definition, options, meter);
  const isUnrecognised = options.recognition && options.recognition.file === undefined;
  const warnings: Warnings = {
    ...(isUnrecognised && { database: unrecognised }),
    ...(searchesScan(source) && { search: scanning }),
  };
  for (const warning of Object.values(warnings))
    logger.warn({ partner, warning }, 'started with a warning');
  try {
    const { schema, policies, sdl } = await definition.createSubgraph();
    const publication =
      publisher &&
      createPublication({
        ...options.publication,
        ...publisher,
        partner,
        subgraph: definition.subgraph,
        sdl,
        source,
        logger,
        clock,
      });
    const sender = createSender(options, { source, schema, policies });
    const chore = createChore(definition, options, {
      partner,
      source,
      clock,
      askHub,
      travelNeedsDays,
    });
    const witness = createWitnessChore(options, { source, clock, onAttempt: metrics?.headFailure });
    const server = await createPartnerServer({
      partner,
      schema,
      policies,
      source,
      logger,
      clock,
      authenticate,
      askHub,
      countOverdue: definition.countOverdue,
      limits,
      countThreshold,
      readyChecks,
      warnings,
      publication,
      signingKey: publisher && (() => publisher.signingKey()),
      tls: options.tls,
      tracing,
      metrics: metrics && { ...metrics, readers: metricsReaders },
      async onClose() {
        await Promise.all([chore.stop(), witness.stop(), publication?.stop(), sender?.stop()]);
        await definition.close?.(source);
      },
    });
    return {
      ...server,
      async listen(port, host) {
        const url = await server.listen(port, host);
        chore.begin();
        witness.begin();
        publication?.begin(url);
        sender?.begin();
        return url;
      },
    };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** The partner’s own chore. */
const createChore = (
  { chore }: PartnerDefinition,
  { logger }: PartnerOptions,
  context: ChoreContext,
) => startLater(chore && (() => chore(context)), logger);

/** Hands in the end of the record each day. */
function createWitnessChore(
  { partner, logger, publisher, hubHeads: hub }: PartnerOptions,
  context: Pick<WitnessOptions, 'source' | 'clock' | 'onAttempt'>,
) {
  const signingKey = publisher && (() => publisher.signingKey());
  const run = hub && signingKey && createWitness({ ...context, partner, logger, hub, signingKey });
  return startLater(run, logger);
}

/** A chore that begins when the server listens. */
function startLater(run: (() => Promise<boolean>) | undefined, logger: Logger) {
  let running: RunningChore | undefined;
  return {
    begin(): void {
      if (run) running ??= runChore(run, logger);
    },
    stop: () => running?.stop(),
  };
}

/** Notifies the hub of changes. Undefined without a hub. */
function createSender(
  { partner, tellHub, logger }: PartnerOptions,
  { source, schema, policies }: Pick<PartnerServerOptions, 'source' | 'schema' | 'policies'>,
): NoticeSender | undefined {
  if (!tellHub) return undefined;
  const describe = createDescribeSubjects(source, schema, policies);
  return createNoticeSender({
    partner,
    notices: createNoticeSource(source, describe),
    tellHub,
    watch: (listener) => watchCommits(source, listener),
    logger,
  });
}
