import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../e2e/network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { sampleSize } from '../../sample.js';
import { fixedSeeds } from '../seeds.js';
import {
  actorOf,
  plainAround,
  plainCentralities,
  plainContacts,
  plainPaths,
  type PlainContact,
  type PlainFilter,
} from './plain-contacts.js';
import { readContactFacts } from './read-contact-facts.js';

const timeout = 60_000;

const contactFields = `strength firstOn lastOn isRehearsal countries parties { id }
  evidence { basis on isRehearsal event { id } programme { id } visit { id } }`;
const listContacts = `query ($filter: ContactFilter) {
  contacts(minimum: 1, first: 1000, filter: $filter) { totalCount nodes { ${contactFields} } } }`;
const listPaths = `query ($from: ID!, $to: ID!, $filter: ContactFilter) {
  contactPaths(from: $from, to: $to, filter: $filter) {
    length isRehearsal countries parties { id } } }`;
const listCentralities = `query ($filter: ContactFilter, $without: [ID!]) {
  centralities(first: 1000, filter: $filter, without: $without) {
    degree betweenness component isRehearsal country party { id } } }`;
const showNetwork = `query ($around: ID!, $distance: Int, $filter: ContactFilter) {
  contactNetwork(around: $around, distance: $distance, filter: $filter) {
    countries parties { id } contacts { ${contactFields} } } }`;

const idsOf = (parties: Tree): string[] => parties.map((party: Tree) => party?.id);

/** A contact of the network’s, in the form of the plain ones. */
const read = ({ countries, parties, evidence, ...values }: Tree): PlainContact => ({
  ...values,
  between: countries.length > 0 ? countries : idsOf(parties),
  evidence: evidence.map(({ event, programme, visit, ...piece }: Tree) => ({
    ...piece,
    id: (event ?? programme ?? visit).id,
  })),
});

/** Inventions never count as facts: the demonstration changes no row. */
const contents = ['facts', 'demonstration'] as const;

/** Any filter, of what is there and of what is not. */
const drawnFilter: fc.Arbitrary<PlainFilter> = fc.record({
  party: fc.option(fc.constantFrom('nbnp:nbnp', 'ncm:led', 'ee:ppa', 'nbnp:none')),
  country: fc.option(fc.constantFrom('DK', 'EE', 'RU', 'FI'), { freq: 2 }),
  from: fc.option(fc.constantFrom('2006', '2009', '2014-03-01'), { freq: 2 }),
  to: fc.option(fc.constantFrom('2014-03-01', '2015', '2026'), { freq: 2 }),
  via: fc.option(fc.subarray(['EVENT', 'REPRESENTATION', 'VISIT', 'PROGRAMME'])),
  level: fc.constantFrom('PARTY', 'PARENT', 'COUNTRY'),
});

describe.each(contents)('the network of contacts of %s beside the files of facts', (content) => {
  const { occasions, affiliationOf } = readContactFacts();
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork(content);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** The filter in days, as the plain computation takes it. */
  const toDays = ({ from, to, ...filter }: PlainFilter): PlainFilter => ({
    ...filter,
    from: from && `${from}-01-01`.slice(0, 10),
    to: to && `${to}-12-31`.slice(0, 10),
  });
  const count = (filter: PlainFilter = {}, without: readonly string[] = []) =>
    plainContacts({ occasions, affiliationOf, filter: toDays(filter), without });
  const answer = async (query: string, variables: Record<string, unknown>): Promise<Tree> => {
    const { data, errors, extensions } = await network.ask(query, variables);
    expect(errors).toBeUndefined();
    expect(extensions.completeness?.complete).toBe(true);
    return data;
  };

  it.each<[question: string, filter: PlainFilter]>([
    ['Who has worked with whom?', {}],
    ['With whom has the network worked, and why?', { party: 'nbnp:nbnp' }],
    ['Who worked together before the programme?', { to: '2008' }],
    ['Who worked together while it ran?', { from: '2009', to: '2010' }],
    ['Who has worked together since the offices’ activity stopped?', { from: '2015-03-12' }],
    ['Whom did the programme bring together?', { programme: 'nbnp:mobility-programme-2009-2010' }],
    ['With whom have Estonian bodies worked?', { country: 'EE' }],
    ['Which countries have worked together?', { level: 'COUNTRY' }],
    ['With which countries has Denmark worked?', { level: 'COUNTRY', country: 'DK' }],
    ['Which bodies have, with all that is directly below them?', { level: 'PARENT' }],
    ['Whom did the secretariat’s offices meet?', { level: 'PARENT', party: 'ncm:cph' }],
    ['Who met only because somebody was represented?', { via: ['REPRESENTATION'] }],
    ['Who planned the programme together?', { via: ['PROGRAMME'] }],
  ])('%s', { timeout }, async (_, filter) => {
    const { contacts } = await answer(listContacts, { filter });
    const expected = count(filter);
    expect(expected.length).toBeGreaterThan(0);
    expect(contacts.totalCount).toBe(expected.length);
    const byStrength = expected.toSorted((a, b) => b.strength - a.strength);
    expect(contacts.nodes.map(read)).toEqual(byStrength);
  });

  it.each(fixedSeeds)('lists the contacts of any filter: seed %i', { timeout }, async (seed) => {
    const drawn = fc.asyncProperty(drawnFilter, async (filter) => {
      const { contacts } = await answer(listContacts, { filter });
      const byStrength = count(filter).toSorted((a, b) => b.strength - a.strength);
      expect(contacts.nodes.map(read)).toEqual(byStrength);
    });
    await fc.assert(drawn, { seed, numRuns: sampleSize(6, 30), endOnFailure: true });
  });

  it.each<[question: string, without: readonly string[], filter: PlainFilter]>([
    ['Who connects the offices’ world with the polices’?', [], {}],
    ['Who does, without the network?', ['nbnp:nbnp'], {}],
    ['Who does, without the network and the office in Tallinn?', ['nbnp:nbnp', 'ncm:tll'], {}],
    ['Who did until the offices’ activity stopped?', [], { to: '2014' }],
    ['Which body does, with all below it?', [], { level: 'PARENT' }],
    ['Which body does, without the secretariat and its offices?', ['ncm:cph'], { level: 'PARENT' }],
    ['Which country does?', [], { level: 'COUNTRY' }],
    ['Which country does, without Denmark?', ['DK'], { level: 'COUNTRY' }],
  ])('%s', { timeout }, async (_, without, filter) => {
    const { centralities } = await answer(listCentralities, { filter, without });
    const expected = plainCentralities(count(filter, without));
    expect(expected.length).toBeGreaterThan(1);
    expect(
      centralities.map(({ party, country, ...numbers }: Tree) => ({
        actor: country ?? party.id,
        ...numbers,
      })),
    ).toEqual(expected);
  });

  it.each<[from: string, to: string, filter: PlainFilter]>([
    ['ncm:led', 'ee:ppa', {}],
    ['ncm:kgd', 'ncm:tll', {}],
    ['nbnp:iacis', 'ee:ppa', {}],
    ['ncm:led', 'ncm:led', {}],
    ['ncm:led', 'nbnp:nobody', {}],
    ['DK', 'RU', { level: 'COUNTRY' }],
    ['lt:lkpb', 'nbnp:nbnp', { level: 'PARENT' }],
  ])('finds all shortest chains from %s to %s', { timeout }, async (from, to, filter) => {
    const { contactPaths } = await answer(listPaths, { from, to, filter });
    const actor = (id: string) =>
      id.includes(':') ? actorOf(id, filter.level, affiliationOf) : id;
    const expected = plainPaths(count(filter), actor(from) ?? '', actor(to) ?? '');
    expect(
      contactPaths.map(({ countries, parties }: Tree) =>
        countries.length > 0 ? countries : idsOf(parties),
      ),
    ).toEqual(expected);
    expect(contactPaths.map(({ length }: Tree) => length + 1)).toEqual(
      expected.map((chain) => chain.length),
    );
  });

  it.each<[around: string, distance: number, filter: PlainFilter]>([
    ['nbnp:nbnp', 1, {}],
    ['ncm:tll', 2, {}],
    ['dk:nec', 3, {}],
    ['ncm:led', 1, { via: ['PROGRAMME'] }],
    ['RU', 1, { level: 'COUNTRY' }],
  ])(
    'shows the network around %s, up to %i away',
    { timeout },
    async (around, distance, filter) => {
      const { contactNetwork } = await answer(showNetwork, { around, distance, filter });
      const contacts = count(filter);
      const within = plainAround(contacts, around, distance) ?? [];
      expect(within.length).toBeGreaterThan(1);
      const { countries, parties } = contactNetwork;
      expect(countries.length > 0 ? countries : idsOf(parties)).toEqual(within);
      expect(contactNetwork.contacts.map(read)).toEqual(
        contacts.filter(({ between }) => between.every((end) => within.includes(end))),
      );
    },
  );
});

describe('contacts with those of visits', () => {
  it('say which of them, and what of each, is a fact', { timeout }, async () => {
    await using network = await openNetwork('demonstration');
    const list = async (filter: PlainFilter): Promise<PlainContact[]> => {
      const { data } = await network.ask(listContacts, { filter });
      return data?.contacts.nodes.map(read);
    };
    const facts = await list({});
    const all = await list({ rehearsals: true });
    const real = all.map((contact) => ({
      between: contact.between,
      evidence: contact.evidence.filter(({ isRehearsal }) => !isRehearsal),
    }));
    const byEnds = (contacts: readonly Pick<PlainContact, 'between' | 'evidence'>[]) =>
      new Map(contacts.map(({ between, evidence }) => [between.join(' '), evidence]));
    expect(byEnds(real.filter(({ evidence }) => evidence.length > 0))).toEqual(byEnds(facts));
    expect(all.filter(({ isRehearsal }) => isRehearsal).length).toBe(all.length - facts.length);
    expect(all.length).toBeGreaterThan(facts.length);
  });
});
