import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../registry/compose.js';
import { readEngineVersion } from './engine-internals.js';
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
  it('are those of the version that they were read from', () => {
    const path = createRequire(import.meta.url).resolve('@apollo/gateway/package.json');
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    // Read engine-internals.ts beside the new version’s `executor` and `updateWithSchemaAndNotify` before this moves.
    expect(version).toBe('2.14.4');
  });

  it('plan an operation as their own executor does, and keep the plan in their store', async () => {
    await using engine = await openEngine('a: Int b: Int');
    const version = readEngineVersion(engine.gateway);
    const plan = await version.plan(planned('query Ask { a }', 'key'));
    expect(plan).toMatchObject({
      kind: 'QueryPlan',
      node: { kind: 'Fetch', serviceName: 'a', operation: 'query Ask__a__0{a}' },
    });
    expect(await version.plan(planned('query Ask { a }', 'key'))).toBe(plan);
    // The engine’s own executor looks there too.
    expect(await version.plan(planned('{ b }', 'key'))).toBe(plan);
  });

  it('are what they were with a schema, also when the engine has gone over to another', async () => {
    await using engine = await openEngine('a: Int');
    const old = readEngineVersion(engine.gateway);
    engine.swap('b: Int');
    const next = readEngineVersion(engine.gateway);
    expect(
      [old, next].map(({ schema }) => Object.keys(schema.getQueryType()?.getFields() ?? {})),
    ).toEqual([['a'], ['b']]);
    const oldPlan = await old.plan(planned('{ a }', 'same'));
    expect(oldPlan.node).toMatchObject({ operation: '{a}' });
    // What is planned for an older schema is not kept for the newer.
    expect((await next.plan(planned('{ b }', 'same'))).node).toMatchObject({ operation: '{b}' });
    expect((await old.plan(planned('{ a }', 'same'))).node).toMatchObject({ operation: '{a}' });
  });

  it('are refused where a part of them is missing', () => {
    expect(() => readEngineVersion({} as ApolloGateway)).toThrow('not of the version');
  });
});
