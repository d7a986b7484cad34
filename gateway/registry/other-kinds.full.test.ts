import { Supergraph } from '@apollo/federation-internals';
import { isInterfaceType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from './compose.js';
import { readContract } from './contracts.js';
import { readOtherKinds } from './other-kinds.js';
import { packageFolder } from './package-folder.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  interface Party { id: ID! name: String country: CountryCode }
  scalar CountryCode`;
const courts = `${link}
  type Query { courts: [Court!] }
  type Court implements Party @key(fields: "id") { id: ID! name: String country: CountryCode }`;

const kindsOfParty = (nbnp: string, others: Readonly<Record<string, string>>) => {
  const names = ['hub', 'national-police', 'ncm-offices'];
  const contracts = new Map(names.map((name) => [name, readContract(name).sdl]));
  const all = [...contracts, ['nbnp', nbnp] as const, ...Object.entries(others)];
  const { supergraphSdl, errors } = composeSupergraph(
    all.map(([name, sdl]) => ({ name, sdl, url: `http://${name}` })),
  );
  if (errors) return errors.map(({ message }) => message);
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const party = schema.getType('Party');
  if (!isInterfaceType(party)) throw new Error('Party is no interface.');
  return schema
    .getPossibleTypes(party)
    .map(({ name }) => name)
    .toSorted();
};

const published = readFileSync(
  join(packageFolder, '..', 'subgraphs', 'nbnp', 'schema.graphql'),
  'utf8',
);
const known = ['Office', 'Organisation', 'PoliceUnit'];

describe('OtherParty', () => {
  // As the contract has it, and as NBNP’s server publishes it.
  it.each([
    ['contract', readContract('nbnp').sdl],
    ['published schema', published],
  ])('is in no graph itself, and stands for each kind of others: %s', (_, nbnp) => {
    expect(kindsOfParty(nbnp, {})).toEqual(known);
    expect(kindsOfParty(nbnp, { courts })).toEqual(['Court', ...known]);
    const ships = courts.replaceAll('court', 'ship').replaceAll('Court', 'Ship');
    expect(kindsOfParty(nbnp, { courts, ships })).toEqual(['Court', ...known, 'Ship']);
  });

  it('cannot stand for two types of one contract', () => {
    const two = `${courts} type Chamber implements Party @key(fields: "id") { id: ID! name: String country: CountryCode }`;
    expect(kindsOfParty(published, { courts: two })).toEqual([
      '[courts] Court and Chamber implement Party. A contract may have one such type.',
    ]);
  });

  it('is the type of each partner’s records in the graph', () => {
    const contracts = [readContract('nbnp'), { name: 'courts', sdl: courts }];
    const partner = { name: '', url: '', contact: '', deadlineMs: 1, maxResponseBytes: 1 };
    const partners = ['nbnp', 'courts', 'more'].map((code) => ({
      ...partner,
      code,
      subgraph: code === 'nbnp' ? code : 'courts',
      publicKeys: '',
    }));
    const network = { port: 0, partners };
    expect(readOtherKinds('nbnp', contracts, network)).toEqual([
      {
        standIn: 'OtherParty',
        interface: 'Party',
        typeOf: new Map([
          ['courts', 'Court'],
          ['more', 'Court'],
        ]),
      },
    ]);
    expect(readOtherKinds('courts', contracts, network)).toEqual([]);
  });
});
