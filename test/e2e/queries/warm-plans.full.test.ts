import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageCounter } from '../../../gateway/plugins/usage/count-usage.js';
import { createUsageStore } from '../../../gateway/registry/usage/usage-store.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { readMetrics } from '../network/read-metrics.js';

describe('an operation that is planned before clients send it', () => {
  let folder: string;
  let usage: UsageCounter;
  let network: OpenNetwork;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usage-'));
    const store = createUsageStore(join(folder, 'usage.sqlite'));
    usage = new UsageCounter({ store, logger: silentLogger });
    network = await openNetwork('demonstration', { isMeasured: true, usage });
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await usage[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** How many operations were planned so far. */
  const countPlans = async () => {
    const { valueOf } = await readMetrics(network.hubUrl);
    return valueOf('hub_planning_duration_seconds_count{outcome="planned"}') ?? 0;
  };
  const conditional = `query Units($names: Boolean!) { policeUnits { id name @include(if: $names) } }`;

  it.each([
    ['{ policeUnits { id country } }', [{}]],
    [conditional, [{ names: true }, { names: false }]],
    ['query A { offices { id } } query B { offices { name } }', [{}]],
  ])('needs no plan for its first request: %s', async (query, requests) => {
    const operationName = query.includes('query B') ? 'B' : undefined;
    await network.hub.prepare({ query, operationName });
    const planned = await countPlans();
    for (const variables of requests) {
      const response = await fetch(network.hubUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables, operationName }),
      });
      expect(((await response.json()) as { errors?: unknown }).errors).toBeUndefined();
    }
    expect(await countPlans()).toBe(planned);
    // Another operation does.
    await network.ask(`{ policeUnits { other${query.length}: id } }`);
    expect(await countPlans()).toBeGreaterThan(planned);
  });

  it('has one plan, whether its only operation is named in the request or not', async () => {
    const query = 'query Sole { offices { id city } }';
    await network.ask(query);
    const planned = await countPlans();
    await fetch(network.hubUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName: 'Sole' }),
    });
    expect(await countPlans()).toBe(planned);
  });

  it.each([
    '{ policeUnits { noSuchField } }',
    '{',
    'query A { offices { id } } query B { __typename }',
  ])('is refused if it is not valid, or not one: %s', async (query) => {
    await expect(network.hub.prepare({ query, operationName: undefined })).rejects.toThrow();
  });

  it('is remembered with its text and its conditions, and no other value', async () => {
    const query = `query Search($search: String, $names: Boolean!) {
      policeUnits(filter: { search: $search }) { id name @include(if: $names) } }`;
    for (const search of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      await network.ask(query, { search, names: true, undeclared: true });
    expect(usage.listMostSent(1)).toEqual([
      { query, operationName: 'Search', variables: { names: true }, count: 7 },
    ]);
  });
});
