import { silentLogger } from '@hub/shared/telemetry';
import { describe, expect, it } from 'vitest';
import { createHub } from '../hub.js';
import { composeSupergraph } from '../registry/compose.js';

const nowhere = 'http://127.0.0.1:9/';
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/**
 * One subgraph has the root, and five others have all the rest: each level can be fetched from any
 * of them.
 */
const { supergraphSdl = '' } = composeSupergraph([
  {
    name: 'root',
    url: nowhere,
    sdl: `${link} type Query { root: Thing } type Thing @key(fields: "id") { id: ID! }`,
  },
  ...['a', 'b', 'c', 'd', 'e'].map((name) => ({
    name,
    url: nowhere,
    sdl: `${link} type Thing @key(fields: "id") { id: ID! size: Int @shareable part: Thing @shareable }`,
  })),
]);

async function plan(depth: number) {
  await using hub = await createHub({ supergraphSdl }, { logger: silentLogger });
  const query = `{ root ${'{ size part '.repeat(depth)} { size } ${'}'.repeat(depth)} }`;
  const { signal } = new AbortController();
  const contextValue = await hub.createContext({ requestId: 'test', signal });
  const startedAt = performance.now();
  const { body } = await hub.pipeline.run({ query }, contextValue);
  const ms = performance.now() - startedAt;
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  return { ms, code: body.singleResult.errors?.[0]?.extensions?.code };
}

describe('QUERY_TOO_COMPLEX', () => {
  it('is raised quickly for an operation with millions of possible plans', async () => {
    const { ms, code } = await plan(12);
    expect(code).toBe('QUERY_TOO_COMPLEX');
    expect(ms).toBeLessThan(10_000);
  });

  it('is not raised for an operation with hundreds of possible plans', async () => {
    expect((await plan(3)).code).toBe('PARTNER_UNAVAILABLE');
  });
});
