import type { GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import type { PartnerContext } from '../context/index.js';
import { createMissingNote, limitAskHub, type AskHub } from '../context/index.js';
import { Loaders } from '../database/index.js';
import { createDisclosureNote } from '../disclosure/index.js';
import { admitReaders } from '../graphql/admit-operations.js';
import { OperationPipeline, createOperationGate } from '../graphql/index.js';
import {
  createHttpServer,
  listen,
  registerGraphQL,
  registerHealth,
  type ReadyChecks,
  type Warnings,
} from '../http/index.js';
import { readTimeLeft, timeLeftHeader } from '../identity/index.js';
import { createOperationLimiter, partnerLimits, type Limits } from '../limits/index.js';
import type { Policies } from '../policy/index.js';
import { checkDatabase } from '../storage/index.js';
import type { Logger } from '../telemetry/index.js';
import type { AuthenticateRequest } from './authenticate-hub.js';
import { registerDisclosureHead } from './disclosure-head.js';
import { recordReadings } from './record-readings.js';
import { refuseLostFiles } from './refuse-lost-files.js';
import { limitRepresentations } from './representation-limit.js';
import { sayHowLongKept } from './say-kept.js';
import { sayMissing } from './say-missing.js';
import { writeOnce } from './write-once.js';

export interface PartnerServerOptions {
  readonly partner: string;
  readonly schema: GraphQLSchema;
  /** Those by which the schema is guarded. They also say what the hub may keep. */
  readonly policies: Policies;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Tells who reads; it refuses what the hub did not sign. */
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
  /** @default `partnerLimits` */
  readonly limits?: Limits;
  /** @default 5 */
  readonly countThreshold?: number;
  /** What has to hold before it is ready, besides its database. */
  readonly readyChecks?: ReadyChecks;
  /** What its operator should know although it is ready. @default nothing */
  readonly warnings?: Warnings;
  /** Ends what runs beside the server, before the database closes. @default nothing does */
  readonly onClose?: () => Promise<void>;
}

/** A partner’s server. Closing it ends what is under way and closes the database. */
export interface PartnerServer extends AsyncDisposable {
  readonly source: DataSource;
  /**
   * Listens and returns the address of the GraphQL endpoint. Port 0 takes a free one.
   * @param host whose connections are accepted. @default this machine’s alone
   * @throws {@link ListenError} when the port cannot be had
   */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

const graphqlPath = '/graphql';
const mostRepresentations = 1_000;
const defaultCountThreshold = 5;

/** Makes a partner’s server around its schema and its opened database. */
export async function createPartnerServer({
  partner,
  schema,
  policies,
  source,
  logger,
  clock,
  authenticate,
  askHub,
  limits = partnerLimits,
  countThreshold = defaultCountThreshold,
  readyChecks,
  warnings,
  onClose,
}: PartnerServerOptions): Promise<PartnerServer> {
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
      recordReadings(logger),
      sayMissing,
      sayHowLongKept(policies),
    ],
  });
  await pipeline.start();
  const http = await createHttpServer({ logger, limits });
  const checks = { database: () => checkDatabase(source), ...readyChecks };
  registerHealth(http, { checks, warnings });
  registerDisclosureHead(http, { source, authenticate });
  registerGraphQL(http, {
    path: graphqlPath,
    pipeline,
    limiter,
    createContext: async ({ request, requestId, watchClient }): Promise<PartnerContext> => {
      const { method, url: path, headers } = request;
      const body = Buffer.isBuffer(request.body) ? request.body : '';
      const authenticated = await authenticate({ method, path, body, headers });
      // It is signed: what is not has been refused.
      const leftMs = readTimeLeft(headers[timeLeftHeader]);
      return {
        ...authenticated,
        disclosures: createDisclosureNote(),
        missing: createMissingNote(),
        askHub: leftMs === undefined ? askHub : limitAskHub(askHub, performance.now() + leftMs),
        partner,
        countThreshold,
        source,
        loaders: new Loaders(source),
        clock,
        requestId,
        // SQLite reads in this process, and is not stopped.
        clientSignal: source.options.type === 'postgres' ? watchClient() : undefined,
      };
    },
  });
  const end = async () => {
    await http.close();
    await pipeline.stop();
    await onClose?.();
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
