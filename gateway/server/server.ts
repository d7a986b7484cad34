import {
  type ConnectionLimits,
  defaultLimits,
  type OperationLimiter,
  type ServedContext,
} from '@hub/shared/graphql';
import { readTimeLeft } from '@hub/shared/identity';
import {
  createHttpServer,
  defaultDrain,
  type Drain,
  type GraphQLOptions,
  listen,
  type ReadyChecks,
  registerGraphQL,
  registerHealth,
  type RequestCounting,
  type ServedTls,
} from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import type { FastifyRequest } from 'fastify';
import type { PluginServer, Served, ServedPlugin } from '../hub-plugin.js';
import { type HubRequest, readHubRequest, type Sender } from './hub-request.js';
import { useRefusalPages } from './refusal-page.js';
import { sessionHeader, type Sessions } from './security/sessions.js';

/** The part of a hub that the server uses. */
interface ServedHub<Context extends ServedContext> {
  readonly pipeline: GraphQLOptions<Context>['pipeline'];
  /** What plugins add. @default nothing */
  readonly plugins?: readonly ServedPlugin<Context>[];
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
  /** The sessions of browsers. @default no cookie is read */
  readonly sessions?: Sessions | undefined;
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
  /** Origins whose pages may send requests and read responses. @default those of plugins alone */
  readonly allowedOrigins?: readonly string[];
  /** Limits of one client. @default `defaultLimits` */
  readonly limits?: ConnectionLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is trusted. @default none */
  readonly trustedProxies?: readonly string[];
  /** Compresses responses for clients that ask. @default true */
  readonly compresses?: boolean;
  /** The certificate that it presents to clients. @default plain HTTP */
  readonly tls?: ServedTls | undefined;
}

/** The hub on a port. Closing it completes requests in flight, and does not close the hub itself. */
export interface HubServer extends AsyncDisposable {
  /** Prepares what clients need not wait for. To be called before it listens. */
  join(): Promise<void>;
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
/** With the value `1`, the hub keeps what a third party needs to verify the operation. */
const evidenceHeader = 'hub-evidence';

/** Serves a hub over HTTP: the graph, health, and what plugins add. */
export async function createHubServer<Context extends ServedContext>({
  hub,
  logger,
  allowedOrigins: ownOrigins = [],
  limits = defaultLimits,
  trustedProxies,
  tls,
  compresses = true,
}: HubServerOptions<Context>): Promise<HubServer> {
  let drain = defaultDrain;
  const { plugins = [] } = hub;
  const allowedOrigins = [
    ...ownOrigins,
    ...plugins.flatMap((plugin) => plugin.allowedOrigins ?? []),
  ];
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
  if (hub.sessions) useSessions(http, hub.sessions);
  const senderOf = ({ headers: { authorization }, ip: address }: FastifyRequest): Sender => ({
    authorization,
    address,
  });
  const counting: RequestCounting = {
    meter: findPart(plugins, 'meter')?.operations,
    countRefused: async (request, bytes) => hub.countRefused?.(senderOf(request), bytes),
    checkRate: async (request) => hub.checkRate?.(senderOf(request)),
  };
  /** The graphs of plugins, at paths of their own. */
  const graphs: Parameters<PluginServer<Context>['serveGraph']>[] = [];
  const served = await servePlugins(plugins, {
    http,
    counting,
    allowedOrigins,
    scheme: tls && 'https',
    writeFeed: findPart(plugins, 'writeFeed'),
    serveGraph: (...graph) => void graphs.push(graph),
  });
  useRefusalPages(http, http.hasRoute({ method: 'GET', url: '/' }));
  const graph: Omit<GraphQLOptions<Context>, 'path' | 'pipeline'> = {
    limiter: hub.limiter,
    isCode: hub.isCode,
    compresses,
    ...counting,
    subscribe: findPart(served, 'subscribe'),
    createContext({ request, request: { headers }, watchClient }) {
      const sent = readHubRequest(request, watchClient());
      // Written out: V8 makes new hidden classes for each `{ ...sent, more }`, among its old objects.
      return hub.createContext({
        requestId: sent.requestId,
        signal: sent.signal,
        authorization: sent.authorization,
        address: sent.address,
        headers: sent.headers,
        clientName: sent.clientName,
        purpose: sent.purpose,
        deadlineMs: sent.deadlineMs,
        timeLeftMs: readTimeLeft(headers),
        wantsEvidence: headers[evidenceHeader] === '1',
        wantsTrace: headers[traceHeader] === '1',
        wantsFresh: headers['cache-control']?.toLowerCase().includes('no-cache'),
      });
    },
  };
  registerGraphQL(http, {
    ...graph,
    path: graphqlPath,
    pipeline: hub.pipeline,
    resolveDocument: findPart(served, 'resolveDocument'),
    page: findPart(served, 'page'),
  });
  for (const [path, pipeline, check] of graphs)
    registerGraphQL(http, {
      ...graph,
      path,
      pipeline,
      async createContext(call) {
        const context = await graph.createContext(call);
        check(call.request);
        return context;
      },
    });
  let closed: Promise<void> | undefined;
  const close = async (wanted = drain): Promise<void> => {
    drain = wanted;
    await (closed ??= Promise.resolve(http.close()));
  };
  return {
    async join() {
      for (const { join } of served) await join?.();
    },
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

/** A request of the hub’s pages is one of the person who has signed in, whatever it asks for. */
function useSessions(http: Awaited<ReturnType<typeof createHttpServer>>, sessions: Sessions): void {
  http.addHook('onRequest', (request, _reply, done) => {
    if (request.headers[sessionHeader] === undefined) return done();
    sessions.authorize(request).then((authorization) => {
      if (authorization !== undefined) request.raw.headers.authorization = authorization;
      done();
    }, done);
  });
}

/** Lets plugins add their routes, one after the other. */
async function servePlugins<Context extends ServedContext>(
  plugins: readonly ServedPlugin<Context>[],
  server: PluginServer<Context>,
): Promise<readonly Served<Context>[]> {
  const served: Served<Context>[] = [];
  for (const plugin of plugins) served.push((await plugin.serve?.(server)) ?? {});
  return served;
}

/** The part of the first that has it. */
const findPart = <Parts extends object, Name extends keyof Parts>(
  all: readonly Parts[],
  name: Name,
): Parts[Name] | undefined => all.find((parts) => parts[name] !== undefined)?.[name];
