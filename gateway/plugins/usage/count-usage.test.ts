import { anonymous, type Reader } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { hash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUsageStore, type UsageStore } from '../../registry/usage/usage-store.js';
import { UsageCounter, type UsageCounterOptions } from './count-usage.js';

const schema = buildSchema('type Query { a(x: Int): Int b: Int }');
const noon = Date.UTC(2026, 10, 26, 12);
const dayMs = 86_400_000;

type Request = Parameters<NonNullable<UsageCounter['hooks']['willSendResponse']>>[0];

describe('UsageCounter', () => {
  let folder: string;
  let now: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usage-'));
    now = noon;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const path = () => join(folder, 'usage.sqlite');
  const open = (options: Partial<UsageCounterOptions> = {}) =>
    new UsageCounter({
      store: createUsageStore(path()),
      logger: silentLogger,
      now: () => now,
      ...options,
    });

  /** An operation that the pipeline has executed. */
  function run(
    counter: UsageCounter,
    text: string,
    {
      client,
      reader = anonymous,
      isExecuted = true,
      variables,
    }: {
      client?: string;
      reader?: Reader;
      isExecuted?: boolean;
      variables?: Record<string, unknown>;
    } = {},
  ): void {
    const document = parse(text);
    const request = {
      isExecuted,
      schema,
      document,
      operation: getOperationAST(document),
      queryHash: hash('sha256', text),
      source: text,
      request: { variables },
      contextValue: { requestId: 'test', reader, operation: { clientName: client } },
    };
    void counter.hooks.willSendResponse?.(request as unknown as Request);
  }

  const read = async (store: UsageStore, since = '2026-01-01') =>
    (await store.read(since)).map(({ element, client, operations, count, lastDay }) =>
      [element, client, operations, count, lastDay].join(' '),
    );

  it('counts each element that an executed operation uses, by client', async () => {
    await using counter = open();
    run(counter, '{ a }', { client: 'dashboard@1.2' });
    run(counter, '{ a }', { client: 'dashboard@1.2' });
    run(counter, '{ a(x: 1) b }', { client: 'dashboard@1.2' });
    run(counter, '{ a }');
    run(counter, '{ b }', { isExecuted: false });
    await counter.flush();
    expect(await read(counter.store)).toEqual([
      'Query.a  1 1 2026-11-26',
      'Query.a dashboard@1.2 2 3 2026-11-26',
      'Query.a(x:) dashboard@1.2 1 1 2026-11-26',
      'Query.b dashboard@1.2 1 1 2026-11-26',
    ]);
    expect((await stat(path())).mode & 0o077).toBe(0);
  });

  it('counts nothing of an operation that uses no element, and needs no file for it', async () => {
    await using counter = open();
    run(counter, '{ __typename __schema { queryType { name } } }');
    await counter.flush();
    await expect(stat(path())).rejects.toThrow(/ENOENT/);
  });

  it('adds up what several processes count, and what they counted before', async () => {
    {
      await using first = open();
      await using second = open();
      for (const counter of [first, second]) run(counter, '{ a }');
      await Promise.all([first.flush(), second.flush()]);
      run(first, '{ a }');
    }
    await using counter = open();
    expect(await read(counter.store)).toEqual(['Query.a  1 3 2026-11-26']);
  });

  it('tells partners’ own servers from clients, whatever a client calls itself', async () => {
    await using counter = open();
    const service: Reader = {
      kind: 'person',
      organisation: 'nbnp',
      role: 'service',
      subject: 'nbnp',
      purpose: undefined,
    };
    run(counter, '{ a }', { reader: service, client: 'anything' });
    await counter.flush();
    expect(await read(counter.store)).toEqual(['Query.a nbnp’s server 1 1 2026-11-26']);
  });

  it('keeps 90 days', async () => {
    await using counter = open();
    run(counter, '{ a }');
    now += 89 * dayMs;
    run(counter, '{ b }');
    await counter.flush();
    expect(await read(counter.store)).toEqual([
      'Query.a  1 1 2026-11-26',
      'Query.b  1 1 2027-02-23',
    ]);
    now += dayMs;
    run(counter, '{ b }');
    await counter.flush();
    expect(await read(counter.store)).toEqual(['Query.b  1 2 2027-02-24']);
  });

  it('does not grow with what somebody invents, and still counts what is used', async () => {
    await using counter = open({ limits: { operations: 2, clients: 1 } });
    for (const [index, text] of ['{ a }', '{ b }', '{ c: a }', '{ d: a }', '{ e: b }'].entries())
      run(counter, text, { client: `client-${index}` });
    await counter.flush();
    expect(await read(counter.store)).toEqual([
      // The third and fourth operation are one: the element.
      'Query.a  1 2 2026-11-26',
      'Query.a client-0 1 1 2026-11-26',
      'Query.b  2 2 2026-11-26',
    ]);
  });

  it('remembers the values that decide which parts are executed, and no others', async () => {
    await using counter = open();
    const text = 'query Q($all: Boolean!, $x: Boolean) { a @include(if: $all) b @skip(if: $x) }';
    const invented = Array.from({ length: 9_000 }, (_, index) => [`v${index}`, true]);
    run(counter, text, { variables: { ...Object.fromEntries(invented), all: false } });
    run(counter, '{ a }', { variables: { a: true, all: true } });
    expect(counter.listMostSent(2).map(({ variables }) => variables)).toEqual([{}, { all: false }]);
  });

  it('remembers a million characters of operations, with the names of their variables', async () => {
    await using counter = open();
    // Each has 100,000 characters of text, and as many again in the names of its variables.
    const [one, other] = ['x', 'y'].map((letter) => `$${letter.repeat(49_970)}`);
    for (let index = 0; index < 20; index += 1) {
      const [first, last] = [`${one}${index}`, `${other}${index}`];
      const text = `query(${first}: Boolean! ${last}: Boolean!) { a @skip(if: ${first}) b @skip(if: ${last}) }`;
      run(counter, text, { variables: { [first.slice(1)]: true, [last.slice(1)]: true } });
    }
    const remembered = counter.listMostSent(20);
    expect(remembered.length).toBeGreaterThan(1);
    expect(JSON.stringify(remembered).length).toBeLessThan(1_001_000);
  });

  it('loses nothing but what could not be written', async () => {
    const store = createUsageStore(path());
    let isFull = true;
    const full: UsageStore = {
      ...store,
      add: (...args) => (isFull ? Promise.reject(new Error('disk full')) : store.add(...args)),
    };
    await using counter = open({ store: full });
    run(counter, '{ a }');
    await counter.flush();
    isFull = false;
    run(counter, '{ a }');
    await counter.flush();
    expect(await read(store)).toEqual(['Query.a  1 1 2026-11-26']);
  });
});
