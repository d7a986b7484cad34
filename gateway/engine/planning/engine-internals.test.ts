import { parse, printSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../registry/compose.js';
import { createGateway, readEngineVersion } from './engine-internals.js';
import { ApolloGateway } from './engine.js';

const compose = (fields: string) => {
  const { supergraphSdl = '' } = composeSupergraph([
    { name: 'a', url: 'http://127.0.0.1:9/', sdl: `type Query { ${fields} }` },
  ]);
  return supergraphSdl;
};

interface SwappableEngine extends AsyncDisposable {
  readonly gateway: ApolloGateway;
  swap(fields: string): void;
}

async function openEngine(fields: string): Promise<SwappableEngine> {
  let update: (supergraphSdl: string) => void = () => undefined;
  const gateway = new ApolloGateway({
    async supergraphSdl(options) {
      ({ update } = options);
      return { supergraphSdl: compose(fields) };
    },
  });
  await gateway.load();
  return {
    gateway,
    swap: (next) => update(compose(next)),
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

const planned = (query: string, storeKey = query) => ({
  document: parse(query),
  operationName: undefined,
  storeKey,
});

describe('the engine’s internals', () => {
  it('are those of the installed version', () => {
    const path = createRequire(import.meta.url).resolve('@apollo/gateway/package.json');
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    // Before you change this version, compare engine-internals.ts with the new `executor` and
    // `updateWithSchemaAndNotify`.
    expect(version).toBe('2.14.4');
  });

  it('plan an operation as the engine’s executor does, and store the plan', async () => {
    await using engine = await openEngine('a: Int b: Int');
    const version = readEngineVersion(engine.gateway);
    const plan = await version.plan(planned('query Ask { a }', 'key'));
    expect(plan).toMatchObject({
      kind: 'QueryPlan',
      node: { kind: 'Fetch', serviceName: 'a', operation: 'query Ask__a__0{a}' },
    });
    expect(await version.plan(planned('query Ask { a }', 'key'))).toBe(plan);
    // The engine’s own executor uses this store too.
    expect(await version.plan(planned('{ b }', 'key'))).toBe(plan);
  });

  it('stay the same for a schema when the engine loads another', async () => {
    await using engine = await openEngine('a: Int');
    const old = readEngineVersion(engine.gateway);
    engine.swap('b: Int');
    const next = readEngineVersion(engine.gateway);
    expect(
      [old, next].map(({ schema }) => Object.keys(schema.getQueryType()?.getFields() ?? {})),
    ).toEqual([['a'], ['b']]);
    const oldPlan = await old.plan(planned('{ a }', 'same'));
    expect(oldPlan.node).toMatchObject({ operation: '{a}' });
    // A plan for the older schema is not stored for the newer one.
    expect((await next.plan(planned('{ b }', 'same'))).node).toMatchObject({ operation: '{b}' });
    expect((await old.plan(planned('{ a }', 'same'))).node).toMatchObject({ operation: '{a}' });
  });

  it('hide from clients what only the planner needs', async () => {
    const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
      import: ["@key", "@requires", "@external"])`;
    const { supergraphSdl = '' } = composeSupergraph([
      {
        name: 'shops',
        url: 'http://127.0.0.1:9/',
        sdl: `${federation} type Query { shop: Shop } type Shop @key(fields: "id") { id: ID! price(in: Int): Int }`,
      },
      {
        name: 'taxes',
        url: 'http://127.0.0.1:9/',
        sdl: `${federation} type Shop @key(fields: "id") { id: ID! price(in: Int): Int @external
          tax: Int @requires(fields: "price(in: 7)") }`,
      },
    ]);
    const gateway = createGateway(supergraphSdl, {});
    await gateway.load();
    const version = readEngineVersion(gateway);
    const plan = await version.plan(planned('{ shop { tax } }'));
    await gateway.stop();
    expect(version.plannerSource.supergraphSdl).toContain('hub__required0_price');
    expect(printSchema(version.schema)).not.toContain('hub__required');
    expect(JSON.stringify(plan)).toContain('price(in:');
  });

  it('are rejected if a part is missing', () => {
    expect(() => readEngineVersion({} as ApolloGateway)).toThrow('not of the version');
  });
});
