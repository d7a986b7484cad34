import { buildSchema, graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../../identity/reader.js';
import type { AskHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { readerOf } from '../../testing/open-test-partner.js';
import {
  mayReadItinerary,
  readAssignmentFacts,
  readJourneyFacts,
  readStopFacts,
  readVisitFacts,
  type VisitFacts,
} from './itinerary.js';

/** The part of the graph that these rules read. */
const schema = buildSchema(`
  type Query { visit(id: ID!): Visit group(id: ID!): Group
    itineraryStop(id: ID!): ItineraryStop expert(id: ID!): Expert }
  type Visit { returnedOn: String hosts: [Host!] cancelledOn: String group: Group }
  type Host { owner: String! }
  type Group { senders: [String!] coordinatingOffice: Office visits: [Visit] cancelledOn: String }
  type Office { id: ID! }
  type ItineraryStop { visit: Visit }
  type Expert { assignments: [Assignment!] }
  type Assignment { id: ID! visit: Visit }
`);

/** A hub whose root fields return these records for every id, and the number of its requests. */
function createHub(records: Readonly<Record<string, unknown>>) {
  let requests = 0;
  const askHub: AskHub = async (source, variableValues) => {
    requests += 1;
    const { data, errors } = await graphql({ schema, source, variableValues, rootValue: records });
    if (!data || errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const clock = () => new Date('2026-11-25T09:00:00Z');
  return {
    contextOf: (reader: Reader) => ({ askHub, clock, reader }) as PartnerContext,
    requests: () => requests,
  };
}

const senders = ['fi'];
const hosts = [{ owner: 'dk' }, { owner: 'lv' }];
const visit = { returnedOn: '2026-11-25', hosts, group: { senders } };
const facts: VisitFacts = {
  returnedOn: '2026-11-25',
  hosts: new Set(['dk', 'lv']),
  senders: new Set(['fi']),
  hasOffice: false,
};
const nothing: VisitFacts = {
  returnedOn: null,
  hosts: new Set(),
  senders: new Set(),
  hasOffice: false,
};

const visits = {
  current: { ...facts, returnedOn: null },
  'ended yesterday': { ...facts, returnedOn: '2026-11-24' },
  'with a return in the future': { ...facts, returnedOn: '2026-11-26' },
  'of an office’s group': { ...facts, returnedOn: null, hasOffice: true },
  'of offices that host': { ...facts, returnedOn: null, hosts: new Set(['ncm']) },
};
type Visit = keyof typeof visits;
const all = Object.keys(visits) as Visit[];

describe('mayReadItinerary', () => {
  it.each<[who: string, reader: Reader, may: readonly Visit[]]>([
    ['the network’s co-ordinator', readerOf('nbnp', 'coordinator'), all],
    ['the network’s liaison', readerOf('nbnp', 'liaison'), all],
    ['the network’s server', readerOf('nbnp', 'service'), all],
    ['the network’s analyst', readerOf('nbnp', 'analyst'), ['ended yesterday']],
    ['the network’s auditor', readerOf('nbnp', 'auditor'), []],
    [
      'a host’s co-ordinator',
      readerOf('lv', 'coordinator'),
      all.filter((one) => one !== 'of offices that host'),
    ],
    [
      'a host’s liaison',
      readerOf('dk', 'liaison'),
      all.filter((one) => one !== 'of offices that host'),
    ],
    ['a host’s analyst', readerOf('dk', 'analyst'), ['ended yesterday']],
    ['a host’s auditor', readerOf('dk', 'auditor'), []],
    ['a sender’s co-ordinator', readerOf('fi', 'coordinator'), all],
    ['a sender’s server', readerOf('fi', 'service'), all],
    [
      'an office’s co-ordinator',
      readerOf('ncm', 'coordinator'),
      ['ended yesterday', 'of an office’s group', 'of offices that host'],
    ],
    ['an office’s analyst', readerOf('ncm', 'analyst'), ['ended yesterday']],
    ['another co-ordinator', readerOf('se', 'coordinator'), ['ended yesterday']],
    ['another liaison', readerOf('se', 'liaison'), ['ended yesterday']],
    ['another analyst', readerOf('se', 'analyst'), ['ended yesterday']],
    ['an anonymous caller', anonymous, []],
  ])('allows %s', async (_who, reader, may) => {
    const { contextOf } = createHub({});
    const allowed: Visit[] = [];
    for (const one of all) {
      const isAllowed = await mayReadItinerary(contextOf(reader), async () => visits[one]);
      if (isAllowed) allowed.push(one);
    }
    expect(allowed).toEqual(may);
  });

  it.each([readerOf('dk', 'coordinator'), readerOf('dk', 'analyst')])(
    'denies a visit that the network does not know: %j',
    async (reader) => {
      expect(await mayReadItinerary(createHub({}).contextOf(reader), async () => null)).toBe(false);
    },
  );

  it.each([
    [anonymous, false],
    [readerOf('dk', 'auditor'), false],
    [readerOf('nbnp', 'coordinator'), true],
  ])('asks for no fact that does not decide: %j', async (reader, expected) => {
    const ask = () => Promise.reject(new Error('asked'));
    expect(await mayReadItinerary(createHub({}).contextOf(reader), ask)).toBe(expected);
  });
});

describe('the facts about a visit', () => {
  it.each<[what: string, visit: unknown, facts: VisitFacts | null]>([
    ['a visit', visit, facts],
    [
      'a visit of an office’s group',
      { ...visit, group: { senders, coordinatingOffice: { id: 'ncm:office-1' } } },
      { ...facts, hasOffice: true },
    ],
    ['a visit of which nothing is known', {}, nothing],
    ['no visit', null, null],
  ])('are read from %s, and from a stop of it', async (_what, given, expected) => {
    const { contextOf } = createHub({ visit: given, itineraryStop: { visit: given } });
    const context = contextOf(anonymous);
    expect(await readVisitFacts(context, 'nbnp:visit-1')).toEqual(expected);
    expect(await readStopFacts(context, 'dk:stop-1')).toEqual(expected ?? nothing);
  });

  it('are read by assignment for an expert, and never cached', async () => {
    const assignments = [
      { id: 'dk:assignment-1', visit },
      { id: 'dk:assignment-2', visit: null },
      { id: 'dk:assignment-3', visit: { ...visit, cancelledOn: '2026-11-20' } },
      {
        id: 'dk:assignment-4',
        visit: { ...visit, group: { senders, cancelledOn: '2026-11-20' } },
      },
    ];
    const { contextOf, requests } = createHub({ expert: { assignments } });
    const read = () => readAssignmentFacts(contextOf(anonymous), 'dk:expert-1');
    const expected = new Map([
      ['dk:assignment-1', { ...facts, isCancelled: false }],
      ['dk:assignment-2', { ...nothing, isCancelled: false }],
      ['dk:assignment-3', { ...facts, isCancelled: true }],
      ['dk:assignment-4', { ...facts, isCancelled: true }],
    ]);
    expect(await read()).toEqual(expected);
    expect(await read()).toEqual(expected);
    expect(requests()).toBe(2);
    const withheld = createHub({ expert: { assignments: null } });
    expect(await readAssignmentFacts(withheld.contextOf(anonymous), 'dk:expert-1')).toEqual(
      new Map(),
    );
  });
});

describe('the facts about the visits of a group', () => {
  const early = { returnedOn: '2026-10-12', hosts: [{ owner: 'dk' }] };
  const late = { returnedOn: '2026-11-25', hosts: [{ owner: 'lv' }] };

  it.each<[what: string, visits: unknown, facts: Partial<VisitFacts>]>([
    [
      'end with the last return',
      [late, early],
      { returnedOn: '2026-11-25', hosts: new Set(['lv', 'dk']) },
    ],
    [
      'have no end if a visit is hidden',
      [late, null],
      { returnedOn: null, hosts: new Set(['lv']) },
    ],
    [
      'have no end if one is under way',
      [early, { ...late, returnedOn: null }],
      { returnedOn: null, hosts: new Set(['lv', 'dk']) },
    ],
    [
      'leave out cancelled ones',
      [early, { ...late, cancelledOn: '2026-10-01' }],
      { returnedOn: '2026-10-12', hosts: new Set(['dk']) },
    ],
    [
      'have no host where it is unknown',
      [{ ...early, hosts: null }],
      { returnedOn: '2026-10-12', hosts: new Set() },
    ],
    ['have no end without a visit', [], { returnedOn: null, hosts: new Set() }],
    ['have no end if they are withheld', null, { returnedOn: null, hosts: new Set() }],
  ])('%s', async (_what, given, expected) => {
    const group = { senders, coordinatingOffice: { id: 'ncm:office-1' }, visits: given };
    const { contextOf } = createHub({ group });
    expect(await readJourneyFacts(contextOf(anonymous), 'nbnp:group-1')).toEqual({
      senders: new Set(['fi']),
      hasOffice: true,
      ...expected,
    });
  });
});
