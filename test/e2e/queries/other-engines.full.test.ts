import { ApolloServer } from '@apollo/server';
import { silentLogger } from '@hub/shared/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubgraphs } from '../../../gateway/plugins/other-engines/serve-subgraphs.js';
import { moveSubgraphs } from '../../../gateway/registry/supergraph-for-others.js';
import { createHubServer } from '../../../gateway/server/server.js';
import { sampleOf } from '../../sample.js';
import { examples } from '../network/examples.js';
import { createToken, type Answer, type Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
// After the hub, which turns the engine’s telemetry off before it loads.
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';

const engineKey = 'a secret of the operator and the engine';
const asker: Asker = { organisation: 'nbnp', role: 'coordinator' };

/** Its times differ from one request to the next. */
const timed = 'WhoAnswers';

describe('/subgraphs', () => {
  let network: OpenNetwork;
  let hubAddress: string;
  /** A new one each time: the tests may take longer than one is valid. */
  const authorization = async () => `Bearer ${await createToken(network.keys, asker)}`;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { engineKey });
    hubAddress = new URL('/', network.hubUrl).href;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  async function ask(
    subgraph: string,
    query: string,
    variables?: Record<string, unknown>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(`/subgraphs/${subgraph}`, hubAddress), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: await authorization(),
        'hub-engine-key': engineKey,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  /** The plain engine over the hub’s subgraphs, which forwards the caller’s token. */
  async function openPlain() {
    const supergraphSdl = moveSubgraphs(network.hub.supergraphSdl, hubAddress);
    const gateway = new ApolloGateway({
      supergraphSdl,
      logger: silentLogger,
      buildService: ({ url = '' }) =>
        new RemoteGraphQLDataSource({
          url,
          async willSendRequest({ request: { http } }) {
            http?.headers.set('authorization', await authorization());
            http?.headers.set('hub-engine-key', engineKey);
          },
        }),
    });
    const server = new ApolloServer({ gateway, logger: silentLogger });
    await server.start();
    return {
      async ask(query: string): Promise<Answer> {
        const { body } = await server.executeOperation({ query });
        if (body.kind !== 'single') throw new Error('An answer in parts.');
        return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
      },
      [Symbol.asyncDispose]: () => server.stop(),
    };
  }

  it('gives another engine what the hub itself answers to every example', async () => {
    await using plain = await openPlain();
    const queries = examples.filter(
      ({ name, query }) => query.startsWith('query') && name !== timed,
    );
    expect(queries.length).toBeGreaterThan(50);
    for (const { name, query } of sampleOf(3, queries)) {
      const [own, other] = [await network.ask(query), await plain.ask(query)];
      expect(own.extensions.completeness?.complete, name).toBe(true);
      expect(other.data, name).toEqual(own.data);
      expect(other.errors?.length ?? 0, name).toBe(own.errors?.length ?? 0);
    }
  });

  it('is not there unless the operator turns it on', async () => {
    await using hub = await network.openHubWithout([], { plugins: ['other-engines'] });
    await using server = await createHubServer({ hub: hub.hub, logger: silentLogger });
    const url = await server.listen(0);
    for (const name of ['hub', 'national-police', 'nbnp', 'ncm-offices']) {
      const statusAt = async (base: string) =>
        (await fetch(new URL(`/subgraphs/${name}?query={__typename}`, base))).status;
      expect([await statusAt(url), await statusAt(network.hubUrl)], name).toEqual([404, 403]);
    }
  });

  it('returns entities of several owners in the order of their representations', async () => {
    const ids = ['no:demo-officer-1', 'dk:demo-officer-1', 'xx:nobody', 'no:demo-officer-2'];
    const representations = ids.map((id) => ({ __typename: 'Officer', id }));
    const { data, errors } = await ask(
      'national-police',
      `query Twice($some: [_Any!]!, $with: Boolean!) {
        first: _entities(representations: $some) { ... on Officer { id rank @include(if: $with) } }
        __typename
        _entities(representations: [{ __typename: "Officer", id: "no:demo-officer-2" }]) {
          __typename ... on Officer { name: id }
        }
        none: _entities(representations: $some) { ... on Officer { id @skip(if: true) } }
      }`,
      { some: representations, with: false },
    );
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toEqual(['first', '__typename', '_entities', 'none']);
    // Nobody owns the third one. As in the graph, it has its key and nothing else.
    expect(data.first).toEqual(ids.map((id) => ({ id })));
    expect(data.__typename).toBe('Query');
    expect(data._entities).toEqual([{ __typename: 'Officer', name: 'no:demo-officer-2' }]);
    expect(data.none).toEqual([{}, {}, {}, {}]);
  });

  // The specification: a field that is skipped is not in the response, and an object of which every
  // field is skipped is there without fields.
  it('has no field that is skipped, at any depth, and no more than that', async () => {
    const { data, errors } = await ask(
      'nbnp',
      `query Skipped($with: Boolean!) {
        groups(first: 2) { nodes @include(if: false) { id } pageInfo { hasNextPage } }
        some: groups(first: 2) { ... @include(if: $with) { nodes { id } } totalCount }
        none: groups(first: 2) { nodes @include(if: $with) { id } }
        rows: groups(first: 2) { nodes { __typename id @skip(if: true) visits { id @include(if: $with) } } }
        edges: groups(first: 1) { edges { cursor @skip(if: true) node { name @include(if: $with) id } } }
        _entities(representations: [{ __typename: "Group", id: "nbnp:demo-group-1" }]) {
          ... on Group { id name @include(if: $with) visits { __typename id @skip(if: true) } }
        }
      }`,
      { with: false },
    );
    expect(errors).toBeUndefined();
    expect(data.groups).toEqual({ pageInfo: { hasNextPage: true } });
    expect(Object.keys(data.some)).toEqual(['totalCount']);
    expect(data.none).toEqual({});
    for (const row of data.rows.nodes) {
      expect(Object.keys(row)).toEqual(['__typename', 'visits']);
      for (const visit of row.visits) expect(visit).toEqual({});
    }
    expect(data.edges.edges.map(Object.keys)).toEqual([['node']]);
    expect(Object.keys(data.edges.edges[0].node)).toEqual(['id']);
    expect(Object.keys(data._entities[0])).toEqual(['id', 'visits']);
    for (const visit of data._entities[0].visits) expect(visit).toEqual({ __typename: 'Visit' });
  });

  it('has the text of the subgraph where introspection is allowed', async () => {
    const { data } = await ask('nbnp', '{ _service { text: sdl __typename } }');
    expect(data._service.text).toContain('type Programme');
    expect(data._service.__typename).toBe('_Service');
    await using closed = await network.openHubWithout([], { introspection: false });
    const pipeline = (await openSubgraphs(closed.hub, false)).get('/subgraphs/nbnp');
    const context = await closed.hub.createContext({
      requestId: 'test',
      signal: new AbortController().signal,
    });
    const response = await pipeline?.run({ query: '{ _service { sdl } }' }, context);
    expect(JSON.stringify(response?.body)).toContain('Introspection is not allowed here.');
  });

  it.each([
    ['no entity of it', [{ __typename: 'PageInfo' }]],
    ['of an unknown type', [{ __typename: 'Nothing', id: 'x' }]],
    ['without a type', [{ id: 'dk:1' }]],
  ])('refuses a representation that is %s', async (_, representations) => {
    const { errors } = await ask(
      'nbnp',
      'query Bad($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      { r: representations },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it.each(['', 'another secret of the same length as it is', `${engineKey}x`])(
    'refuses a caller without the key: %j',
    async (key) => {
      const { data, errors } = await ask('nbnp', '{ __typename }', {}, { 'hub-engine-key': key });
      expect(data).toBeUndefined();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    },
  );

  it('names a partner that is away, at its entities alone', async () => {
    await using hub = await network.openHubWithout(['no']);
    const context = await hub.hub.createContext({
      requestId: 'test',
      signal: new AbortController().signal,
      authorization: await authorization(),
    });
    const query = `{ _entities(representations: [
      { __typename: "Officer", id: "dk:demo-officer-1" }, { __typename: "Officer", id: "no:demo-officer-1" }
    ]) { ... on Officer { id } } }`;
    const opened = await openSubgraphs(hub.hub, true);
    const response = await opened.get('/subgraphs/national-police')?.run({ query }, context);
    if (response?.body.kind !== 'single') throw new Error('An answer in parts.');
    const { data, errors, extensions } = JSON.parse(
      JSON.stringify(response.body.singleResult),
    ) as Answer;
    expect(data._entities[0]).toEqual({ id: 'dk:demo-officer-1' });
    expect(errors?.map(({ path, extensions: { partner } }) => [path, partner])).toEqual([
      [['_entities', 1], 'no'],
    ]);
    expect(extensions.completeness?.partners['no']?.status).toBe('UNAVAILABLE');
  });
});
