import { GraphQLString } from 'graphql';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import type { ClientSignal } from '../../../graphql/operations/served-context.js';
import { createSignal, openTestServer, type TestServer } from './test-graphql.js';

const legacy = { accept: 'application/json' };
const current = { accept: 'application/graphql-response+json' };

interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Record<string, unknown>;
  }[];
}

async function read(response: Promise<Response>) {
  const { status, headers, ...answer } = await response.then(async (it) => ({
    status: it.status,
    headers: it.headers,
    body: (await it.json()) as Body,
  }));
  return { status, headers, ...answer, code: answer.body.errors?.[0]?.extensions.code };
}

const get = (server: TestServer, parameters: Record<string, string>, headers = {}) =>
  fetch(`${server.origin}/graphql?${new URLSearchParams(parameters).toString()}`, { headers });

describe('POST /graphql', () => {
  it('returns data, and forbids caching', async () => {
    await using server = await openTestServer();
    const { status, headers, body } = await read(server.post({ query: '{ greeting }' }));
    expect({ status, body }).toEqual({ status: 200, body: { data: { greeting: 'hei' } } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    { what: 'a document that does not parse', query: '{', expected: 'GRAPHQL_PARSE_FAILED' },
    {
      what: 'a document that is not valid',
      query: '{ nothing }',
      expected: 'GRAPHQL_VALIDATION_FAILED',
    },
    {
      what: 'a variable that cannot be coerced',
      query: 'query ($n: Int!) { echo(first: $n) }',
      expected: 'BAD_USER_INPUT',
    },
  ])('sends $what with the status that the Accept header requires', async ({ query, expected }) => {
    await using server = await openTestServer();
    const answers = await Promise.all(
      [legacy, current, { accept: '*/*' }].map((accept) => read(server.post({ query }, accept))),
    );
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [200, expected],
      [400, expected],
      [400, expected],
    ]);
    expect(answers.every(({ body }) => !('data' in body))).toBe(true);
  });

  it('sends data with an error as 294 Partial Success, and as 200 in application/json', async () => {
    await using server = await openTestServer();
    const post = (headers: Record<string, string>) =>
      server.post({ query: '{ greeting refused }' }, headers);
    const partial = await post(current);
    expect([partial.status, partial.statusText]).toEqual([294, 'Partial Success']);
    expect((await server.post({ query: '{ refused }' }, current)).status).toBe(294);
    expect((await post({ accept: '*/*' })).status).toBe(200);
    const { status, body } = await read(post(legacy));
    expect(status).toBe(200);
    expect(await partial.json()).toEqual(body);
    expect(body).toMatchObject({
      data: { greeting: 'hei', refused: null },
      errors: [
        {
          message: 'Not now.',
          path: ['refused'],
          extensions: { code: 'RULE_VIOLATED', rule: 'TOO_EARLY' },
        },
      ],
    });
  });

  it.each([
    { what: 'a batch of more than 100', body: Array(101).fill({ query: '{ greeting }' }) },
    { what: 'a text', body: '"{ greeting }"' },
    { what: 'half an object', body: '{"query": "{ gre' },
    { what: 'nothing', body: '' },
    {
      what: 'bytes that are not UTF-8',
      body: Buffer.from('{"query":"{ greeting } #\xff"}', 'latin1'),
    },
    {
      what: 'a hash of another document',
      body: {
        query: '{ greeting }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
      },
    },
    { what: 'an unknown onError', body: { query: '{ greeting }', onError: 'null' } },
    { what: 'a document’s id of another form', body: { documentId: 'a'.repeat(64) } },
    {
      what: 'a document’s id beside a text',
      body: { documentId: `sha256:${'a'.repeat(64)}`, query: '{ greeting }' },
    },
  ])('rejects $what as BAD_REQUEST', async ({ body }) => {
    await using server = await openTestServer();
    for (const accept of [legacy, current]) {
      expect(await read(server.post(body, accept))).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
      });
    }
  });

  it.each([
    {
      what: 'an unknown operation',
      body: { query: 'query A { greeting }', operationName: 'B' },
    },
    {
      what: 'several operations without a name',
      body: { query: 'query A { greeting } query B { greeting }' },
    },
  ])('rejects $what as BAD_REQUEST, with 422 in its own media type', async ({ body }) => {
    await using server = await openTestServer();
    const answers = await Promise.all(
      [legacy, current, { accept: '*/*' }].map((accept) => read(server.post(body, accept))),
    );
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [400, 'BAD_REQUEST'],
      [422, 'BAD_REQUEST'],
      [400, 'BAD_REQUEST'],
    ]);
  });

  it('ignores unknown extensions and parameters', async () => {
    await using server = await openTestServer();
    const body = { query: '{ greeting }', extensions: { some: { thing: 1 } }, other: true };
    expect(await read(server.post(body))).toMatchObject({ status: 200 });
  });

  it('rejects a document that is nested too deeply for its parser', async () => {
    await using server = await openTestServer();
    const query = '{ a '.repeat(100_000) + '}'.repeat(100_000);
    expect(await read(server.post({ query }, legacy))).toMatchObject({
      status: 400,
      code: 'QUERY_TOO_COMPLEX',
    });
    expect(await read(server.post({ query: '{ greeting }' }))).toMatchObject({ status: 200 });
  });

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json; charset=utf-16',
    'application/jsonp',
  ])('executes nothing that is sent as %s', async (type) => {
    await using server = await openTestServer();
    const answer = await read(
      server.post({ query: 'mutation { change }' }, { 'content-type': type }),
    );
    expect(answer).toMatchObject({ status: 415, code: 'BAD_REQUEST' });
  });

  it('sends 406 to a client that accepts no supported media type', async () => {
    await using server = await openTestServer();
    const answer = await read(server.post({ query: '{ greeting }' }, { accept: 'image/png' }));
    expect(answer).toMatchObject({ status: 406, code: 'BAD_REQUEST' });
  });

  it('refuses what its context refuses, with the status of the code', async () => {
    await using server = await openTestServer({
      createContext: () => Promise.reject(new HubError('UNAUTHENTICATED')),
    });
    const { status, code, headers } = await read(server.post({ query: '{ greeting }' }, legacy));
    expect({ status, code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([['a text'], [undefined], [null]])(
    'hides a thrown value that is not an error: %s',
    async (thrown) => {
      await using server = await openTestServer({
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is the case
        createContext: () => Promise.reject(thrown),
      });
      const { status, code, body } = await read(server.post({ query: '{ greeting }' }, legacy));
      expect({ status, code }).toEqual({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
      expect(JSON.stringify(body)).not.toContain('a text');
    },
  );

  it('tells the resolvers that the client disconnected', async () => {
    const asked = createSignal<ClientSignal>();
    const aborted = createSignal();
    await using server = await openTestServer({
      fields: {
        slow: {
          type: GraphQLString,
          async resolve(_source, _given, { signal }) {
            signal.addEventListener('abort', () => aborted.resolve());
            asked.resolve(signal);
            await aborted.promise;
          },
        },
      },
    });
    const client = new AbortController();
    const answer = fetch(`${server.origin}/graphql?query={slow}`, { signal: client.signal });
    await asked.promise;
    client.abort();
    await expect(answer).rejects.toThrow();
    await aborted.promise;
    expect((await asked.promise).aborted).toBe(true);
  });
});

describe('GET /graphql', () => {
  it('executes a query with variables', async () => {
    await using server = await openTestServer();
    const query = 'query ($n: Int!) { echo(first: $n) }';
    const { status, body } = await read(get(server, { query, variables: '{"n": 7}' }));
    expect({ status, data: body.data }).toEqual({ status: 200, data: { echo: '{"first":7}' } });
  });

  it('rejects a mutation with 405 and executes nothing', async () => {
    await using server = await openTestServer();
    for (const accept of [legacy, current]) {
      const { status, code, headers, body } = await read(
        get(server, { query: 'mutation { change }' }, accept),
      );
      expect({ status, code, allow: headers.get('allow') }).toEqual({
        status: 405,
        code: 'BAD_REQUEST',
        allow: 'POST',
      });
      expect(body.data).toBeUndefined();
    }
  });

  it.each([
    '',
    '?query=%FF',
    '?query=%7Bgreeting%7D&query=x',
    '?query=%7Bgreeting%7D&variables=%7B',
    '?query=%7Bgreeting%7D&variables=[]',
  ])('rejects %j as BAD_REQUEST', async (search) => {
    await using server = await openTestServer();
    const answer = await read(fetch(`${server.origin}/graphql${search}`));
    expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('sends a browser the page, and executes its queries', async () => {
    const page = { html: '<h1>Hei</h1>', contentSecurityPolicy: "default-src 'none'" };
    await using server = await openTestServer({ page });
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
    const opened = await fetch(`${server.origin}/graphql`, { headers: browser });
    expect(await opened.text()).toBe('<h1>Hei</h1>');
    expect(opened.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(await read(get(server, { query: '{ greeting }' }, browser))).toMatchObject({
      status: 200,
    });
  });
});

describe('PUT /graphql', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s with 405', async (method) => {
    await using server = await openTestServer();
    const answer = await read(fetch(`${server.origin}/graphql`, { method }));
    expect(answer).toMatchObject({ status: 405, code: 'BAD_REQUEST' });
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });
});

describe('PERSISTED_QUERY_NOT_FOUND', () => {
  it('is sent for a hash without a document until both were sent together', async () => {
    await using server = await openTestServer();
    const query = '{ greeting }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const unknown = await read(server.post({ extensions }, { accept: 'application/json' }));
    expect(unknown).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(
      await read(server.post({ extensions }, { accept: 'application/graphql-response+json' })),
    ).toMatchObject({ status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    await read(server.post({ query, extensions }));
    expect(await read(server.post({ extensions }))).toMatchObject({ status: 200 });
  });
});

describe('variables', () => {
  it('are rejected if one is named `__proto__`, which is harmless in a default value', async () => {
    await using server = await openTestServer();
    const given = '{"query":"{ greeting }","variables":{"__proto__":{"first":9}}}';
    expect((await server.post(given)).status).toBe(400);
    await server.post({ query: 'query ($__proto__: Int = 3) { echo(first: $__proto__) }' });
    expect(({} as Record<string, unknown>).first).toBeUndefined();
  });

  it('may have names of inherited properties, and are undefined if not given', async () => {
    await using server = await openTestServer();
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      const query = `query ($${name}: Int = 3) { echo(first: $${name}) }`;
      expect(await (await server.post({ query })).json()).toEqual({
        data: { echo: '{"first":3}' },
      });
      const variables = { [name]: 7 };
      expect(await (await server.post({ query, variables })).json()).toEqual({
        data: { echo: '{"first":7}' },
      });
    }
  });
});
