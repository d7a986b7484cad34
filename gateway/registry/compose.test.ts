import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from './compose.js';
import { readContract, readContracts } from './contracts.js';
import { readNetwork } from './network.js';
import { packageFolder } from './package-folder.js';

const network = readNetwork(join(packageFolder, 'network.json'));
const contracts = readContracts(network);
const subgraphs = contracts.map(({ name, sdl }) => ({
  name,
  sdl,
  url: `http://${name}.example.org/graphql`,
}));

/** The contracts, with one of them changed. */
function alter(name: string, from: string | RegExp, to: string) {
  const altered = subgraphs.map((subgraph) =>
    subgraph.name === name ? { ...subgraph, sdl: subgraph.sdl.replace(from, to) } : subgraph,
  );
  expect(altered).not.toEqual(subgraphs);
  return composeSupergraph(altered);
}

describe('readContracts', () => {
  it('reads the contract of every kind of partner, and the hub’s', () => {
    expect(contracts.map(({ name }) => name)).toEqual([
      'hub',
      'national-police',
      'nbnp',
      'ncm-offices',
    ]);
  });

  it('says which contract is missing', () => {
    expect(() => readContract('customs')).toThrow(/no contract customs/);
  });

  it('ends with what all partners of a contract offer in addition', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'contracts-'));
    try {
      await writeFile(join(folder, 'a.graphql'), 'type Query { a: Int }');
      expect(readContract('a', folder).sdl).toBe('type Query { a: Int }');
      await writeFile(join(folder, 'a.additions.graphql'), 'extend type Query { b: Int }');
      expect(readContract('a', folder).sdl).toBe(
        'type Query { a: Int }\nextend type Query { b: Int }',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('composeSupergraph', () => {
  it('composes the four contracts', () => {
    const { supergraphSdl = '' } = composeSupergraph(subgraphs);
    for (const { name, url } of subgraphs) {
      expect(supergraphSdl).toContain(`@join__graph(name: "${name}", url: "${url}")`);
    }
  });

  it('names the subgraph and the place of a syntax error', () => {
    const { errors } = alter('nbnp', 'type Query {', 'type Query {{');
    expect(errors).toEqual([
      {
        code: 'INVALID_GRAPHQL',
        message: expect.stringContaining('[nbnp] Syntax Error'),
        subgraphs: ['nbnp'],
        places: [expect.stringMatching(/^nbnp:\d+:\d+$/)],
      },
    ]);
  });

  it('names the subgraph that uses an unknown type', () => {
    const { errors } = alter(
      'nbnp',
      /(type Membership \{ )country: CountryCode!/,
      '$1country: Nowhere!',
    );
    expect(errors).toMatchObject([
      {
        code: 'INVALID_GRAPHQL',
        message: expect.stringContaining('Unknown type Nowhere'),
        subgraphs: ['nbnp'],
      },
    ]);
  });

  it('names the rule and both subgraphs if a field has two owners', () => {
    const { errors } = alter('ncm-offices', /type PageInfo @shareable/, 'type PageInfo');
    expect(errors?.every(({ code }) => code === 'INVALID_FIELD_SHARING')).toBe(true);
    expect(errors?.[0]?.message).toContain('PageInfo.');
    expect(errors?.[0]?.subgraphs).toContain('ncm-offices');
  });

  it('shows a query that cannot be resolved', () => {
    const link =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
    const { errors } = composeSupergraph([
      {
        name: 'a',
        url: '',
        sdl: `${link} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
      },
      {
        name: 'b',
        url: '',
        sdl: `${link} type Thing @key(fields: "other") { other: ID! colour: String }`,
      },
    ]);
    expect(errors).toContainEqual({
      code: 'SATISFIABILITY_ERROR',
      message: expect.stringMatching(/thing \{\s+colour/) as string,
      subgraphs: ['a', 'b'],
      places: [],
    });
  });
});
