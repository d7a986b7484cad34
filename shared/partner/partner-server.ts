import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { Loaders } from '../database/loaders.js';
import { HubError } from '../errors/hub-error.js';
import { createOperationLimiter } from '../graphql/limits/limit-operations.js';
import { type Limits, partnerLimits } from '../graphql/limits/limits.js';
import { admitReaders, createOperationGate } from '../graphql/operations/operation-gate.js';
import { OperationPipeline } from '../graphql/operations/operation-pipeline.js';
import { isRefusalReason } from '../identity/refusal-reason.js';
import {
  clientNameHeader,
  type FieldPurposes,
  readClientName,
  readTimeLeft,
} from '../identity/request-headers.js';
import { traceparentHeader } from '../identity/signature-form.js';
import { type AskHub, createMissingNote, limitAskHub } from '../policy/context/ask-hub.js';
import type { PartnerContext } from '../policy/context/partner-context.js';
import type { Policies } from '../policy/type-policy.js';
import { createDisclosureNote } from '../records/disclosure/disclosure-note.js';
import { manifestPath } from '../records/manifest/manifest.js';
import { type ReadyChecks, registerHealth, type Warnings } from '../server/http/health.js';
import { createHttpServer, listen } from '../server/http/http-server.js';
import type { GraphQLCall } from '../server/http/operations/graphql-options.js';
import { registerGraphQL } from '../server/http/operations/graphql-over-http.js';
import type { PartnerMetrics } from '../server/metrics/partner-metrics.js';
import { registerMetrics, type ServedMetrics } from '../server/metrics/serve-metrics.js';
import type { Tls } from '../server/tls/open-tls.js';
import { tracePipeline } from '../server/tracing/trace-pipeline.js';
import type { Tracing } from '../server/tracing/tracing.js';
import { checkDatabase } from '../storage/check-database.js';
import type { Logger } from '../system/logger.js';
import { registerMailSubscriptions } from './mail/mail-subscriptions.js';
import type { Travellers } from './participants/journeys.js';
import { registerParticipantSessions } from './participants/register-sessions.js';
import type { Publication } from './publication/publication.js';
import { type AuthenticateRequest, createSignResponses } from './requests/authenticate-hub.js';
import { registerDisclosureHead } from './requests/disclosure-head.js';
import { type CountOverdue, registerOverdueTasks } from './requests/overdue-tasks.js';
import {
  limitRepresentations,
  recordReadings,
  refuseLostFiles,
  reportMissing,
  setCacheControl,
  writeOnce,
} from './requests/request-hooks.js';

/**
 * Adds the path at which everybody may read the manifest. It holds nothing secret, and its
 * signature says whose it is.
 */
export function registerManifest(http: FastifyInstance, { read }: Pick<Publication, 'read'>): void {
  http.get(manifestPath, { logLevel: 'silent' }, async (_request, reply) => {
    const file = await read();
    void reply.type('application/json; charset=utf-8');
    return file === undefined ? reply.code(503).send('{"manifest":null}') : reply.send(file);
  });
}

export interface PartnerServerOptions {
  readonly partner: string;
  readonly schema: GraphQLSchema;
  /** The policies that guard the schema. They also decide what the hub may cache. */
  readonly policies: Policies;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Identifies the caller, and refuses requests that the hub did not sign. */
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
  /** @default nothing that waits is counted */
  readonly countOverdue?: CountOverdue | undefined;
  /** Whether it sends mails, so that their links can end them. @default false */
  readonly hasMails?: boolean;
  /** Who may have sessions. @default nobody */
  readonly travellers?: Travellers | undefined;
  /** Where people open the hub’s pages. */
  readonly pagesUrl?: string | undefined;
  /** @default `partnerLimits` */
  readonly limits?: Limits;
  /** @default 5 */
  readonly countThreshold?: number;
  /** The purposes for which fields may be read. @default each for any, or for none */
  readonly fieldPurposes?: FieldPurposes | undefined;
  /** More checks of readiness, besides the database. */
  readonly readyChecks?: ReadyChecks;
  /** Warnings for the operator of a server that is ready. @default none */
  readonly warnings?: Warnings;
  /** Its manifest. @default it publishes none */
  readonly publication?: Publication | undefined;
  /** The private key that signs responses on request. @default none is signed */
  readonly signingKey?: (() => Promise<JWK>) | undefined;
  /** Counts what the server does, and who may read it. @default nothing is counted */
  readonly metrics?: (PartnerMetrics & Pick<ServedMetrics, 'readers'>) | undefined;
  /** Warnings that are checked for every response. @default none */
  readonly warningChecks?: ReadyChecks;
  /** The certificates of its server. @default it speaks plain HTTP */
  readonly tls?: Pick<Tls, 'served'> | undefined;
  /** Sends traces of operations to a collector. @default nothing is traced */
  readonly tracing?: Tracing | undefined;
  /** Ends what runs beside the server, before the database closes. @default nothing does */
  readonly onClose?: () => Promise<void>;
}

/** A partner’s server. Closing it ends its requests and closes the database. */
export interface PartnerServer extends AsyncDisposable {
  readonly source: DataSource;
  /**
   * Listens, and returns the URL of the GraphQL endpoint. Port 0 takes a free one.
   * @param host whose connections are accepted. @default this machine’s alone
   * @throws {@link ListenError} when the port cannot be used
   */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

const graphqlPath = '/graphql';
const mostRepresentations = 1_000;
const defaultCountThreshold = 5;

/** Creates a partner’s server around its schema and its open database. */
export async function createPartnerServer(options: PartnerServerOptions): Promise<PartnerServer> {
  const { source, schema, policies, logger, limits = partnerLimits, metrics } = options;
  const authenticate = countRefusals(options);
  const limiter = createOperationLimiter(limits);
  const pipeline = new OperationPipeline<PartnerContext>({
    source: { schema },
    logger,
    hooks: [
      limiter.hooks,
      limitRepresentations(mostRepresentations),
      refuseLostFiles,
      writeOnce,
      createOperationGate<PartnerContext>(admitReaders(limits)).hooks,
      recordReadings(logger, metrics),
      reportMissing,
      setCacheControl(policies),
    ],
  });
  await pipeline.start();
  const { tls } = options;
  const http = await createHttpServer({ logger, limits, tls: tls?.served });
  const checks = { database: () => checkDatabase(source), ...options.readyChecks };
  registerHealth(http, {
    checks,
    warnings: options.warnings,
    warningChecks: options.warningChecks,
  });
  if (metrics) registerMetrics(http, metrics);
  registerDisclosureHead(http, { source, authenticate });
  const { countOverdue } = options;
  if (countOverdue) registerOverdueTasks(http, { ...options, authenticate, countOverdue });
  if (options.hasMails) registerMailSubscriptions(http, { ...options, authenticate });
  const { travellers, signingKey } = options;
  if (travellers && signingKey)
    registerParticipantSessions(http, { ...options, authenticate, travellers, signingKey });
  if (options.publication) registerManifest(http, options.publication);
  const sources = { ...options, authenticate };
  registerGraphQL(http, {
    path: graphqlPath,
    pipeline: options.tracing ? tracePipeline(pipeline) : pipeline,
    limiter,
    meter: metrics?.operations,
    describeResponse: signingKey && createSignResponses({ ...options, signingKey }),
    createContext: (served) => createContext(sources, served),
  });
  const end = async () => {
    await http.close();
    await pipeline.stop();
    await options.onClose?.();
    if (source.isInitialized) await source.destroy();
  };
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= end());
  return {
    source,
    listen: async (port, host) => `${await listen(http, port, host)}${graphqlPath}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Counts requests that the hub did not sign. */
function countRefusals({
  authenticate,
  metrics,
}: Pick<PartnerServerOptions, 'authenticate' | 'metrics'>): AuthenticateRequest {
  if (!metrics) return authenticate;
  return async (request) => {
    try {
      return await authenticate(request);
    } catch (error) {
      const reason = error instanceof HubError ? error.extensions.reason : undefined;
      if (isRefusalReason(reason)) metrics.refused(reason);
      throw error;
    }
  };
}

/** Verifies who sends a request, and creates the context of its operation. */
async function createContext(
  {
    partner,
    source,
    clock,
    authenticate,
    askHub,
    countThreshold = defaultCountThreshold,
    fieldPurposes,
    pagesUrl,
    signingKey,
    tracing,
  }: PartnerServerOptions,
  { request, requestId, watchClient }: GraphQLCall,
): Promise<PartnerContext> {
  const { method, url: path, headers } = request;
  const body = Buffer.isBuffer(request.body) ? request.body : '';
  const { reader, nonce } = await authenticate({ method, path, body, headers });
  // The signature covers both. Unsigned requests were refused before.
  const leftMs = readTimeLeft(headers);
  const clientName = readClientName(headers[clientNameHeader], clientNameHeader);
  const until = leftMs === undefined ? undefined : performance.now() + leftMs;
  // Nothing is copied by `...`: V8 would make new hidden classes for each request.
  return {
    reader,
    nonce,
    clientName,
    disclosures: createDisclosureNote(),
    missing: createMissingNote(),
    askHub: limitAskHub(askHub, until, clientName),
    partner,
    countThreshold,
    fieldPurposes: fieldPurposes?.size ? fieldPurposes : undefined,
    pagesUrl,
    signingKey,
    source,
    loaders: new Loaders(source),
    clock,
    requestId,
    span: tracing?.start('operation', String(headers[traceparentHeader] ?? '')),
    // SQLite runs in this process, and cannot be stopped.
    clientSignal: source.options.type === 'postgres' ? watchClient() : undefined,
  };
}
