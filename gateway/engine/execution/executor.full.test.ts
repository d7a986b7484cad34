import { silentLogger } from '@hub/shared/system';
import { parse, type OperationDefinitionNode } from 'graphql';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { OperationRecord } from '../../fan-out/operation-record.js';
import type { FetchText, SubgraphFetch } from '../../fan-out/subgraph-fetch.js';
import { composeSupergraph } from '../../registry/compose.js';
import { packageFolder } from '../../registry/package-folder.js';
import { ApolloGateway } from '../planning/engine.js';
import { createExecutor, type ExecutionResponse, type ExecutorOptions } from './executor.js';

type Row = Record<string, unknown>;

interface OpenExecutor extends AsyncDisposable {
  /** The texts of the prepared fetches. */
  readonly prepared: string[];
  /** The work of each charge, in milliseconds. */
  readonly charged: readonly number[];
  ask(query: string, variables?: Row, operationName?: string): Promise<ExecutionResponse>;
  swap(fields: string): void;
}

/** An executor over one subgraph. A function returns the data of root fetches. */
async function openExecutor(
  fields: string,
  response: (text: string, variables: Row, operation: OperationRecord) => Row | Promise<Row>,
  options: Pick<ExecutorOptions, 'cacheBytes' | 'thread'> = {},
): Promise<OpenExecutor> {
  const compose = (text: string) => {
    const sdl = `type Query { ${text} } type Mutation { m(n: Int): Int } enum E { X Y }
      interface Node { id: ID! } type Thing implements Node { id: ID! must: Int! name: String kin: [Thing!] e: E }
      type Other implements Node { id: ID! }`;
    return composeSupergraph([{ name: 'a', url: 'http://127.0.0.1:9/', sdl }]).supergraphSdl ?? '';
  };
  let update: (supergraphSdl: string) => void = () => undefined;
  let schema: Parameters<Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0]>[0]['apiSchema'];
  const gateway = new ApolloGateway({
    async supergraphSdl(options) {
      ({ update } = options);
      return { supergraphSdl: compose(fields) };
    },
  });
  const prepared: string[] = [];
  const charged: number[] = [];
  const executor = createExecutor(gateway, {
    ...options,
    explain: (error) => error,
    prepareFetch(_subgraph, { text }: FetchText): SubgraphFetch {
      prepared.push(text);
      return {
        kind: 'roots',
        ask: async ({ variables, operation }) => response(text, variables, operation),
      };
    },
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  await gateway.load();
  return {
    prepared,
    charged,
    ask(query, variables = {}, operationName) {
      const document = parse(query);
      const operation = document.definitions.find(
        (definition): definition is OperationDefinitionNode =>
          definition.kind === 'OperationDefinition' &&
          (operationName === undefined || definition.name?.value === operationName),
      );
      if (!operation) throw new Error('No operation.');
      const record = new OperationRecord('r', new AbortController().signal, Infinity);
      const queryHash = createHash('sha256').update(query).digest('hex');
      const charge = ({ ms = 0 }) => void charged.push(ms);
      const asked = { schema, document, operation, operationName, queryHash, variables };
      return executor.execute({ ...asked, record, charge });
    },
    swap: (text) => update(compose(text)),
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await executor.close();
    },
  };
}

const thing = { __typename: 'Thing', id: '1', must: 1, name: null, kin: [], e: 'X' };

describe('an operation', () => {
  it('is charged for planning, and for introspection each time', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    const query = '{ __schema { types { name } } }';
    for (const times of [2, 3, 4]) {
      await executor.ask(query);
      expect(executor.charged).toHaveLength(times);
    }
    expect(Math.min(...executor.charged)).toBeGreaterThan(0);
    await executor.ask('{ a }');
    await executor.ask('{ a }');
    expect(executor.charged).toHaveLength(5);
  });

  it('is charged at most 40 ms for introspection, however slow the first one is', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    let ms = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (ms += 1_000));
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 1e6, system: 0 });
    try {
      await executor.ask('{ __schema { types { name } } }');
    } finally {
      vi.restoreAllMocks();
    }
    expect(executor.charged.at(-1)).toBe(40);
  });

  it('is compiled once, also for simultaneous requests', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    const answers = await Promise.all([1, 2, 3].map(() => executor.ask('{ a }')));
    answers.push(await executor.ask('{ a }'));
    expect(answers).toEqual(Array(4).fill({ data: { a: 1 } }));
    expect(executor.prepared).toEqual(['{a}']);
  });

  it('is compiled for each operation of a document', async () => {
    await using executor = await openExecutor('a: Int b: Int', () => ({ a: 1, b: 2 }));
    const document = 'query A { a } query B { b }';
    expect(await executor.ask(document, {}, 'A')).toEqual({ data: { a: 1 } });
    expect(await executor.ask(document, {}, 'B')).toEqual({ data: { b: 2 } });
  });

  it('is compiled for each decision of its conditions', async () => {
    await using executor = await openExecutor('a: Int b: Int', () => ({ a: 1, b: 2 }));
    const query = 'query ($a: Boolean!) { a @include(if: $a) b @skip(if: $a) }';
    for (const _ of [1, 2]) {
      expect(await executor.ask(query, { a: true })).toEqual({ data: { a: 1 } });
      expect(await executor.ask(query, { a: false })).toEqual({ data: { b: 2 } });
    }
    expect(executor.prepared).toEqual(['{a}', '{b}']);
  });

  it('sends no fetch if literals skip everything', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    const query = '{ a @skip(if: true) ...Q } fragment Q on Query { a @include(if: false) }';
    expect(await executor.ask(query)).toEqual({ data: {} });
    expect(executor.prepared).toEqual([]);
  });

  it('is compiled again for another schema', async () => {
    await using executor = await openExecutor('a: [Int]', () => ({ a: [1] }));
    await executor.ask('{ a }');
    executor.swap('a: [Int] b: Int');
    expect(await executor.ask('{ a }')).toEqual({ data: { a: [1] } });
    expect(executor.prepared).toHaveLength(2);
  });

  it('is dropped when the compiled operations exceed the memory limit', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }), { cacheBytes: 40_000 });
    for (let index = 0; index < 30; index += 1) await executor.ask(`query N${index} { a }`);
    await executor.ask('query N29 { a }');
    expect(executor.prepared).toHaveLength(30);
    await executor.ask('query N0 { a }');
    expect(executor.prepared).toHaveLength(31);
  });

  it('keeps nothing from one request to the next', async () => {
    await using executor = await openExecutor('a(n: Int): Int', (_, { n }, operation) => ({
      as__a: n,
      forged: operation,
    }));
    const query = 'query ($n: Int = 7) { a(n: $n) }';
    const all = await Promise.all(
      [{ n: 1 }, {}, { n: 3 }].map((given) => executor.ask(query, given)),
    );
    expect(all.map(({ data }) => data)).toEqual([{ a: 1 }, { a: 7 }, { a: 3 }]);
  });

  it('is rejected if a condition is null, and no fetch is sent', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    const query = 'query ($v: Boolean = true) { a @include(if: $v) }';
    expect((await executor.ask(query, { v: null })).errors?.[0]?.message).toContain('$v');
    expect(await executor.ask(query)).toEqual({ data: { a: 1 } });
  });

  it('resolves any valid introspection, even if the planner does not support it', async () => {
    await using executor = await openExecutor('a: Int', () => ({ a: 1 }));
    const query = `{ a __type(name: "Query") { isOneOf ...T } ...S }
      fragment S on Query { __schema { directives(includeDeprecated: true) { name } } }
      fragment T on __Type { n: name fields(includeDeprecated: true) { name } }`;
    const { data, errors } = await executor.ask(query);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      a: 1,
      __type: { isOneOf: null, n: 'Query', fields: [{ name: 'a' }] },
      __schema: { directives: expect.arrayContaining([{ name: 'skip' }]) as unknown },
    });
  });

  it('accepts a null that is a condition in another operation only', async () => {
    await using executor = await openExecutor('a(n: Boolean): Int', () => ({ as__a: 1 }));
    const query = 'query A($v: Boolean!) { a @skip(if: $v) } query B($v: Boolean) { a(n: $v) }';
    expect(await executor.ask(query, { v: null }, 'B')).toEqual({ data: { a: 1 } });
  });

  it('returns an unexpected error, and the rest of the data', async () => {
    await using executor = await openExecutor('thing: Thing', () => {
      throw new TypeError('Unexpected.');
    });
    const { data, errors } = await executor.ask('{ thing { id } }');
    expect(data).toEqual({ thing: null });
    expect(errors?.map(({ originalError }) => originalError?.name)).toEqual(['TypeError']);
  });
});

describe('an operation that a thread plans', () => {
  const thread = {
    file: join(packageFolder, 'dist', 'engine', 'planning', 'planner-thread.js'),
    fieldsInPlace: 0,
    restarts: { delayAfter: () => 0 },
    logger: silentLogger,
  };
  const countThreads = () => {
    const all: Worker[] = [];
    const keep = (worker: Worker) => void all.push(worker);
    process.on('worker', keep);
    return {
      all,
      living: () => all.filter(({ threadId }) => threadId !== -1).length,
      [Symbol.dispose]: () => void process.off('worker', keep),
    };
  };

  it('is compiled once, also for simultaneous requests', async () => {
    using threads = countThreads();
    {
      await using executor = await openExecutor('a: Int', () => ({ a: 1 }), { thread });
      const answers = await Promise.all([1, 2, 3].map(() => executor.ask('{ a }')));
      expect(answers).toEqual(Array(3).fill({ data: { a: 1 } }));
      expect(executor.prepared).toEqual(['{a}']);
      expect(threads.living()).toBe(1);
    }
    expect(threads.living()).toBe(0);
  });

  it('is planned for the schema at its start, even if another one is loaded meanwhile', async () => {
    using threads = countThreads();
    await using executor = await openExecutor('a: Int', () => ({ a: 1, b: 2 }), { thread });
    await executor.ask('query First { a }');
    const old = executor.ask('{ a }');
    executor.swap('b: Int');
    const next = executor.ask('{ b }');
    expect(await Promise.all([old, next])).toEqual([{ data: { a: 1 } }, { data: { b: 2 } }]);
    expect(executor.prepared.slice(1).sort()).toEqual(['{a}', '{b}']);
    await expect.poll(threads.living).toBe(1);
    expect(threads.all).toHaveLength(2);
  });
});

describe('the completion of a response', () => {
  const ask = async (query: string, tree: Row, variables: Row = {}) => {
    await using executor = await openExecutor(
      'thing: Thing things: [Thing!] strict: [[Thing!]!] must: Thing! node: Node nodes: [Node]',
      () => tree,
    );
    return await executor.ask(query, variables);
  };

  it('moves a null up to the next nullable field', async () => {
    const bad = { ...thing, must: null };
    expect(await ask('{ thing { must } }', { thing: bad })).toEqual({ data: { thing: null } });
    expect(await ask('{ things { must } }', { things: [thing, bad] })).toEqual({
      data: { things: null },
    });
    expect(await ask('{ strict { id must } }', { strict: [[thing], [bad]] })).toEqual({
      data: { strict: null },
    });
    expect(await ask('{ nodes { ... on Thing { must } } }', { nodes: [thing, bad] })).toEqual({
      data: { nodes: [{ must: 1 }, null] },
    });
    expect(await ask('{ must { kin { must } } }', { must: { ...thing, kin: [bad] } })).toEqual({
      data: { must: { kin: null } },
    });
    expect(await ask('{ must { must } }', { must: bad })).toEqual({ data: null });
    expect(await ask('{ must { id } thing { id } }', { thing })).toEqual({ data: null });
  });

  it('is null if nothing arrived, and an empty object if nothing was selected', async () => {
    expect(await ask('{ thing { id } nodes { id } }', {})).toEqual({
      data: { thing: null, nodes: null },
    });
    const query = '{ thing { id @skip(if: true) } node { ... on Other { id } } }';
    expect(await ask(query, { thing, node: thing })).toEqual({ data: { thing: {}, node: {} } });
    expect(await ask('{ thing { id @include(if: false) } }', { thing: null })).toEqual({
      data: { thing: null },
    });
  });

  it('takes only the selection from the tree, and no inherited property', async () => {
    const forged = { ...thing, hub__0: 1, other: { id: 1 } };
    const query = '{ thing { id constructor: name toString: e } }';
    expect(await ask(query, { thing: forged, x: 1 })).toEqual({
      data: { thing: { id: '1', constructor: null, toString: null } },
    });
  });

  it('has the client’s order, also with conditions and fragments', async () => {
    const query = `query ($y: Boolean!) { thing { name ...F id @include(if: $y) must must @skip(if: $y) t: __typename } }
      fragment F on Node { ... on Thing { kin { id } } id }`;
    for (const y of [true, false]) {
      const { data } = await ask(query, { thing }, { y });
      expect(JSON.stringify(data)).toBe(
        '{"thing":{"name":null,"kin":[],"id":"1","must":1,"t":"Thing"}}',
      );
    }
  });

  it('resolves introspection, also in fragments and with variables', async () => {
    const query = `query ($of: String!, $no: Boolean!) { thing { id } ...Q @skip(if: $no) }
      fragment Q on Query { s: __schema { queryType { name } } t: __type(name: $of) { kind } __typename }`;
    expect(await ask(query, { thing }, { of: 'Thing', no: false })).toEqual({
      data: {
        thing: { id: '1' },
        s: { queryType: { name: 'Query' } },
        t: { kind: 'OBJECT' },
        __typename: 'Query',
      },
    });
    expect(await ask(query, { thing }, { of: 'Thing', no: true })).toEqual({
      data: { thing: { id: '1' } },
    });
  });
});
