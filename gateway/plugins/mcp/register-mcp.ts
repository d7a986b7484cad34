import { Refusal } from '@hub/shared/errors';
import { createAbortSignal, type ServedContext } from '@hub/shared/graphql';
import {
  admitRequest,
  countRefusals,
  type createHttpServer,
  type RequestCounting,
} from '@hub/shared/server';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { readHubRequest, type HubRequest } from '../../server/hub-request.js';

/** A message of an assistant. */
export interface McpRequest extends HubRequest {
  readonly signal: AbortSignal;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

interface McpResponse {
  readonly status: number;
  readonly type: string | null;
  readonly body: Buffer;
}

/** The tools for assistants. */
export interface ServedMcp {
  /**
   * Throws to refuse the request.
   * @param admit makes the context of the request, once
   */
  respond(
    request: McpRequest,
    admit: <Context extends ServedContext>(create: () => Promise<Context>) => Promise<Context>,
  ): Promise<McpResponse>;
}

const path = '/mcp';

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/**
 * A page of another site must not use a token or an address that only this browser has.
 * @throws `FORBIDDEN`
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 */
function checkOrigin(origin: string | undefined, allowed: readonly string[]): void {
  if (origin === undefined || allowed.includes(origin)) return;
  const message = 'Pages of this origin may not send requests. The operator can allow it.';
  throw new Refusal('FORBIDDEN', 403, { message });
}

/** RFC 9728: the path of the metadata, for clients that append the path of the resource or do not. */
const metadataPath = '/.well-known/oauth-protected-resource';
const metadataSeconds = 3_600;
/** A name or an address, and perhaps a port. */
const hostForm = /^(?:[\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * Says where the people of an assistant sign in, and names that in each 401.
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization
 */
function registerMetadata(
  http: HttpServer,
  { authorizationServers, scheme }: Pick<McpOptions, 'authorizationServers' | 'scheme'>,
): void {
  const originOf = ({ protocol, host }: FastifyRequest) =>
    hostForm.test(host) ? `${scheme ?? protocol}://${host}` : undefined;
  for (const url of [metadataPath, `${metadataPath}${path}`])
    http.get(url, async (request, reply) => {
      const origin = originOf(request);
      if (origin === undefined) throw new Refusal('BAD_REQUEST', 400);
      return reply.header('cache-control', `public, max-age=${metadataSeconds}`).send({
        resource: `${origin}${path}`,
        resource_name: 'Cooperation Hub',
        bearer_methods_supported: ['header'],
        ...(authorizationServers.length > 0 && { authorization_servers: authorizationServers }),
      });
    });
  http.addHook('onSend', (request, reply, payload, done) => {
    const origin = reply.statusCode === 401 ? originOf(request) : undefined;
    if (origin !== undefined)
      reply.header(
        'www-authenticate',
        `Bearer resource_metadata="${origin}${metadataPath}${path}"`,
      );
    done(null, payload);
  });
}

interface McpOptions extends RequestCounting {
  readonly allowedOrigins: readonly string[];
  /** The OpenID Connect providers of the organisations. */
  readonly authorizationServers: readonly string[];
  /** How clients reach the hub. @default as its proxy says */
  readonly scheme?: 'https' | undefined;
}

/** Serves the tools by POST. There are no sessions, so GET and DELETE have no meaning. */
export function registerMcp(http: HttpServer, mcp: ServedMcp, options: McpOptions): void {
  registerMetadata(http, options);
  void http.register(async (scope) => {
    countRefusals(scope, options);
    scope.post(path, {
      onRequest: async ({ headers }) => checkOrigin(headers.origin, options.allowedOrigins),
      handler: async (request, reply) => {
        const { headers, body } = request;
        const signal = createAbortSignal(reply.raw);
        const sent = {
          ...readHubRequest(request, signal),
          headers,
          body: body instanceof Uint8Array ? body : new Uint8Array(),
        };
        const response = await mcp.respond(sent, (create) => admitRequest(request, create));
        if (signal.aborted) return reply.hijack();
        if (response.type) reply.type(response.type);
        return reply.code(response.status).send(response.body);
      },
    });
    scope.route({
      method: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
      url: path,
      handler: async (_request, reply) => {
        reply.header('allow', 'POST');
        throw new Refusal('BAD_REQUEST', 405, { message: 'Tools must be called by POST.' });
      },
    });
  });
}
