import { HubError } from '@hub/shared/errors';
import { OperationPipeline } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/system';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { ServedPlugin } from '../hub-plugin.js';
import { registerExports } from '../plugins/exports/register-exports.js';
import { registerMcp } from '../plugins/mcp/register-mcp.js';
import type { HubRequest } from './hub-request.js';
import { createHubServer, type HubServerOptions } from './server.js';

interface Context {
  readonly requestId: string;
  readonly seen: string;
}

async function openServer(
  options: Partial<HubServerOptions<Context>> = {},
  ...plugins: readonly ServedPlugin<Context>[]
) {
  const reader = {
    type: GraphQLString,
    resolve: (_source: unknown, _given: unknown, context: Context) => context.seen,
  };
  const query = new GraphQLObjectType({ name: 'Query', fields: { reader } });
  const pipeline = new OperationPipeline<Context>({
    source: { schema: new GraphQLSchema({ query }) },
    logger: silentLogger,
  });
  await pipeline.start();
  const hub = {
    pipeline,
    plugins,
    isReady: () => true,
    async createContext({
      requestId,
      authorization,
      address,
      wantsFresh,
      clientName,
    }: HubRequest): Promise<Context> {
      if (authorization === 'Bearer bad') throw new HubError('UNAUTHENTICATED');
      if (authorization === 'Bearer busy') throw new HubError('RATE_LIMITED', { retryAfter: 7 });
      if (authorization === 'Bearer where') return { requestId, seen: String(address) };
      if (authorization === 'Bearer fresh') return { requestId, seen: String(wantsFresh) };
      if (authorization === 'Bearer name') return { requestId, seen: String(clientName) };
      return { requestId, seen: authorization ?? 'anonymous' };
    },
  };
  return createHubServer<Context>({ hub, logger: silentLogger, ...options });
}

const ask = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}?query={reader}`, { headers });

describe('createHubServer', () => {
  it('counts a body over the limit against its caller, and says when the rate is used up', async () => {
    const counted: unknown[] = [];
    const pipeline = { run: () => Promise.reject(new Error('not run')) };
    await using server = await createHubServer<Context>({
      logger: silentLogger,
      hub: {
        pipeline,
        isReady: () => true,
        createContext: () => Promise.reject(new Error('no context')),
        async countRefused(request, bytes) {
          counted.push({ ...request, bytes });
          if (counted.length > 1) throw new HubError('RATE_LIMITED', { retryAfter: 7 });
        },
      },
    });
    const url = await server.listen(0);
    const post = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer good' },
        body: 'x'.repeat(1_000_001),
      });
    expect((await post()).status).toBe(413);
    expect((await post()).status).toBe(429);
    const first = { authorization: 'Bearer good', address: '127.0.0.1', bytes: 1_000_001 };
    expect(counted).toEqual([first, first]);
  });

  it('passes the authorization header to the hub', async () => {
    await using server = await openServer();
    const url = await server.listen(0);
    expect(await (await ask(url)).json()).toEqual({ data: { reader: 'anonymous' } });
    const answer = await ask(url, { authorization: 'Bearer good' });
    expect(await answer.json()).toEqual({ data: { reader: 'Bearer good' } });
  });

  it('sends 401 if the hub rejects it', async () => {
    await using server = await openServer();
    const answer = await ask(await server.listen(0), { authorization: 'Bearer bad' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('tells the hub if a client accepts no cached response, in any spelling', async () => {
    await using server = await openServer();
    const url = await server.listen(0);
    const seen = async (control: string) => {
      const headers = { authorization: 'Bearer fresh', 'cache-control': control };
      const response = await ask(url, headers);
      const answer: unknown = await response.json();
      return answer;
    };
    expect(await seen('no-cache')).toEqual({ data: { reader: 'true' } });
    expect(await seen('max-age=0, No-Cache')).toEqual({ data: { reader: 'true' } });
    expect(await seen('max-age=60')).toEqual({ data: { reader: 'false' } });
  });

  it('tells the hub what a client calls its program', async () => {
    await using server = await openServer();
    const name = { authorization: 'Bearer name', 'apollographql-client-name': 'desk' };
    const response = await ask(await server.listen(0), name);
    expect(await response.json()).toEqual({ data: { reader: 'desk' } });
  });

  it('tells the hub the client’s address, and believes only trusted proxies', async () => {
    const seen = async (trustedProxies?: string[]) => {
      await using server = await openServer({ trustedProxies });
      const headers = { authorization: 'Bearer where', 'x-forwarded-for': '192.0.2.7' };
      const response = await ask(await server.listen(0), headers);
      return await response.json();
    };
    expect(await seen()).toEqual({ data: { reader: '127.0.0.1' } });
    expect(await seen(['192.0.2.1'])).toEqual({ data: { reader: '127.0.0.1' } });
    expect(await seen(['127.0.0.1'])).toEqual({ data: { reader: '192.0.2.7' } });
  });

  it('sends 429 with `retry-after` if the hub refuses the request', async () => {
    await using server = await openServer();
    const answer = await ask(await server.listen(0), { authorization: 'Bearer busy' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }],
    });
  });

  it('allows the origins of its operator and of plugins, and no other', async () => {
    const [own, added] = ['https://desk.example.org', 'https://tool.example.org'];
    const plugin = { allowedOrigins: [added] };
    await using server = await openServer({ allowedOrigins: [own] }, plugin);
    const url = await server.listen(0);
    const origins = [own, added, 'https://example.org'];
    const answers = await Promise.all(origins.map((origin) => ask(url, { origin })));
    expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      own,
      added,
      null,
    ]);
  });

  it('sends browsers the page at the URL of the graph', async () => {
    const page = { html: '<h1>Hei</h1>', contentSecurityPolicy: "default-src 'none'" };
    await using server = await openServer({}, { serve: async () => ({ page }) });
    const answer = await fetch(await server.listen(0), {
      headers: { accept: 'text/html,*/*;q=0.8' },
    });
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe('<h1>Hei</h1>');
  });

  it('reports whether the hub is ready', async () => {
    await using server = await openServer();
    const answer = await fetch(new URL('/health/ready', await server.listen(0)));
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status: 200,
      body: { status: 'ready' },
    });
  });
});

describe('a refusal', () => {
  const refusing: ServedPlugin<Context> = {
    serve: async ({ http }) =>
      registerExports(http, {
        open: () => Promise.reject(new HubError('FORBIDDEN', { message: '<b>No.</b>' })),
      }),
  };
  const openExports = () => openServer({}, refusing);
  const browser = {
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'fr, et-EE;q=0.8',
  };

  it.each([
    ['/export/delegates.csv', 403, 'FORBIDDEN'],
    ['/no/such/page', 404, 'NOT_FOUND'],
  ])(
    'of %s is a page for browsers, in their language, and JSON for programs',
    async (path, status, code) => {
      await using server = await openExports();
      const url = new URL(path, await server.listen(0));
      const page = await fetch(url, { headers: browser });
      const text = await page.text();
      expect([page.status, page.headers.get('content-type')]).toEqual([
        status,
        'text/html; charset=utf-8',
      ]);
      expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
      expect(text).toContain('<html lang="et">');
      expect(text).toContain(code);
      expect(text).not.toContain('<b>');
      for (const accept of ['*/*', 'application/json', 'text/csv, text/html;q=0.1']) {
        const response = await fetch(url, { headers: { accept } });
        expect(response.status).toBe(status);
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
      }
    },
  );

  it('of the graph stays JSON, whoever asks', async () => {
    await using server = await openExports();
    const response = await ask(await server.listen(0), { ...browser, authorization: 'Bearer bad' });
    expect(response.headers.get('content-type')).not.toContain('html');
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });
});

describe('/.well-known/oauth-protected-resource', () => {
  const authorizationServers = ['https://login.example.org/dk'];
  const mcp = { respond: () => Promise.reject(new HubError('UNAUTHENTICATED')) };
  const plugin: ServedPlugin<Context> = {
    serve: async ({ http, counting, ...server }) =>
      registerMcp(http, mcp, { ...server, ...counting, authorizationServers }),
  };

  it('says where people sign in, and each 401 names it', async () => {
    await using server = await openServer({}, plugin);
    const { origin } = new URL(await server.listen(0));
    const refused = await fetch(`${origin}/mcp`, { method: 'POST', body: '{}' });
    const challenge = refused.headers.get('www-authenticate') ?? '';
    const [, address = ''] = /^Bearer resource_metadata="([^"]+)"$/.exec(challenge) ?? [];
    expect(address).toBe(`${origin}/.well-known/oauth-protected-resource/mcp`);
    for (const url of [address, `${origin}/.well-known/oauth-protected-resource`])
      expect(await (await fetch(url)).json()).toEqual({
        resource: `${origin}/mcp`,
        resource_name: 'Cooperation Hub',
        bearer_methods_supported: ['header'],
        authorization_servers: authorizationServers,
      });
    const graph = await ask(`${origin}/graphql`, { authorization: 'Bearer bad' });
    expect(graph.headers.get('www-authenticate')).toBe(challenge);
  });

  it('does not exist on a hub without tools', async () => {
    await using server = await openServer();
    const { origin } = new URL(await server.listen(0));
    expect((await fetch(`${origin}/.well-known/oauth-protected-resource`)).status).toBe(404);
    const graph = await ask(`${origin}/graphql`, { authorization: 'Bearer bad' });
    expect(graph.headers.get('www-authenticate')).toBe('Bearer');
  });
});
