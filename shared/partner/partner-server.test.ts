import 'reflect-metadata';
import { Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { Access } from '../identity/access.js';
import { anonymous } from '../identity/reader.js';
import { noHub } from '../policy/context/ask-hub.js';
import { silentLogger } from '../system/logger.js';
import { createPartnerServer } from './partner-server.js';
import { createSubgraph } from './subgraph-schema.js';

@Directive('@key(fields: "id")')
@ObjectType()
@Access('open')
class Office {
  @Field(() => ID)
  id!: string;
}

@Resolver(() => Office)
class OfficeResolver {
  @Query(() => [Office])
  @Access('open')
  offices(): Office[] {
    return [{ id: 'ncm:led' }];
  }
}

async function openOffices() {
  const { schema, policies } = await createSubgraph({
    resolvers: [OfficeResolver],
    references: { Office: ({ id }) => ({ id }) },
  });
  const source = await openDatabase({ url: 'sqlite::memory:', entities: [], migrations: [] });
  return createPartnerServer({
    partner: 'ncm',
    schema,
    policies,
    source,
    logger: silentLogger,
    clock: () => new Date(),
    authenticate: () => Promise.resolve({ reader: anonymous }),
    askHub: noHub,
  });
}

async function ask(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as {
    data?: { _entities?: unknown[]; offices?: unknown[] };
    errors?: { extensions: { code: string } }[];
  };
  return { status: response.status, data, code: errors?.[0]?.extensions.code };
}

const representationsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ __typename: 'Office', id: `ncm:${index}` }));

describe('createPartnerServer', () => {
  it('listens on this machine only', async () => {
    await using server = await openOffices();
    const url = await server.listen(0);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(await ask(url, { query: '{ offices { id } }' })).toEqual({
      status: 200,
      data: { offices: [{ id: 'ncm:led' }] },
    });
  });

  it('is ready while its database responds', async () => {
    await using server = await openOffices();
    const url = new URL('/health/ready', await server.listen(0));
    expect((await fetch(url)).status).toBe(200);
    await server.source.destroy();
    expect((await fetch(url)).status).toBe(503);
  });

  it('can be closed twice', async () => {
    const server = await openOffices();
    await server.listen(0);
    await Promise.all([server.close(), server.close()]);
    expect(server.source.isInitialized).toBe(false);
  });
});

describe('Query._entities', () => {
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';

  it('takes 1,000 representations', async () => {
    await using server = await openOffices();
    const { data } = await ask(await server.listen(0), {
      query,
      variables: { r: representationsOf(1_000) },
    });
    expect(data?._entities).toHaveLength(1_000);
  });

  const twice =
    'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } ...more } fragment more on Query { b: _entities(representations: $r) { __typename } }';
  const literals = `{ _entities(representations: [${'{ __typename: "Office", id: "x" } '.repeat(1_001)}]) { __typename } }`;
  const byDefault = `query ($r: [_Any!]! = [${'{ __typename: "Office", id: "x" } '.repeat(1_001)}]) { _entities(representations: $r) { __typename } }`;

  it.each([
    { what: 'in one field', body: { query, variables: { r: representationsOf(1_001) } } },
    { what: 'in two fields', body: { query: twice, variables: { r: representationsOf(501) } } },
    { what: 'as literals', body: { query: literals } },
    { what: 'by default', body: { query: byDefault } },
  ])('rejects more $what as QUERY_TOO_COMPLEX', async ({ body }) => {
    await using server = await openOffices();
    const answer = await ask(await server.listen(0), body);
    expect(answer).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX', data: undefined });
  });
});
