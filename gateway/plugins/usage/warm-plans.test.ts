import { digestOf, silentLogger } from '@hub/shared/system';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownOperation } from '../../hub-plugin.js';
import { noOtherWorkers, type OtherWorkers } from '../../process/workers/other-workers.js';
import { openWorkers } from '../../process/workers/test-workers.js';
import { createUsageStore, usageFile } from '../../registry/usage/usage-store.js';
import type { Application } from '../../server/applications.js';
import type { SentOperation } from './count-usage.js';
import { warmPlans } from './warm-plans.js';

const [often, seldom, never] = ['{ a }', 'query B { ...F } fragment F on Query { b }', '{ c }'];

describe('warmPlans', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'warm-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const documents = new Map([often, seldom, never].map((text) => [digestOf(text), text]));
  const applications: Application[] = [{ name: 'board', version: '1', owner: 'dk', documents }];

  async function count(): Promise<void> {
    await using store = createUsageStore(join(dataDir, usageFile));
    const day = new Date().toISOString().slice(0, 10);
    const of = (operation: string, counted: number, client = 'x') => {
      const row = { operation, client, day };
      return { ...row, count: counted };
    };
    await store.add(
      [
        of(`${digestOf(seldom)}#B`, 7),
        // Its clients together sent it more often.
        of(digestOf(often), 5),
        of(digestOf(often), 5, 'y'),
        of(digestOf('{ unknown }'), 900),
        of('Query.a', 800),
      ],
      [],
    );
  }

  async function warm(options: {
    readonly others?: OtherWorkers;
    readonly sent?: readonly SentOperation[];
    readonly prepare?: (operation: KnownOperation) => Promise<void>;
    readonly ms?: number;
  }): Promise<readonly string[]> {
    const { others = noOtherWorkers, sent = [], ms } = options;
    await using store = createUsageStore(join(dataDir, usageFile));
    const prepared: string[] = [];
    const prepare = async (operation: KnownOperation) => {
      await options.prepare?.(operation);
      prepared.push(`${operation.query} ${operation.operationName ?? ''}`.trim());
    };
    await warmPlans(
      { prepare },
      {
        usage: { store, listMostSent: () => sent },
        trusted: applications,
        others,
        logger: silentLogger,
        ...(ms !== undefined && { ms }),
      },
    );
    return prepared;
  }

  it('plans the trusted documents that were sent, the most sent first', async () => {
    await count();
    expect(await warm({})).toEqual([often, `${seldom} B`]);
  });

  it('plans nothing where nothing was counted, and makes no file for that', async () => {
    expect(await warm({})).toEqual([]);
    expect(existsSync(join(dataDir, usageFile))).toBe(false);
  });

  it('plans what clients send to the workers that serve, with what decides their plans', async () => {
    const open = openWorkers();
    const [old, another, fresh] = [await open(), await open(), await open()];
    const operation = { operationName: undefined, variables: { all: true } };
    const sent = [
      { ...operation, query: '{ x }', count: 1 },
      { ...operation, query: '{ y }', count: 9 },
    ];
    for (const others of [old, another]) await warm({ others, sent });
    const got: KnownOperation[] = [];
    await warm({ others: fresh, prepare: async (one) => void got.push(one) });
    expect(got.map(({ query, variables }) => [query, variables])).toEqual([
      ['{ y }', { all: true }],
      ['{ x }', { all: true }],
    ]);
  });

  it('tells others no more than a quarter of a megabyte', async () => {
    const open = openWorkers();
    const [old, fresh] = [await open(), await open()];
    const operation = { operationName: undefined, variables: {} };
    // Each letter has two bytes.
    const texts = ['a', 'b', 'c'].map((alias) => `{ ${alias}: x } # ${'å'.repeat(60_000)}`);
    const sent = [...texts, '{ x }'].map((query, index) => ({
      ...operation,
      query,
      count: 9 - index,
    }));
    await warm({ others: old, sent });
    const prepared = await warm({ others: fresh });
    expect(prepared.map((text) => text.slice(0, 8))).toEqual(['{ a: x }', '{ b: x }', '{ x }']);
  });

  it('goes on after an operation that cannot be planned', async () => {
    await count();
    const prepare = async ({ query }: KnownOperation) => {
      if (query === often) throw new Error('The graph lacks it.');
    };
    expect(await warm({ prepare })).toEqual([`${seldom} B`]);
  });

  it('waits for no operation longer than it may', async () => {
    await count();
    const prepare = () => new Promise<never>(() => undefined);
    expect(await warm({ prepare, ms: 200 })).toEqual([]);
  });
});
