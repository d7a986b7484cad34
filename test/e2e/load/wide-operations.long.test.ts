import { createHub, type Hub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { median, readStall } from '../network/measure.js';
import { findClosedPort } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const rounds = 5;

const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

/** As much as the default limits let through: of all that was tried, what takes longest to plan. */
const operations: Readonly<Record<string, (name: string) => string>> = {
  'twenty groups, their people and their stops, 441 fetches': (name) =>
    `query ${name} { ${repeat(
      20,
      (index) => `r${index}: group(id: "${index}") {
        id state stateIsCertain
        members { id ... on Officer { name unit { name events { title } } } ... on Delegate { name office { name coordinatedGroups { state } } } }
        visits {
          hostings { status visit { stops { confirmed site { id ... on NationalSite { name organisation { name } } ... on RegionalSite { name region { name } } } } } }
          experts { expert { name unit { name } } }
        }
      }`,
    )} }`,
  'thirty groups, by the interfaces of their people and sites': (name) =>
    `query ${name} { ${repeat(
      30,
      (index) => `r${index}: group(id: "${index}") {
        members { id name targetGroup country report { text } }
        visits { stops { site { id name sector city country } } }
      }`,
    )} }`,
};

describe('the network’s own contracts', () => {
  let hub: Hub;

  beforeAll(async () => {
    const closed = `http://127.0.0.1:${await findClosedPort()}/graphql`;
    const network = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
    const partners = network.partners.map((partner) => ({ ...partner, url: closed }));
    hub = await createHub(
      { network: { ...network, partners }, contracts: readContracts(network) },
      { logger: silentLogger },
    );
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  it.each(Object.entries(operations))(
    'are planned over without holding anybody up for 50 ms: %s',
    async (what, write) => {
      const stalls: number[] = [];
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const query = write(`Wide${round}`);
        const { signal } = new AbortController();
        const contextValue = await hub.createContext({ requestId: 'test', signal });
        const begun = performance.now();
        const ask = async () => {
          const { body } = await hub.pipeline.run({ query }, contextValue);
          times.push(performance.now() - begun);
          if (body.kind !== 'single') throw new Error('An answer in parts.');
          expect(body.singleResult.data).toBeDefined();
        };
        stalls.push(await readStall(ask));
      }
      const list = (all: readonly number[]) => all.map((ms) => ms.toFixed(0)).join(', ');
      console.log(`${what}: in ${list(times)} ms, nobody is answered for ${list(stalls)} ms`);
      expect(median(stalls)).toBeLessThan(50);
    },
  );
});
