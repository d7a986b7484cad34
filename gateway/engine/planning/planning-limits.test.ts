import { HubError } from '@hub/shared/errors';
import { type Logger, silentLogger } from '@hub/shared/system';
import { cpuMsOf } from '@hub/shared/testing';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createHub } from '../../hub.js';
import { composeSupergraph } from '../../registry/compose.js';
import { explainUnplannable } from './planning-limits.js';

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
  let code: unknown;
  const ms = await cpuMsOf(async () => {
    const { body } = await hub.pipeline.run({ query }, contextValue);
    if (body.kind !== 'single') throw new Error('An answer in parts.');
    code = body.singleResult.errors?.[0]?.extensions?.code;
  });
  return { ms, code };
}

describe('explainUnplannable', () => {
  /** What a client gets for what the planner throws, and what is logged of it. */
  function explain(error: unknown) {
    const lines: Record<string, unknown>[] = [];
    const logger = {
      error: (line: Record<string, unknown>, msg: string) => lines.push({ ...line, msg }),
    } as unknown as Logger;
    const { code, message } = explainUnplannable(error, 'r-1', logger);
    return { code, message, lines };
  }

  it('refuses what the planner fails on with a code, and logs its wording without clients’ texts', () => {
    const wording = 'Cannot add `people(name: "Anna \\"A\\"", on: $d)` to type "Query"';
    const { code, message, lines } = explain(new Error(wording));
    expect([code, message]).toEqual([
      'OPERATION_UNPLANNABLE',
      'The graph cannot resolve this operation.',
    ]);
    expect(lines).toMatchObject([
      {
        msg: 'planner fault',
        requestId: 'r-1',
        wording: 'Cannot add `people(name: "…", on: $d)` to type "Query"',
        error: { type: 'Error' },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Anna');
  });

  it('does the same for what is no error, or a graph’s own', () => {
    for (const error of ['text', undefined, new GraphQLError('No such type'), new RangeError('x')])
      expect(explain(error)).toMatchObject({ code: 'OPERATION_UNPLANNABLE', lines: [{}] });
  });

  it('leaves a refusal as it is, and logs nothing of it', () => {
    expect(explain(new HubError('OPERATION_UNPLANNABLE', { message: 'No.' }))).toEqual({
      code: 'OPERATION_UNPLANNABLE',
      message: 'No.',
      lines: [],
    });
  });
});

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
