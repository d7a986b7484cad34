import { ApolloClient, InMemoryCache } from '@apollo/client';
import { BatchHttpLink } from '@apollo/client/link/batch-http';
import { codegen as generate } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  type IntrospectionQuery,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as apolloClient from '../../dashboards/apollo-client.js';
import codegen from '../../dashboards/codegen.config.js';
import * as urql from '../../dashboards/urql.js';
import { allowedOrigin, openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const file = 'test/dashboards/events.ts';
const ofEvents = [file, codegen.generates[file]] as const;

describe('the dashboards of the guide', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const readAll = async () => {
    const query = '{ events(first: 1000) { nodes { id } } policeUnits { id } }';
    const { data } = await network.ask(query);
    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
    return { events: idsOf(data.events.nodes), units: idsOf(data.policeUnits) };
  };

  it.each([
    ['Apollo Client', apolloClient.readDashboard],
    ['urql', urql.readDashboard],
  ])('%s reads every page, and names who did not answer', async (_name, readDashboard) => {
    const all = await readAll();
    const whole = await readDashboard(network.hubUrl);
    expect(whole.missing).toEqual([]);
    expect(whole.pages.length).toBe(Math.ceil(all.events.length / 30));
    const read = whole.pages.flatMap(({ events }) => events?.nodes ?? []);
    expect(read.map(({ id }) => id)).toEqual(all.events);
    await network.stop('fi');
    try {
      const { pages, missing } = await readDashboard(network.hubUrl);
      expect(missing).toEqual(['fi']);
      const units = (pages[0]?.policeUnits ?? []).map(({ id }) => id);
      expect(units).toEqual(all.units.filter((id) => !id.startsWith('fi:')));
    } finally {
      await network.start('fi');
    }
  });

  it('get an error for each operation of a batch', async () => {
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new BatchHttpLink({ uri: network.hubUrl, batchInterval: 20 }),
    });
    const ask = (text: string) =>
      client.query({ query: parse(text), errorPolicy: 'all' }).then(({ error }) => error?.message);
    const asked = [ask('{ events { nodes { id } } }'), ask('{ policeUnits { id } }')];
    const refusal = 'A request must have one operation. Batches are not supported.';
    expect(await Promise.all(asked)).toEqual([refusal, refusal]);
    for (const [body, expected] of [
      ['[]', false],
      ['[{"query":"{ __typename }"}]', 1],
      [`[${Array(100).fill('1').join()}]`, 100],
      [`[${Array(101).fill('1').join()}]`, false],
    ] as const) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(network.hubUrl, { method: 'POST', headers, body });
      const result = (await response.json()) as unknown;
      expect([response.status, Array.isArray(result) && result.length]).toEqual([400, expected]);
    }
    client.stop();
  });

  it('may be pages of an allowed origin: they send the headers of the guide, and read refusals', async () => {
    const guide = readFileSync(join(cloneFolder, 'gateway/docs/write-a-dashboard.md'), 'utf8');
    const sent = ['graphql-client-name', 'graphql-client-version', 'hub-deadline-ms'];
    for (const header of [...sent, 'Authorization']) expect(guide).toContain(header);
    const origin = allowedOrigin;
    const headers = ['content-type', 'authorization', ...sent].join();
    const preflight = await fetch(network.hubUrl, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers,
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      headers,
    ]);
    const refused = await fetch(network.hubUrl, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', authorization: 'Bearer nobody' },
      body: '{"query":"{ __typename }"}',
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    expect(refused.headers.get('access-control-expose-headers')).toBe('x-request-id, retry-after');
  });

  it('map each custom scalar, and the graph says where each is specified', async () => {
    const { data } = await network.ask(getIntrospectionQuery({ specifiedByUrl: true }));
    const types = Object.values(buildClientSchema(data as IntrospectionQuery).getTypeMap());
    const scalars = types.filter(isScalarType).filter((type) => !isSpecifiedScalarType(type));
    const names = scalars.map(({ name }) => name).toSorted();
    expect(names).toEqual(Object.keys(ofEvents[1].config.scalars));
    expect(scalars.filter(({ specifiedByURL }) => !URL.canParse(specifiedByURL ?? ''))).toEqual([]);
  });

  it('have the types that code generator writes for the schema', async () => {
    const read = (file: string) => readFileSync(join(cloneFolder, file), 'utf8');
    const [filename, { plugins, config }] = ofEvents;
    const written = await generate({
      filename,
      schema: parse(read(codegen.schema)),
      documents: codegen.documents.map((location) => ({
        location,
        document: parse(read(location)),
      })),
      config,
      plugins: plugins.map((name) => ({ [name]: {} })),
      pluginMap: { 'typescript-operations': operations, 'typed-document-node': documentNodes },
    });
    expect(read(filename)).toBe(written);
  });
});
