import { readPool, readStoredBytes } from '../database/read-pool.js';
import { searchesScan } from '../database/search/search-indexes.js';
import { hubIssuer } from '../identity/assertion.js';
import { anonymous } from '../identity/reader.js';
import { noHub } from '../policy/context/ask-hub.js';
import type { ChoreContext } from '../policy/context/partner-context.js';
import { runChore, type RunningChore } from '../policy/context/run-chore.js';
import { findInvalidFields } from '../policy/field-purposes.js';
import type { Policies } from '../policy/type-policy.js';
import { forgetReaders } from '../records/changes/forget-readers.js';
import { watchCommits } from '../records/changes/record-writes.js';
import { usualRetention } from '../records/manifest/retention.js';
import { createWitness, type WitnessOptions } from '../records/witness/witness.js';
import type { Warnings } from '../server/http/health.js';
import { createPartnerMetrics, type PartnerMetrics } from '../server/metrics/partner-metrics.js';
import { traceStatements } from '../server/tracing/trace-statements.js';
import { erasedListOf, noteErasedReaders } from '../storage/erased-list.js';
import { filePathOf } from '../storage/sqlite-file.js';
import type { Logger } from '../system/logger.js';
import { ConfigError } from '../system/settings/read-environment.js';
import { createMailChore } from './mail/mail-chore.js';
import { describeWaiting, readWaiting } from './mail/mail-queue.js';
import { createDescribeSubjects } from './notices/describe-subjects.js';
import {
  createNoticeSender,
  createNoticeSource,
  type NoticeSender,
} from './notices/notice-sender.js';
import { openFilledDatabase } from './partner-database.js';
import type { PartnerDefinition, PartnerOptions } from './partner-definition.js';
import {
  createPartnerServer,
  type PartnerServer,
  type PartnerServerOptions,
} from './partner-server.js';
import { createPublication } from './publication/publication.js';

const unrecognised =
  'DATABASE_NOT_RECOGNISED: there is no identity file outside of the database, so an older or another database cannot be detected. Set HUB_DATABASE_IDENTITY to a file on another disk.';

const scanning =
  'SEARCH_NOT_INDEXED: the database does not allow the extension pg_trgm, so each search reads every row. Let an administrator create it, and start the partner again.';

const lostList =
  'ERASED_LIST_MISSING: the list of the erased is not beside the identity file. If this database is a restored copy, people who were erased since are in it. Stop, put the newest list in its place, and start again.';

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
    retention = usualRetention,
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
      ? createPartnerMetrics(() => readPool(source), {
          certificates: options.tls?.certificates,
          disk,
          readKeys: readHubKeys && (async () => ({ [hubIssuer]: await readHubKeys() })),
          readMails: options.mail && (() => readWaiting(source)),
        })
      : undefined;
  const { tracing } = options;
  const meter = tracing ? traceStatements(metrics?.statements) : metrics?.statements;
  const source = await openFilledDatabase(definition, options, meter);
  const isUnrecognised = options.recognition && options.recognition.file === undefined;
  const warnings: Warnings = {
    ...(isUnrecognised && { database: unrecognised }),
    ...(searchesScan(source) && { search: scanning }),
    ...(erasedListOf(source)?.wasLost && { erased: lostList }),
  };
  for (const warning of Object.values(warnings))
    logger.warn({ partner, warning }, 'started with a warning');
  try {
    const { schema, policies, sdl } = await definition.createSubgraph();
    checkFieldPurposes(options, policies);
    const publication =
      publisher &&
      createPublication({
        ...options.publication,
        ...publisher,
        partner,
        subgraph: definition.subgraph,
        sdl,
        retention,
        source,
        logger,
        clock,
      });
    const sender = createSender(options, { source, schema, policies });
    const context = { partner, source, clock, askHub, retention };
    const chore = createChore(definition, options, context);
    const noteErased = (subjects: readonly string[]) =>
      noteErasedReaders(source, subjects, clock());
    const forgetting = startLater(() => forgetReaders({ ...context, noteErased }), logger);
    const mail = createMails(definition, options, context, metrics?.mailed);
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
      hasMails: options.mail !== undefined,
      travellers: definition.travellers,
      pagesUrl: options.pagesUrl,
      limits,
      countThreshold,
      fieldPurposes: options.fieldPurposes,
      readyChecks,
      warnings,
      warningChecks: {
        ...options.tls?.warningChecks,
        ...(options.mail && { mail: () => describeWaiting(source, clock()) }),
      },
      publication,
      signingKey: publisher && (() => publisher.signingKey()),
      tls: options.tls,
      tracing,
      metrics: metrics && { ...metrics, readers: metricsReaders },
      async onClose() {
        await Promise.all([
          chore.stop(),
          forgetting.stop(),
          mail.stop(),
          witness.stop(),
          publication?.stop(),
          sender?.stop(),
        ]);
        await definition.close?.(source);
      },
    });
    return {
      ...server,
      async listen(port, host) {
        const url = await server.listen(port, host);
        chore.begin();
        forgetting.begin();
        mail.begin();
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

/** @throws ConfigError for fields that cannot be limited */
function checkFieldPurposes({ fieldPurposes }: PartnerOptions, policies: Policies): void {
  const invalid = fieldPurposes ? findInvalidFields(fieldPurposes, policies) : [];
  if (invalid.length > 0)
    throw new ConfigError(
      `The environment is invalid:\n  HUB_FIELD_PURPOSES: ${invalid.join(', ')}: is not a restricted field of a type of this partner`,
    );
}

/** The partner’s own chore. */
const createChore = (
  { chore }: PartnerDefinition,
  { logger }: PartnerOptions,
  context: ChoreContext,
) => startLater(chore && (() => chore(context)), logger);

/** Writes to the partner’s own people, if it is configured. */
function createMails(
  { mail: content }: PartnerDefinition,
  { logger, mail: settings }: PartnerOptions,
  context: ChoreContext,
  onAttempt: PartnerMetrics['mailed'] | undefined,
) {
  const closing = new AbortController();
  const { signal } = closing;
  const options = { context, logger, signal, onAttempt };
  const run = content && settings && createMailChore({ ...options, content, settings });
  const chore = startLater(run, logger);
  return {
    begin: chore.begin,
    stop() {
      closing.abort();
      return chore.stop();
    },
  };
}

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
