import { buildSchema, graphql } from 'graphql';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Fault, createFaultProxy } from './fault-proxy.js';
import { type ResponseFault, responseFaults } from './response-faults.js';
import { type WireFault, wireFaults } from './wire-faults.js';

const rows = ['a', 'b', 'c'].map((id) => ({ __typename: 'Row', id, name: `name of ${id}` }));

const schema = buildSchema(`
  scalar Any
  type Row { id: ID! name: String }
  type Query { rows: [Row] _entities(representations: [Any!]!): [Row] }
`);

/** A real GraphQL server over three rows. */
async function startPartner() {
  const rootValue = {
    rows,
    _entities: ({ representations }: { representations: { id: string }[] }) =>
      representations.map(({ id }) => rows.find((row) => row.id === id)),
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
    const answer = await graphql({
      schema,
      rootValue,
      source: query,
      variableValues: { ...variables },
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const entitiesQuery =
  'query ($r: [Any!]!) { _entities(representations: $r) { __typename ... on Row { id name } } }';
const representations = rows.map(({ id }) => ({ __typename: 'Row', id }));

async function post(url: string, body: object, timeoutMs = 2000): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
}

const askRows = (url: string, timeoutMs?: number) =>
  post(url, { query: '{ rows { __typename id name } }' }, timeoutMs);
const askEntities = (url: string, timeoutMs?: number) =>
  post(url, { query: entitiesQuery, variables: { r: representations } }, timeoutMs);

/** The result of a request, in a word. */
async function outcome(asked: Promise<Response>): Promise<unknown> {
  try {
    const response = await asked;
    const body = await response.text();
    try {
      return response.ok ? (JSON.parse(body) as unknown) : response.status;
    } catch {
      return response.ok ? 'not JSON' : response.status;
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.name === 'TimeoutError' ? 'no end' : 'broken';
  }
}

const expectedOnWire: Record<WireFault, unknown> = {
  resetBefore: 'broken',
  resetMidway: 'broken',
  hang: 'no end',
  hangMidway: 'no end',
  drip: 'no end',
  garbage: 'broken',
  garbageBody: 'not JSON',
  emptyBody: 'not JSON',
  notAnObject: [1, 'two', null],
  html: 'not JSON',
  htmlType: { data: { rows } },
  status500: 500,
  status503: 503,
  status404: 404,
  status204: 'not JSON',
  status401: 401,
  redirect: 307,
  oversize: 'no end',
  oversizeLength: 'no end',
  hugeHeaders: 'broken',
  truncatedLength: 'broken',
  truncatedChunk: 'broken',
  wrongEncoding: 'broken',
  invalidUtf8: {
    data: { rows: [{ ...rows[0], __typename: '\ufffd(\ufffdRow' }, rows[1], rows[2]] },
  },
  deepJson: 'too deep',
};

/** Reads at most a few bytes, so that an endless response costs nothing here. */
async function outcomeOf(fault: Fault, asked: Promise<Response>): Promise<unknown> {
  if (fault !== 'oversize' && fault !== 'deepJson') return outcome(asked);
  const reader = (await asked).body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  const start = Buffer.from(first?.value ?? []).toString();
  if (fault === 'oversize') return start.startsWith('{"data":{"endless":"') ? 'no end' : start;
  return start.startsWith('{"data":[[[[') ? 'too deep' : start;
}

describe('createFaultProxy', () => {
  it('passes requests and responses on if no fault is set', async () => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    expect(await outcome(askRows(proxy.url))).toEqual({ data: { rows } });
    expect(await outcome(askEntities(proxy.url))).toEqual({ data: { _entities: rows } });
    expect(proxy.requests.map(({ kind }) => kind)).toEqual(['roots', 'entities']);
    expect(proxy.requests[1]?.representations).toEqual(representations);
  });

  it.each(Object.keys(wireFaults) as WireFault[])('disturbs the connection: %s', async (fault) => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    await proxy.set({ fault });
    const expected = expectedOnWire[fault];
    const asked = askRows(proxy.url, expected === 'no end' ? 300 : undefined);
    expect(await outcomeOf(fault, asked)).toEqual(expected);
    expect(proxy.redirected).toBe(0);
    await proxy.clear();
    expect(await outcome(askRows(proxy.url))).toEqual({ data: { rows } });
  });

  it('closes the port for refuse, and opens the same one again', async () => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    await proxy.set({ fault: 'refuse' });
    const { port } = new URL(proxy.url);
    const [error] = (await once(connect(Number(port), '127.0.0.1'), 'error').catch(
      (cause: unknown) => [cause],
    )) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await proxy.clear();
    expect(await outcome(askRows(proxy.url))).toEqual({ data: { rows } });
  });

  it('counts followed redirects', async () => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    await proxy.set({ fault: 'redirect' });
    const followed = await fetch(proxy.url, {
      method: 'POST',
      body: '{"query":"{ rows { id } }"}',
    });
    expect(await followed.json()).toEqual({ data: { redirected: true } });
    expect(proxy.redirected).toBe(1);
  });

  it('counts requests that were cancelled before a response', async () => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    await proxy.set({ fault: 'hang' });
    await outcome(askRows(proxy.url, 50));
    await expect.poll(() => proxy.abandoned).toBe(1);
  });

  it('disturbs only the chosen requests, and only the given number of times', async () => {
    await using partner = await startPartner();
    await using proxy = await createFaultProxy(partner.url);
    await proxy.set({ fault: 'status500', on: 'entities', times: 1 });
    expect(await outcome(askRows(proxy.url))).toEqual({ data: { rows } });
    expect(await outcome(askEntities(proxy.url))).toBe(500);
    expect(await outcome(askEntities(proxy.url))).toEqual({ data: { _entities: rows } });
    await proxy.set({ fault: 'status404', on: ({ query }) => query.includes('name') });
    expect(await outcome(askRows(proxy.url))).toBe(404);
    expect(await outcome(post(proxy.url, { query: '{ rows { id } }' }))).toMatchObject({
      data: {},
    });
  });
});

const [a, b, c] = rows;

const expectedResponse: Record<ResponseFault, object> = {
  extraKeys: {
    data: { forged: 'forged', _entities: rows.map((row) => ({ ...row, forged: 'forged' })) },
  },
  extraRootKeys: {
    data: { _entities: rows, forged: 'forged', __schema: null },
    extensions: { forged: 'forged' },
  },
  permuted: { data: { _entities: [c, b, a] } },
  short: { data: { _entities: [a, b] } },
  long: { data: { _entities: [a, b, c, c] } },
  nullEntities: { data: { _entities: [null, null, null] } },
  nullList: { data: { _entities: null } },
  nullData: { data: null },
  noData: {},
  forgedKeys: { data: { _entities: rows.map((row) => ({ ...row, id: `${row.id}-forged` })) } },
  forgedTypename: { data: { _entities: rows.map((row) => ({ ...row, __typename: 'Forged' })) } },
  nullLeaves: { data: { _entities: rows.map(() => ({ __typename: null, id: null, name: null })) } },
  wrongTypes: {
    data: {
      _entities: rows.map(({ __typename: type, id, name }) => ({
        __typename: { wrong: type },
        id: { wrong: id },
        name: { wrong: name },
      })),
    },
  },
  listsAsObjects: { data: { _entities: { 0: a, 1: b, 2: c } } },
  errorForeignPath: {
    data: { _entities: null },
    errors: [{ path: ['somebodyElse', 0, 'secret'] }],
  },
  errorLeak: { errors: [{ path: ['_entities'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  errorForbiddenLeak: { errors: [{ path: ['_entities'], extensions: { code: 'FORBIDDEN' } }] },
  errorUnauthenticated: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  errorUnknownCode: { errors: [{ extensions: { code: 'PARTNER_EATEN_BY_BEAR' } }] },
  errorWithoutPath: { data: { _entities: null }, errors: [{}] },
  errorPartnerCode: { errors: [{ extensions: { code: 'PARTNER_TIMED_OUT' } }] },
  errorsNotAList: { data: { _entities: rows }, errors: expect.any(String) as string },
  errorsOfNothing: { data: { _entities: rows }, errors: [null, 7, [], { message: 1, path: 'x' }] },
};

describe('responseFaults', () => {
  it.each(Object.keys(responseFaults) as ResponseFault[])(
    'changes the response: %s',
    async (fault) => {
      await using partner = await startPartner();
      await using proxy = await createFaultProxy(partner.url);
      await proxy.set({ fault, on: 'entities' });
      expect(await outcome(askEntities(proxy.url))).toMatchObject(expectedResponse[fault]);
      expect(await outcome(askRows(proxy.url))).toEqual({ data: { rows } });
    },
  );
});
