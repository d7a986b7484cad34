import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageCounter } from '../../../gateway/plugins/usage/count-usage.js';
import { createUsageStore } from '../../../gateway/registry/usage/usage-store.js';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const usage = `query($element: String, $since: Date) {
  operations { usage(element: $element, since: $since) { element uses lastUsedOn clients { name operations uses lastUsedOn } } }
}`;
const today = new Date().toISOString().slice(0, 10);

describe('what clients use of the graph', () => {
  let folder: string;
  let counter: UsageCounter;
  let network: OpenNetwork;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usage-'));
    const store = createUsageStore(join(folder, 'usage.sqlite'));
    counter = new UsageCounter({ store, logger: silentLogger });
    network = await openNetwork('demonstration', { isGuarded: true, usage: counter });
    const asker: Asker = { organisation: 'se', role: 'coordinator', clientName: 'map@2' };
    for (const first of [1, 2])
      await network.ask(
        'query($n: Int) { officers(first: $n) { nodes { id languages } } }',
        { n: first },
        asker,
      );
    await network.ask('{ policeUnits { name } }');
    await network.ask('{ notAField }', {}, asker);
    await counter.flush();
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await counter[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('is read by the owner of an element, by client', async () => {
    const variables = { element: 'Officer.languages' };
    const { data, errors } = await network.ask(usage, variables, {
      organisation: 'dk',
      role: 'coordinator',
    });
    expect(errors).toBeUndefined();
    expect(data.operations.usage).toEqual([
      {
        element: 'Officer.languages',
        uses: 2,
        lastUsedOn: today,
        clients: [{ name: 'map@2', operations: 1, uses: 2, lastUsedOn: today }],
      },
    ]);
  });

  it('is read by nobody else', async () => {
    const asked: [Asker | undefined, unknown][] = [
      [{ organisation: 'ncm', role: 'coordinator' }, []],
      [undefined, null],
    ];
    for (const [asker, expected] of asked) {
      const { data, errors } = await network.ask(usage, { element: 'Officer.languages' }, asker);
      expect(data.operations.usage).toEqual(expected);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(
        expected === null ? ['FORBIDDEN'] : undefined,
      );
    }
  });

  it('lists the own elements alone, unnamed clients too, and partners’ servers', async () => {
    const { data } = await network.ask(usage, {}, { organisation: 'no', role: 'auditor' });
    const rows: Tree[] = data.operations.usage;
    const found = rows.map(({ element }) => element as string);
    expect(found).toEqual(
      expect.arrayContaining(['Officer.languages', 'PoliceUnit.name', 'Query.officers(first:)']),
    );
    expect(found).toEqual(found.toSorted());
    expect(rows.find(({ element }) => element === 'PoliceUnit.name').clients).toEqual([
      { name: null, operations: 1, uses: 1, lastUsedOn: today },
    ]);
    const offices = await network.ask(usage, {}, { organisation: 'ncm', role: 'coordinator' });
    expect(
      offices.data.operations.usage.some(({ element }: Tree) => element.startsWith('Officer.')),
    ).toBe(false);
  });

  it('begins with a given day', async () => {
    const variables = { element: 'Officer.languages', since: '2999-01-01' };
    const { data } = await network.ask(usage, variables, { organisation: 'dk', role: 'analyst' });
    expect(data.operations.usage).toEqual([]);
  });
});
