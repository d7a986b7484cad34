import 'reflect-metadata';

import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import {
  away,
  expectRefusals,
  openWrittenOffices,
  programme,
  rule,
  type MutationName,
} from '../testing/test-mutations.js';

const all =
  'id office { id } host { __typename id country } visitId status accommodation transport meetingPoint contactOnTheSpot emergencyContact note decidedOn version';

const group = { cancelledOn: null, programme };
/** A visit of officers to Russia. */
const visit = {
  isRehearsal: false,
  version: 1,
  plans: [{ fromVersion: 1, startsOn: '2010-04-12', endsOn: '2010-04-17', hostCountries: ['RU'] }],
  startsOn: '2010-04-12',
  endsOn: '2010-04-17',
  cancelledOn: null,
  returnedOn: null,
  hosts: [{ country: 'RU', owner: 'ncm' }],
  group,
};
const but = (changes: object) => ({ 'nbnp:v': { ...visit, ...changes } });
/** Russia hosts it, for which the offices do not answer. */
const ofNobody = but({ hosts: [{ country: 'RU', owner: 'nbnp' }] });
const offered: RegionalHosting = {
  id: 'ncm:h',
  officeId: 'ncm:led',
  visitId: 'nbnp:v',
  isRehearsal: false,
  status: 'OFFERED',
  accommodation: 'Rooms',
  transport: 'Minibus',
  meetingPoint: null,
  contactOnTheSpot: null,
  emergencyContact: null,
  note: null,
  decidedOn: null,
  confirmedVersion: null,
  version: 1,
};
/** The offices with an offer for a visit that the hub knows. */
async function openOffices(database: TestDatabaseKind) {
  const offices = await openWrittenOffices(database);
  await offices.partner.source.manager.insert(RegionalHosting, offered);
  offices.hub.set('nbnp:v', visit);
  const write = async (mutation: MutationName, input: object, selection = all) => {
    const { value, refusal } = await offices.call(mutation, { ...input }, selection);
    expect(refusal).toBeUndefined();
    return value as Readonly<Record<string, unknown>>;
  };
  return Object.assign(offices, { write });
}

describe.each(testDatabases)('Mutation.offerRegionalHosting on $name', (database) => {
  const input = {
    office: 'ncm:led',
    visit: 'nbnp:v',
    accommodation: 'A guest house',
    note: 'Yes.',
  };

  it('adds an offer to the visit', async () => {
    await using offices = await openOffices(database);
    const hosting = await offices.write('offerRegionalHosting', input);
    expect(hosting).toEqual({
      id: expect.stringMatching(/^ncm:/),
      office: { id: 'ncm:led' },
      host: { __typename: 'Office', id: 'ncm:led', country: 'RU' },
      visitId: 'nbnp:v',
      status: 'OFFERED',
      accommodation: 'A guest house',
      transport: null,
      meetingPoint: null,
      contactOnTheSpot: null,
      emergencyContact: null,
      note: 'Yes.',
      decidedOn: null,
      version: 1,
    });
    const { data } = await offices.partner.ask(
      `{ _entities(representations: [{ __typename: "Visit", id: "nbnp:v" }]) {
        ... on Visit { regionalHostings { id } } } }`,
    );
    const ids = ['ncm:h', String(hosting['id'])].map((id) => ({ id }));
    expect(data).toEqual({
      _entities: [{ regionalHostings: expect.arrayContaining(ids) as unknown }],
    });
  });

  it('makes one offer of a repeated call, and refuses its key with other input', async () => {
    await using offices = await openOffices(database);
    const keyed = { ...input, idempotencyKey: 'k' };
    const calls = Array.from({ length: 10 }, () => offices.write('offerRegionalHosting', keyed));
    const [first, ...others] = await Promise.all(calls);
    for (const other of others) expect(other).toEqual(first);
    await expectRefusals(offices, 'offerRegionalHosting', keyed, [
      {
        input: { note: 'No.' },
        as: { code: 'CONFLICT', argument: 'input.idempotencyKey', currentVersion: 1 },
      },
    ]);
    expect(await offices.partner.source.manager.count(RegionalHosting)).toBe(2);
  });

  it('accepts an office that may have been open, as far as the dates are known', async () => {
    await using offices = await openOffices(database);
    // Of Arkhangelsk no opening is known. Murmansk closed on an unknown day of 2014.
    await offices.write('offerRegionalHosting', { ...input, office: 'ncm:arh' });
    for (const dates of [
      { startsOn: '2014-12-28', endsOn: '2014-12-31' },
      { startsOn: '2014-12-28', endsOn: null },
      { startsOn: null, endsOn: null },
    ]) {
      offices.hub.set('nbnp:v', { ...visit, ...dates });
      await offices.write('offerRegionalHosting', { ...input, office: 'ncm:mmk' });
    }
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openOffices(database);
    const closed = rule('CLOSED', 'input.office');
    const lastDays = { startsOn: '2015-03-09', endsOn: '2015-03-12' };
    await expectRefusals(offices, 'offerRegionalHosting', input, [
      {
        input: { office: 'ncm:tll' },
        as: rule('HOST_COUNTRY', 'input.office', 'OFFICE_ELSEWHERE'),
      },
      { hub: ofNobody, as: rule('HOST_COUNTRY', 'input.visit', 'VISIT_ELSEWHERE') },
      { hub: but(lastDays), as: closed },
      { hub: but({ startsOn: '1994-12-31', endsOn: '1995-01-02' }), as: closed },
      { hub: but({ startsOn: '2027-02-07', endsOn: null }), as: closed },
    ]);
  });
});

describe.each(testDatabases)('Mutation.changeRegionalHosting on $name', (database) => {
  const input = { hosting: 'ncm:h', transport: null, meetingPoint: 'Platform 5', version: 1 };

  it('changes what is given, removes what is null, and keeps what is left out', async () => {
    await using offices = await openOffices(database);
    expect(await offices.write('changeRegionalHosting', input)).toMatchObject({
      accommodation: 'Rooms',
      transport: null,
      meetingPoint: 'Platform 5',
      status: 'OFFERED',
      version: 2,
    });
    const { data } = await offices.partner.ask(
      '{ officeChanges(filter: { subject: "ncm:h" }) { nodes { mutation fields } } }',
    );
    const fields = ['meetingPoint', 'transport', 'version'];
    expect(data).toEqual({
      officeChanges: { nodes: [{ mutation: 'changeRegionalHosting', fields }] },
    });
  });
});

describe.each(testDatabases)('Mutation.confirmRegionalHosting on $name', (database) => {
  const input = { hosting: 'ncm:h', on: '2010-03-01', version: 1 };

  it('confirms an offer, which can still be changed and withdrawn', async () => {
    await using offices = await openOffices(database);
    const selection = 'status decidedOn version';
    const confirmed = { status: 'CONFIRMED', decidedOn: '2010-03-01', version: 2 };
    expect(await offices.write('confirmRegionalHosting', input, selection)).toEqual(confirmed);
    const change = { hosting: 'ncm:h', note: 'Later.', version: 2 };
    expect(await offices.write('changeRegionalHosting', change, selection)).toEqual({
      ...confirmed,
      version: 3,
    });
    const withdrawal = { hosting: 'ncm:h', on: '2010-03-02', version: 3 };
    expect(await offices.write('withdrawRegionalHosting', withdrawal, selection)).toEqual({
      status: 'WITHDRAWN',
      decidedOn: '2010-03-02',
      version: 4,
    });
  });

  it('says of its visit whether it is a rehearsal, whatever a file said of the offer', async () => {
    for (const isRehearsal of [true, false]) {
      await using offices = await openOffices(database);
      const said = { isRehearsal: !isRehearsal };
      await offices.partner.source.manager.update(RegionalHosting, { id: 'ncm:h' }, said);
      offices.hub.set('nbnp:v', { ...visit, isRehearsal });
      expect(await offices.write('confirmRegionalHosting', input, 'isRehearsal')).toEqual({
        isRehearsal,
      });
    }
  });

  it('stands while nobody knows the days of the visit, and the response says so', async () => {
    await using offices = await openOffices(database);
    await offices.write('confirmRegionalHosting', input);
    offices.hub.set('nbnp:v', away);
    const { data, errors } = await offices.partner.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Visit { regionalHostings { id status isPutBack } } } }`,
      { representations: [{ __typename: 'Visit', id: 'nbnp:v' }] },
    );
    expect(data).toEqual({
      _entities: [{ regionalHostings: [{ id: 'ncm:h', status: 'CONFIRMED', isPutBack: null }] }],
    });
    const missing = { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' };
    for (const field of ['status', 'isPutBack'])
      expect(errors).toContainEqual(
        expect.objectContaining({
          path: ['_entities', 0, 'regionalHostings', 0, field],
          extensions: expect.objectContaining(missing) as unknown,
        }),
      );
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openOffices(database);
    await expectRefusals(offices, 'confirmRegionalHosting', input, [
      { hub: { 'nbnp:v': null }, as: { code: 'NOT_FOUND', argument: 'input.hosting' } },
      { hub: ofNobody, as: rule('HOST_COUNTRY', 'input.hosting', 'VISIT_ELSEWHERE') },
    ]);
  });
});

describe.each(testDatabases)('Mutation.withdrawRegionalHosting on $name', (database) => {
  it('withdraws a confirmed offer, with any host of the visit', async () => {
    await using offices = await openOffices(database);
    const confirmed = { hosting: 'ncm:h', on: '2010-03-01', version: 1 };
    await offices.write('confirmRegionalHosting', confirmed);
    offices.hub.set('nbnp:v', { ...visit, hosts: [{ country: 'FI', owner: 'fi' }] });
    await offices.write('withdrawRegionalHosting', { ...confirmed, version: 2 });
  });
});
