import type { ServedContext } from '@hub/shared/graphql';
import {
  createHttpServer,
  defaultDrain,
  listen,
  registerGraphQL,
  registerHealth,
  type Drain,
  type GraphQLOptions,
  type Page,
  type ReadyChecks,
} from '@hub/shared/http';
import { ownClientNameHeader, readTimeLeft, timeLeftHeader } from '@hub/shared/identity';
import { defaultLimits, type ConnectionLimits, type OperationLimiter } from '@hub/shared/limits';
import type { Logger } from '@hub/shared/telemetry';
import type { HubRequest } from './hub-request.js';
import { registerExports, type ServedExports } from './register-exports.js';
import { registerLinks, type ServedLinks } from './register-links.js';

/** What the server needs of a hub. */
interface ServedHub<Context extends ServedContext> {
  readonly pipeline: GraphQLOptions<Context>['pipeline'];
  /** Refuses what is too large. @default nothing is refused */
  readonly limiter?: OperationLimiter;
  /** Throws to refuse the request. */
  createContext(request: HubRequest): Promise<Context>;
  /** Counts a request without a context, because its body was rejected. Throws to refuse it. */
  countRefused?(
    request: Pick<HubRequest, 'authorization' | 'address'>,
    bytes: number,
  ): Promise<void>;
  /** Counts a health request. Throws to refuse it. @default none is refused */
  countProbe?(address: string): void;
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
  /** Makes files for `/export`. @default there are none */
  readonly exports?: ServedExports;
  /** Makes links to calendars. @default there are none */
  readonly links?: ServedLinks | undefined;
  /** Limits of one client. @default `defaultLimits` */
  readonly limits?: ConnectionLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is trusted. @default none */
  readonly trustedProxies?: readonly string[];
}

/** The hub on a port. Closing it lets requests in flight end. It does not close the hub itself. */
export interface HubServer extends AsyncDisposable {
  /**
   * Listens, and returns the URL of the graph. Port 0 takes a free port.
   * @param host whose connections are accepted. @default this machine’s alone
   * @throws ListenError when the port cannot be used
   */
  listen(port: number, host?: string): Promise<string>;
  /** @param drain how long that may take. @default 8 s, and idle connections are closed at once */
  close(drain?: Drain): Promise<void>;
}

const graphqlPath = '/graphql';
export const apolloSandboxOrigin = 'https://studio.apollographql.com';

/** Serves a hub over HTTP: the graph, health, the page for browsers, and exports. */
export async function createHubServer<Context extends ServedContext>({
  hub,
  logger,
  allowedOrigins = [apolloSandboxOrigin],
  page,
  exports,
  links,
  limits = defaultLimits,
  trustedProxies,
}: HubServerOptions<Context>): Promise<HubServer> {
  let drain = defaultDrain;
  const http = await createHttpServer({
    logger,
    allowedOrigins,
    limits,
    trustedProxies,
    drain: () => drain,
  });
  registerHealth(http, {
    count: (address) => hub.countProbe?.(address),
    warningChecks: hub.warningChecks,
    checks: {
      supergraph: async () => ((await hub.isReady()) ? undefined : 'The hub has no supergraph.'),
      ...hub.readyChecks,
    },
  });
  registerGraphQL(http, {
    path: graphqlPath,
    pipeline: hub.pipeline,
    limiter: hub.limiter,
    page,
    isCode: hub.isCode,
    countRefused: async ({ headers: { authorization }, ip: address }, bytes) =>
      hub.countRefused?.({ authorization, address }, bytes),
    createContext: ({ request: { headers, ip }, requestId, watchClient }) =>
      hub.createContext({
        requestId,
        signal: watchClient(),
        authorization: headers.authorization,
        address: ip,
        timeLeftMs: readTimeLeft(headers[timeLeftHeader]),
        clientName: headers[ownClientNameHeader],
        wantsFresh: headers['cache-control']?.toLowerCase().includes('no-cache'),
      }),
  });
  if (exports) registerExports(http, exports);
  if (links) registerLinks(http, links);
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
