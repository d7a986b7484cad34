import diagnostics from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openNetwork } from '../network/open-network.js';

/** The requests of GraphQL over HTTP in this process: the hub’s to partners, and theirs to the hub. */
function countRequests() {
  let count = 0;
  const add = (message: unknown) => {
    const { request } = message as { request: { method: string; body: unknown } };
    if (request.method === 'POST' && request.body) count += 1;
  };
  diagnostics.subscribe('undici:request:create', add);
  return {
    get count() {
      return count;
    },
    [Symbol.dispose]: () => void diagnostics.unsubscribe('undici:request:create', add),
  };
}

const documents = readFileSync('gateway/plugins/mcp/documents/programme.graphql', 'utf8');
const groupsByState = documents.slice(documents.indexOf('query GroupsByState')).split('\n}\n')[0];
const coordinator = { organisation: 'nbnp', role: 'coordinator' } as const;

describe('calls of one moment', () => {
  it('are joined: the groups with their states and warnings need fewer than 90', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true, hasChores: false });
    const countFor = async (first: number) => {
      using requests = countRequests();
      const answer = await network.ask(`${groupsByState}\n}`, { first }, coordinator);
      expect(answer.errors).toBeUndefined();
      expect(answer.data.groups.nodes).toHaveLength(first);
      return requests.count;
    };
    await countFor(5);
    // 136 before calls were joined.
    expect(await countFor(5)).toBeLessThan(90);
  });
});
