import { HubError } from '@hub/shared/errors';
import type { Reader, tokens } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import {
  createFactsHub,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { levels } from '../levels.js';
import {
  assignmentOf,
  createScenarioHub,
  entity,
  expert,
  openScenarios,
  own,
  readers,
  today,
} from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

describe('FORBIDDEN', () => {
  const answersTo = async (reader: Reader, there: string, nowhere: string) => {
    await using police = await openScenarios(sqlite);
    const [hidden, missing] = [
      await police.ask(there, {}, reader),
      await police.ask(nowhere, {}, reader),
    ];
    expect(hidden.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(JSON.stringify(hidden)).toBe(JSON.stringify(missing));
  };

  it('is the same for hidden and unknown records', async () => {
    const nobody = { kind: 'anonymous' } as const;
    const dane = readerOf('dk', 'coordinator');
    const root = (field: string, id: string) => `{ it: ${field}(id: "${id}") { id } }`;
    await answersTo(nobody, root('officer', 'fi:demo-officer-1'), root('officer', 'fi:none'));
    await answersTo(nobody, root('expert', expert.id), root('expert', 'fi:none'));
    const key = (type: string, id: string) => entity(type, id, `... on ${type} { id }`);
    for (const type of ['Officer', 'Expert', 'OfficerNomination']) {
      await answersTo(nobody, key(type, 'fi:demo-officer-1'), key(type, 'fi:none'));
    }
    await answersTo(dane, key('Hosting', 'fi:demo-hosting-1'), key('Hosting', 'fi:none'));
  });
});

describe('a record of which the hub knows nothing', () => {
  it.each([
    ['the group of an officer', '{ officer(id: "fi:demo-officer-1") { name } }'],
    [
      'the assignment of an expert',
      entity(
        'ExpertAssignment',
        assignmentOf('fi:lent', 'nbnp:ended'),
        '... on ExpertAssignment { loanGranted }',
        'fi:lent',
      ),
    ],
  ])('gives access to nothing: %s', async (_what, query) => {
    await using police = await openScenarios(
      sqlite,
      createFactsHub(() => null),
    );
    const { errors } = await police.ask(query, {}, readerOf('se', 'coordinator'));
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe.each([
  ['Formality', 'formalities'],
  ['TravelNeeds', 'travelNeeds'],
])('%s', (type, level) => {
  it('is decided by its own level too, on whatever path it is reached', async () => {
    const row = { officerId: 'fi:demo-officer-1', groupId: 'nbnp:demo-group-4' } as never;
    const mayRead = (organisation: string, role: tokens.Role) => {
      const reader = readerOf(organisation, role);
      const context = { reader, partner: own, clock: () => new Date(`${today}T12:00:00Z`) };
      return levels[type]?.[level]?.decide(row, context as unknown as PartnerContext, {});
    };
    expect(await mayRead(own, 'liaison')).toBe(true);
    expect(await mayRead('se', 'liaison')).toBe(false);
    expect(await mayRead('nbnp', 'analyst')).toBe(false);
  });
});

describe('Officer.name', () => {
  it('is for the host of one of her groups, and not for the host of a group that did not accept her', async () => {
    await using police = await openScenarios(sqlite);
    await police.source.getRepository(OfficerNomination).insert({
      id: 'fi:second-candidacy',
      groupId: 'nbnp:demo-group-2',
      officerId: 'fi:demo-officer-1',
      nominatedOn: '2026-09-01',
    });
    const query = '{ officer(id: "fi:demo-officer-1") { name } }';
    const read = (organisation: string) =>
      police.ask(query, {}, readerOf(organisation, 'coordinator'));
    expect((await read('se')).data).toEqual({ officer: { name: expect.any(String) as unknown } });
    expect(await read('lv')).toMatchObject({
      data: { officer: { name: null } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });
});

describe('Visit.hostings', () => {
  const hostingsOf = (visit: string) => entity('Visit', visit, '... on Visit { hostings { id } }');

  it('are visible to a police force’s own people, and FORBIDDEN if it made no offer and has no part in the visit', async () => {
    await using police = await openScenarios(sqlite);
    for (const role of ['coordinator', 'liaison', 'service'] as const) {
      const reader = readerOf(own, role);
      const { data } = await police.ask(hostingsOf('nbnp:today'), {}, reader);
      expect(data).toEqual({ _entities: [{ hostings: [{ id: 'fi:hosting-today' }] }] });
      const { errors } = await police.ask(hostingsOf('nbnp:elsewhere'), {}, reader);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});

describe('PARTNER_TIMED_OUT', () => {
  it('is the error if a fact from the hub decides the access, and own rows need none', async () => {
    const refusal = new HubError('PARTNER_TIMED_OUT', { partner: 'nbnp' });
    const hub = { ...createScenarioHub(), askHub: () => Promise.reject(refusal) };
    await using police = await openScenarios(sqlite, hub);
    const { data, errors } = await police.ask(
      `{ officer(id: "fi:demo-officer-1") { id name targetGroup }
         policeUnit(id: "fi:npb") { id hostings { id } } }`,
      {},
      readerOf('se', 'coordinator'),
    );
    expect(data).toEqual({
      officer: null,
      policeUnit: { id: 'fi:npb', hostings: null },
    });
    const names = '{ officers(filter: { rehearsals: true }) { nodes { name } } }';
    const own = await police.ask(names, {}, readerOf('fi', 'coordinator'));
    expect(own.errors).toBeUndefined();
    const codes = errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
    expect(codes?.toSorted()).toEqual([
      ['officer', 'PARTNER_TIMED_OUT'],
      ['policeUnit.hostings', 'PARTNER_TIMED_OUT'],
    ]);
  });
});

describe('a remembered fact', () => {
  it('decides all access to a group, after one request to the hub for each rule', async () => {
    const hub = createScenarioHub();
    await using police = await openScenarios(sqlite, hub);
    const swede = readerOf('se', 'coordinator');
    const query =
      '{ officers(filter: { rehearsals: true }) { nodes { name email nominations { motivation } } } }';
    await police.ask(query, {}, swede);
    await police.ask(query, {}, swede);
    // Who reads of the people, and then who reads the names of those.
    const groups = ['group nbnp:demo-group-4', 'group nbnp:demo-group-2'];
    expect(hub.asked).toEqual([groups, ['group nbnp:demo-group-4']]);
  });
});

describe('ItineraryStop.hostConfirmedOn', () => {
  it('is read by the host’s own staff while the network is unavailable', async () => {
    const askHub = () => Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' }));
    await using police = await openScenarios(sqlite, { ...createScenarioHub(), askHub });
    const query = entity(
      'ItineraryStop',
      'nbnp:stop-ended',
      '... on ItineraryStop { hostConfirmedOn }',
    );
    for (const role of ['coordinator', 'liaison', 'service'] as const) {
      const { _entities: stops } = await police.read<{ _entities: unknown }>(
        query,
        {},
        readerOf(own, role),
      );
      expect(stops, role).toEqual([{ hostConfirmedOn: '2026-10-20' }]);
    }
    const { errors } = await police.ask(query, {}, readerOf('se', 'coordinator'));
    expect(errors).toMatchObject([{ extensions: { code: 'PARTNER_UNAVAILABLE' } }]);
  });

  it('is null for a stop that another country hosts, or refused to who reads no plan', async () => {
    await using police = await openScenarios(sqlite);
    const query = `{ _entities(representations: [
      { __typename: "ItineraryStop", id: "nbnp:stop-ended", hostCountry: "SE" }
    ]) { ... on ItineraryStop { hostConfirmedOn } } }`;
    for (const [name, reader] of readers) {
      const { data, errors = [] } = await police.ask(query, {}, reader);
      expect(data, name).toEqual({ _entities: [{ hostConfirmedOn: null }] });
      const codes = errors.map(({ extensions }) => extensions.code);
      const isRefused = reader.kind !== 'person' || reader.role === 'auditor';
      expect(codes, name).toEqual(isRefused ? ['FORBIDDEN'] : []);
    }
  });
});

/** `Level.decide`: without an object, whether the caller may learn that there is none. */
describe('that there is no such object', () => {
  const whoMayLearn = async (type: string, level: string) => {
    const may: string[] = [];
    for (const [name, reader] of readers) {
      const context = { reader, partner: own } as PartnerContext;
      if (await levels[type]?.[level]?.decide(undefined, context, {})) may.push(name);
    }
    return may;
  };
  const staffOf = (organisation: string) =>
    ['coordinator', 'liaison', 'service'].map((role) => `a ${role} of ${organisation}`);
  const coordinatorsOf = (organisation: string) =>
    ['coordinator', 'service'].map((role) => `a ${role} of ${organisation}`);

  it.each([
    ['Officer', 'identity'],
    ['Officer', 'formalities'],
    ['Officer', 'travelNeeds'],
    ['OfficerNomination', 'identity'],
    ['ParticipantReport', 'report'],
    ['ItineraryStop', 'itinerary'],
    ['Visit', 'itinerary'],
  ])('is said to nobody for %s at the level %s', async (type, level) => {
    expect(await whoMayLearn(type, level)).toEqual([]);
  });

  it.each([
    ['Hosting', 'itinerary', [...staffOf(own), ...staffOf('nbnp')]],
    ['Expert', 'identity', [...staffOf(own), ...coordinatorsOf('nbnp')]],
    ['ExpertAssignment', 'identity', [...staffOf(own), ...coordinatorsOf('nbnp')]],
    ['ExpertAssignment', 'itinerary', staffOf(own)],
    // Who may read an empty list or null of an officer is decided by the officer’s own level.
    ['Formality', 'formalities', readers.map(([name]) => name)],
    ['TravelNeeds', 'travelNeeds', readers.map(([name]) => name)],
  ])('is said for %s at the level %s to those who may read all', async (type, level, may) => {
    expect((await whoMayLearn(type, level)).toSorted()).toEqual(may.toSorted());
  });
});
