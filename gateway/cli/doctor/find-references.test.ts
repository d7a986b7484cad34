import { Kind, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContracts } from '../../registry/contracts.js';
import { readNetwork } from '../../registry/network.js';
import { nameOf, readContractModels } from '../contract-model.js';
import { printNode } from './examine.js';
import { findReferences } from './find-references.js';
import { readKnownReferences, type KnownReferences } from './known-references.js';

const nothing: KnownReferences = {
  reader: 'a',
  plain: {},
  repeats: [],
  answers: [],
  contradictions: [],
};

/** Two subgraphs: towns with references to people, and people. */
const towns = `
  type Query { town(id: ID!): Town towns: [Town!] council: Council }
  interface Owner { id: ID! }
  type Town implements Owner @key(fields: "id") { id: ID! name: String! mayor: Person houses: [House!] }
  type House { number: Int! owner: Owner }
  type Council { hall: House }
  type Person implements Owner @key(fields: "id", resolvable: false) { id: ID! }`;
const people = `
  type Query { person(id: ID!): Person people(first: Int, after: String): PersonConnection }
  type PersonConnection { nodes: [Person!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Person @key(fields: "id") { id: ID! version: Int! town: ID }
  type Town @key(fields: "id") { id: ID! inhabitants: Int }`;

const survey = (sdl: Readonly<Record<string, string>>, known: Partial<KnownReferences> = {}) =>
  findReferences(
    readContractModels(Object.entries(sdl).map(([name, text]) => ({ name, sdl: text }))),
    { ...nothing, ...known },
  );

describe('findReferences', () => {
  it('reads each place of a value, and each record in a list of all', () => {
    const { walks, coordinates, gaps } = survey(
      { towns, people },
      { plain: { 'Person.town': 'Town' } },
    );
    expect(gaps).toEqual([]);
    expect(coordinates).toEqual(['House.owner', 'Person.town', 'Town.mayor']);
    // No foreign key protects a town’s own id in an interface either.
    const owner = 'owner { __typename ... on Town { id } ... on Person { id } }';
    expect(walks.map(({ root, node }) => `${root} { ${printNode(node)} }`).toSorted()).toEqual([
      `council { hall { ${owner} } }`,
      'people { id town }',
      `towns { id mayor { __typename ... on Person { id } } houses { ${owner} } }`,
    ]);
  });

  it('reads the back reference of a record that must have one', () => {
    const known = {
      plain: { 'Person.town': 'Town' },
      answers: [{ field: 'Town.mayor', type: 'Person', by: 'town' }],
    };
    const { walks } = survey({ towns, people }, known);
    const town = walks.find(({ root }) => root === 'towns');
    expect(town && printNode(town.node)).toContain(
      'mayor { __typename ... on Person { id town } }',
    );
  });

  it('lists what it does not cover', () => {
    const gapsOf = (more: string, known?: Partial<KnownReferences>) =>
      survey({ towns: `${towns} ${more}`, people }, { plain: { 'Person.town': 'Town' }, ...known })
        .gaps;
    expect(gapsOf('')).toEqual([]);
    expect(gapsOf('extend type Town { judge: ID }')).toEqual([
      'Town.judge is an id without a known type.',
    ]);
    expect(gapsOf('extend type Town { judge(on: String!): Person }')).toEqual([
      'Town.judge needs arguments.',
    ]);
    expect(gapsOf('type Lost { person: Person }')).toEqual([
      'Lost.person cannot be reached from any root.',
    ]);
    expect(gapsOf('', { repeats: ['Town.sheriff'] })).toEqual(['No contract has Town.sheriff.']);
    const unlisted = people.replace('person(id: ID!): Person people', 'crowd');
    expect(survey({ towns, people: unlisted.replace('PersonConnection', 'Int') }).gaps).toContain(
      'Town.mayor leads to Person, and no root field tells whether one exists.',
    );
  });

  it('lists an entity that no contract owns, and goes on', () => {
    expect(survey({ towns }).gaps).toContain('Person has no owner.');
    const twoKeys = towns.replace('"id", resolvable: false', '"id name"');
    expect(survey({ towns: twoKeys }).gaps).toContain('Person has no owner.');
  });
});

describe('readContractModels', () => {
  const ownersIn = (sdl: Readonly<Record<string, string>>, ...types: string[]) => {
    const contracts = Object.entries(sdl).map(([name, text]) => ({ name, sdl: text }));
    const { ownerOf } = readContractModels(contracts);
    return types.map((type) => ownerOf(type)?.name);
  };

  it('takes as owner the contract whose root fields find the entity, whoever promises what', () => {
    const clubs = `
      type Query { clubs: [Club!] }
      type Club @key(fields: "id") { id: ID! towns: [Town!]! }
      type Town @key(fields: "id") { id: ID! clubs: [Club!]! clubCount: Int! }`;
    for (const sdl of [
      { towns, people, clubs },
      { clubs, people, towns },
    ])
      expect(ownersIn(sdl, 'Town', 'Person', 'Club')).toEqual(['towns', 'people', 'clubs']);
  });

  it('takes as owner the contract whose partners the prefix of the key names', () => {
    const routed = `
      type Query { house: House }
      type House @key(fields: "id") @route(by: "id") { id: ID! rooms: Int }
      type Street @key(fields: "id") @route(by: "town") { id: ID! town: ID! lamps: Int! }`;
    const others = `
      type Query { houses: [House!] streets: [Street!] }
      type House @key(fields: "id") { id: ID! price: Int! }
      type Street @key(fields: "id") { id: ID! name: String }`;
    expect(ownersIn({ routed, others }, 'House', 'Street')).toEqual(['routed', 'others']);
  });
});

const of = (contract: string, types: string): Record<string, string> =>
  Object.fromEntries(types.split(' ').map((type) => [type, contract]));

describe('the contracts', () => {
  const contracts = readContracts(readNetwork('gateway/network.json'));
  const known = readKnownReferences();
  const { coordinates, gaps } = findReferences(readContractModels(contracts), known);

  // The ids of the demonstration show the owner: `nbnp:demo-visit-1`, `dk:demo-officer-1`.
  const owners: Readonly<Record<string, string>> = {
    ...of('hub', 'Partner'),
    ...of('nbnp', 'Organisation Event Group Visit ItineraryStop ExpertAssignment Programme'),
    ...of('ncm-offices', 'Office Region Delegate RegionalSite DelegateNomination RegionalHosting'),
    ...of('national-police', 'PoliceUnit Officer Expert OfficerNomination NationalSite Hosting'),
  };

  it('own their entities, also if a partner’s contract promises more of each, or lists them', () => {
    const greedy = Object.keys(owners).map(
      (type) => `
        extend type Query { all${type}: [${type}!] one${type}(id: ID!): ${type} }
        type ${type} @key(fields: "id") @route(by: "id") { id: ID! helpers: [Helper!]! helperCount: Int! }`,
    );
    const helpers = `type Query { helpers: [Helper!] } type Helper @key(fields: "id") { id: ID! } ${greedy.join('')}`;
    for (const name of ['a-helpers', 'z-helpers']) {
      const { ownerOf } = readContractModels([{ name, sdl: helpers }, ...contracts]);
      const found = Object.keys(owners).map((type) => [type, ownerOf(type)?.name]);
      expect(Object.fromEntries(found)).toEqual(owners);
      expect(ownerOf('Helper')?.name).toBe(name);
    }
  });

  it('are surveyed together with the example in another language', () => {
    const path = 'test/e2e/other-language/shelters/shelters.graphql';
    const shelters = { name: 'shelters', sdl: readFileSync(path, 'utf8') };
    const found = findReferences(readContractModels([...contracts, shelters]), known);
    expect(found.gaps).toEqual([]);
    expect(found.coordinates).toEqual([...coordinates, 'Shelter.visits'].toSorted());
  });

  it('have no reference between subgraphs that the doctor does not check', () => {
    expect(gaps).toEqual([]);
  });

  it.each(contracts)('$name leads to stubs by fields that the doctor checks', ({ sdl }) => {
    const types = parse(sdl).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
        ? [node]
        : [],
    );
    const stubs = types
      .filter(({ fields, directives }) => fields?.length === 1 && directives?.length === 1)
      .filter(({ directives }) => directives?.[0]?.name.value === 'key')
      .map(({ name }) => name.value);
    const leading = types.flatMap(({ name: parent, fields }) =>
      (fields ?? [])
        .filter(({ type, directives }) => stubs.includes(nameOf(type)) && directives?.length === 0)
        .map(({ name }) => `${parent.value}.${name.value}`),
    );
    for (const field of leading) expect([...coordinates, ...known.repeats]).toContain(field);
  });
});
