import { Refusal } from '@hub/shared/errors';
import type { ServedContext } from '@hub/shared/graphql';
import {
  createHttpServer,
  defaultDrain,
  listen,
  registerGraphQL,
  registerHealth,
  type Drain,
  type GraphQLOptions,
  type HttpRequest,
  type OperationMeter,
  type Page,
  type ReadyChecks,
  type RequestCounting,
} from '@hub/shared/http';
import { anonymous, readTimeLeft, timeLeftHeader } from '@hub/shared/identity';
import { defaultLimits, type ConnectionLimits, type OperationLimiter } from '@hub/shared/limits';
import { registerMetrics, type ServedMetrics } from '@hub/shared/metrics';
import type { Logger } from '@hub/shared/telemetry';
import type { ServedTls } from '@hub/shared/tls';
import type { ChangeNotices } from '../notices/change-notices.js';
import { readHubRequest, type HubRequest, type Sender } from './hub-request.js';
import { useRefusalPages } from './refusal-page.js';
import { registerChanges, type ServedChanges } from './register-changes.js';
import { registerExports, type ServedExports } from './register-exports.js';
import { registerHeads, type ServedHeads } from './register-heads.js';
import { registerLinks, type ServedLinks } from './register-links.js';
import { registerMcp, type ServedMcp } from './register-mcp.js';
import { registerPages, type ServedPages } from './register-pages.js';
import { registerRefresh, type ServedRefresh } from './register-refresh.js';

/** The part of a hub that the server uses. */
interface ServedHub<Context extends ServedContext> {
  readonly pipeline: GraphQLOptions<Context>['pipeline'];
  /** Each subgraph for other engines, by its path. @default none */
  readonly subgraphs?: ReadonlyMap<string, GraphQLOptions<Context>['pipeline']>;
  /** Refuses operations that are too large. @default none is refused */
  readonly limiter?: OperationLimiter;
  /** Throws to refuse the request. */
  createContext(request: HubRequest): Promise<Context>;
  /** Counts a request without a context, because its body was rejected. Throws to refuse it. */
  countRefused?(request: Sender, bytes: number): Promise<void>;
  /** Whether a caller may send a long body. Throws to refuse it. @default every caller may */
  checkRate?(request: Sender): Promise<void>;
  /** Counts a health request. Throws to refuse it. @default none is refused */
  countProbe?(address: string): void;
  /** Sends notices of changes. @default subscriptions are refused */
  readonly notices?: Pick<ChangeNotices, 'open' | 'close' | 'receive'> | undefined;
  /** Throws if a caller may not keep its stream of notices. @default every caller may */
  check?(authorization: string | undefined): Promise<void>;
  isReady(): boolean | Promise<boolean>;
  /** Whether clients may get errors with this code. @default those of the catalogue */
  isCode?(code: unknown): boolean;
  /** More checks of `/health/ready`. @default none */
  readonly readyChecks?: ReadyChecks;
  /** Warnings for operators in `/health/ready`. @default none */
  readonly warningChecks?: ReadyChecks | undefined;
}

export interface HubServerOptions<Context extends ServedContext> {
  readonly hub: ServedHub<Context>;
  readonly logger: Logger;
  /** Origins whose pages may send requests and read responses. @default Apollo Sandbox alone */
  readonly allowedOrigins?: readonly string[];
  /** The page for browsers that open the URL of the graph. @default none */
  readonly page?: Page;
  /** Whether a key is that of an engine that may ask the subgraphs. @default none may */
  readonly isEngineKey?: ((key: unknown) => boolean) | undefined;
  /** Makes files for `/export`. @default no exports */
  readonly exports?: ServedExports;
  /** Makes links to calendars. @default no links */
  readonly links?: ServedLinks | undefined;
  /** Makes the tools for assistants. @default no tools */
  readonly mcp?: ServedMcp | undefined;
  /** Where an assistant’s person signs in: the providers of the organisations. @default nowhere */
  readonly authorizationServers?: readonly string[];
  /** Accepts notices of partners that they have published something. @default none */
  readonly refresh?: ServedRefresh | undefined;
  /** Publishes the heads of the partners’ records. @default none are published */
  readonly heads?: ServedHeads | undefined;
  /** Verifies the changes that partners send. @default partners cannot send any */
  readonly changes?: Omit<ServedChanges, 'receive'> | undefined;
  /** Replaces the ids of trusted documents. @default all operations are sent as text */
  readonly resolveDocument?: GraphQLOptions<Context>['resolveDocument'];
  /** The hub’s own pages. @default none */
  readonly pages?: ServedPages | undefined;
  /** Limits of one client. @default `defaultLimits` */
  readonly limits?: ConnectionLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is trusted. @default none */
  readonly trustedProxies?: readonly string[];
  /** Compresses responses for clients that ask. @default true */
  readonly compresses?: boolean;
  /** The certificate that it presents to clients. @default plain HTTP */
  readonly tls?: ServedTls | undefined;
  /** Counts the operations, and serves `/metrics`. @default nothing is counted */
  readonly metrics?: (ServedMetrics & { readonly operations: OperationMeter }) | undefined;
}

/** The hub on a port. Closing it completes requests in flight, and does not close the hub itself. */
export interface HubServer extends AsyncDisposable {
  /**
   * Listens, and returns the URL of the graph. Port 0 takes a free port.
   * @param host whose connections are accepted. @default this machine’s alone
   * @throws ListenError when the port cannot be used
   */
  listen(port: number, host?: string): Promise<string>;
  /** @param drain how long closing may take. @default 8 s, and idle connections close at once */
  close(drain?: Drain): Promise<void>;
}

const graphqlPath = '/graphql';
/** With the value `1`, the response has `extensions.trace`. */
const traceHeader = 'hub-trace';
const engineKeyHeader = 'hub-engine-key';
/** With the value `1`, the hub keeps what a third party needs to verify the operation. */
const evidenceHeader = 'hub-evidence';
export const apolloSandboxOrigin = 'https://studio.apollographql.com';

/** Serves a hub over HTTP: the graph, health, the page for browsers, and exports. */
export async function createHubServer<Context extends ServedContext>({
  hub,
  logger,
  allowedOrigins = [apolloSandboxOrigin],
  page,
  isEngineKey = () => false,
  exports,
  links,
  mcp,
  authorizationServers = [],
  refresh,
  heads,
  changes,
  pages,
  resolveDocument,
  limits = defaultLimits,
  trustedProxies,
  tls,
  metrics,
  compresses = true,
}: HubServerOptions<Context>): Promise<HubServer> {
  let drain = defaultDrain;
  const http = await createHttpServer({
    logger,
    allowedOrigins,
    limits,
    trustedProxies,
    drain: () => drain,
    tls,
    http2: true,
  });
  registerHealth(http, {
    count: (address) => hub.countProbe?.(address),
    warningChecks: hub.warningChecks,
    checks: {
      supergraph: async () => ((await hub.isReady()) ? undefined : 'The hub has no supergraph.'),
      ...hub.readyChecks,
    },
  });
  if (tls) useStrictTransport(http);
  useRefusalPages(http, pages !== undefined);
  const senderOf = ({ headers: { authorization }, ip: address }: HttpRequest): Sender => ({
    authorization,
    address,
  });
  const counting: RequestCounting = {
    meter: metrics?.operations,
    countRefused: async (request, bytes) => hub.countRefused?.(senderOf(request), bytes),
    checkRate: async (request) => hub.checkRate?.(senderOf(request)),
  };
  if (metrics) registerMetrics(http, metrics, (address) => hub.countProbe?.(address));
  const served: Omit<GraphQLOptions<Context>, 'path' | 'pipeline'> = {
    limiter: hub.limiter,
    isCode: hub.isCode,
    compresses,
    ...counting,
    subscribe: subscribeTo(hub),
    createContext: ({ request, request: { headers }, watchClient }) =>
      hub.createContext({
        ...readHubRequest(request, watchClient()),
        timeLeftMs: readTimeLeft(headers[timeLeftHeader]),
        wantsEvidence: headers[evidenceHeader] === '1',
        wantsTrace: headers[traceHeader] === '1',
        wantsFresh: headers['cache-control']?.toLowerCase().includes('no-cache'),
      }),
  };
  registerGraphQL(http, {
    ...served,
    path: graphqlPath,
    pipeline: hub.pipeline,
    resolveDocument,
    page,
  });
  for (const [path, pipeline] of hub.subgraphs ?? [])
    registerGraphQL(http, {
      ...served,
      path,
      pipeline,
      async createContext(call) {
        const context = await served.createContext(call);
        if (isEngineKey(call.request.headers[engineKeyHeader])) return context;
        const message = `Subgraphs are for engines that send the hub’s key in ${engineKeyHeader}.`;
        throw new Refusal('FORBIDDEN', 403, { message });
      },
    });
  if (exports) registerExports(http, exports);
  if (links) registerLinks(http, links);
  if (mcp) {
    const scheme = tls && 'https';
    registerMcp(http, mcp, { allowedOrigins, authorizationServers, scheme, ...counting });
  }
  if (refresh) registerRefresh(http, refresh);
  if (heads) registerHeads(http, heads);
  const { notices } = hub;
  if (notices) {
    // Clients then connect to another worker.
    http.addHook('preClose', async () => notices.close());
    if (changes) registerChanges(http, { ...changes, receive: notices.receive });
  }
  if (pages) await registerPages(http, pages);
  let closed: Promise<void> | undefined;
  const close = async (wanted = drain): Promise<void> => {
    drain = wanted;
    await (closed ??= Promise.resolve(http.close()));
  };
  return {
    listen: async (port, host) => `${await listen(http, port, host)}${graphqlPath}`,
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

/** Browsers then use no plain connection for a year. A proxy that ends TLS says so itself. */
function useStrictTransport(http: Awaited<ReturnType<typeof createHttpServer>>): void {
  http.addHook('onRequest', (_request, reply, done) => {
    reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
}

/** Opens streams of notices for the caller of an operation. */
function subscribeTo<Context extends ServedContext>({
  notices,
  check,
}: Pick<ServedHub<Context>, 'notices' | 'check'>): GraphQLOptions<Context>['subscribe'] {
  if (!notices) return undefined;
  return (operation, context, { id: requestId, ip: address, headers }, signal) => {
    const { authorization } = headers;
    const lastEventId = headers['last-event-id'];
    return notices.open(operation, {
      reader: context.reader ?? anonymous,
      address,
      requestId,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
      signal,
      check: async () => check?.(authorization),
    });
  };
}
