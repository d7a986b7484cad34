import 'reflect-metadata';

import { Access, anonymous } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import { serverAudits } from 'graphql-http';
import { Query, Resolver } from 'type-graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { createHub } from '../../gateway/hub.js';
import { composeSupergraph } from '../../gateway/registry/compose.js';
import { createHubServer } from '../../gateway/server/server.js';

@Resolver()
class GreetingResolver {
  @Query(() => String)
  @Access('open')
  greeting(): string {
    return 'hei';
  }
}

async function openPartner() {
  const { schema, sdl, policies } = await inner.createSubgraph({
    resolvers: [GreetingResolver],
    references: {},
  });
  const source = await inner.openDatabase({ url: 'sqlite::memory:', entities: [], migrations: [] });
  const server = await inner.createPartnerServer({
    partner: 'dk',
    schema,
    policies,
    source,
    logger: silentLogger,
    clock: () => new Date(),
    authenticate: () => Promise.resolve({ reader: anonymous }),
    askHub: inner.noHub,
  });
  return { sdl, url: await server.listen(0), close: () => server.close() };
}

async function openHub() {
  const partner = await openPartner();
  const { supergraphSdl } = composeSupergraph([
    { name: 'greetings', sdl: partner.sdl, url: partner.url },
  ]);
  if (supergraphSdl === undefined) throw new Error('The subgraph does not compose.');
  const hub = await createHub({ supergraphSdl }, { logger: silentLogger });
  const server = await createHubServer({ hub, logger: silentLogger });
  const close = async () => {
    await server.close();
    await hub.close();
    await partner.close();
  };
  return { url: await server.listen(0), close };
}

describe.each([
  { name: 'a partner', open: openPartner },
  { name: 'the hub', open: openHub },
])('GraphQL over HTTP on $name', ({ open }) => {
  const opened = open();
  afterAll(async () => (await opened).close());

  for (const { id, name, fn } of serverAudits({ url: async () => (await opened).url })) {
    it(`${id}: ${name}`, async () => {
      expect(await fn()).toMatchObject({ status: 'ok' });
    });
  }
});
