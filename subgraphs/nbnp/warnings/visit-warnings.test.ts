import { anonymous } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Absence, ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { north, openTestVisits, programme, south, week } from '../testing/test-visits.js';

const near = '2030-04-06T12:00:00Z';
const dayBefore = '2030-04-05T12:00:00Z';
const due = { dueOn: week.startsOn };
const query = `{ group(id: "${south.group}") { warnings { code subject owner dueOn count expected } } }`;

/** The offices’ offer to host, the cities of the stops’ sites, and what police forces recorded. */
const hubWith = (
  offers: readonly object[] = [],
  cities: Record<string, string | null> = {},
  {
    visas = 0,
    nominations = [],
  }: { readonly visas?: number; readonly nominations?: readonly object[] } = {},
) => ({
  PolicyFacts(_variables: unknown, _network: unknown, text: string) {
    if (text.includes('city')) {
      const stops = Object.entries(cities).map(([id, city]) => ({ id, site: { city } }));
      return { f0: { stops } };
    }
    if (text.includes('officerNominations')) return { f0: { officerNominations: nominations } };
    if (!text.includes('hostings'))
      return { f0: { officerFormalitiesOpen: 0, officerVisasRefused: visas } };
    const visit = { id: south.visit, hostCountries: ['RU'], hostings: [] };
    return { f0: { visits: [{ ...visit, regionalHostings: offers }] } };
  },
});
const offer = (status: string, isPutBack = false) => ({ id: 'ncm:offer', status, isPutBack });
const confirmed = hubWith([offer('CONFIRMED')]);

const stop = (id: string, more: object) => ({
  id: `nbnp:${id}`,
  visitId: south.visit,
  hostCountry: 'RU',
  day: '2030-05-07',
  from: '14:00',
  to: '16:00',
  title: 'Another',
  sector: 'POLICE',
  ...more,
});

describe.each(testDatabases)('Group.warnings of visits on $name', (kind) => {
  const open = async (hub = confirmed, now = near) => {
    const network = await openTestVisits(kind, hub, now);
    const told = async (reader = readerOf('nbnp', 'coordinator')) => {
      const { data, errors } = await network.ask(query, {}, reader);
      expect(errors).toBeUndefined();
      const { warnings } = data?.['group'] as { warnings: readonly Record<string, unknown>[] };
      return warnings;
    };
    const codes = async (reader = readerOf('nbnp', 'coordinator')) =>
      (await told(reader)).map(({ code }) => code);
    const clear = async () => {
      await network.update(ItineraryStop, south.stop, { status: 'CALLED_OFF' });
    };
    return { ...network, told, codes, clear };
  };

  it('say that a visit has no stop, from 30 days before until there is one or it departs', async () => {
    await using network = await open();
    expect(await network.told()).toEqual([]);
    await network.clear();
    expect(await network.told()).toMatchObject([
      { code: 'NO_STOP', subject: south.visit, owner: 'nbnp', ...due },
    ]);
    for (const reader of [anonymous, readerOf('se', 'coordinator'), readerOf('nbnp', 'analyst')])
      expect(await network.codes(reader)).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.codes()).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: null });
    await network.update(Group, south.group, { cancelledOn: '2030-04-01' });
    expect(await network.codes()).toEqual([]);

    await using early = await open(confirmed, dayBefore);
    await early.clear();
    expect(await early.codes()).toEqual([]);
  });

  it('say that a group has no member, from 30 days before', async () => {
    for (const [now, expected] of [
      [dayBefore, []],
      [near, ['NO_MEMBER']],
    ] as const) {
      await using network = await open(confirmed, now);
      await network.source.manager.delete(OfficerNomination, { groupId: south.group });
      expect(await network.codes()).toEqual(expected);
      expect(await network.codes(readerOf('se', 'auditor'))).toEqual(expected);
      expect(await network.codes(anonymous)).toEqual([]);
    }
  });

  it.each([
    [dayBefore, [], []],
    [near, [], ['NO_HOST']],
    [near, [offer('OFFERED')], ['NO_HOST']],
    [near, [offer('OFFERED', true)], ['HOSTING_PUT_BACK']],
    [near, [offer('WITHDRAWN')], ['HOSTING_WITHDRAWN']],
    [near, [offer('CONFIRMED')], []],
    ['2030-04-21T12:00:00Z', [offer('OFFERED')], ['NO_HOST']],
    ['2030-04-22T12:00:00Z', [offer('OFFERED')], ['NO_HOST', 'DECISION_OVERDUE']],
    ['2030-04-22T12:00:00Z', [offer('OFFERED', true)], ['HOSTING_PUT_BACK', 'DECISION_OVERDUE']],
    ['2030-05-12T12:00:00Z', [offer('OFFERED')], []],
  ])('say on %s of the offers %j: %j', async (now, offers, expected) => {
    await using network = await open(hubWith(offers), now);
    const told = await network.told();
    expect(told.map(({ code }) => code)).toEqual(expected);
    for (const warning of told.filter(({ code }) => code !== 'HOSTING_WITHDRAWN'))
      expect(warning).toMatchObject({ owner: 'ncm', ...due });
    expect(await network.codes(readerOf('se', 'coordinator'))).toEqual([]);
  });

  it('say that a loan is undecided, from 14 days before', async () => {
    const loan = { id: 'nbnp:assignment', status: 'REQUESTED', isLoanPutBack: false };
    const hub = { PolicyFacts: () => ({ f0: { visits: [{ experts: [loan] }] } }) };
    for (const [now, more] of [
      ['2030-04-21T12:00:00Z', []],
      ['2030-04-22T12:00:00Z', ['DECISION_OVERDUE']],
    ] as const) {
      await using network = await openTestVisits(kind, hub, now);
      const { data } = await network.ask(query.replace(south.group, north.group));
      const { warnings } = data?.['group'] as { warnings: readonly Record<string, unknown>[] };
      const ofLoan = warnings.filter(({ subject }) => subject === loan.id);
      expect(ofLoan.map(({ code }) => code)).toEqual(['LOAN_UNDECIDED', ...more]);
      for (const warning of ofLoan) expect(warning).toMatchObject({ owner: 'lt', ...due });
    }
    await using network = await openTestVisits(kind, hub, near);
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    const { data } = await network.ask(query.replace(south.group, north.group));
    expect(JSON.stringify(data)).not.toContain('nbnp:assignment');
  });

  it.each([
    ['another country', { hostCountry: 'FI' }, true],
    ['another city', { siteId: 'ncm:site-2' }, true],
    ['the same city', { siteId: 'ncm:site-3' }, false],
    ['a city that nobody knows', { siteId: 'ncm:site-4' }, false],
    ['no site', {}, false],
    ['another day', { hostCountry: 'FI', day: '2030-05-08' }, false],
    ['directly afterwards', { hostCountry: 'FI', from: '15:00' }, false],
    ['the same hour without an end', { hostCountry: 'FI', from: '10:00', to: null }, true],
    ['words', { hostCountry: 'FI', from: 'after lunch' }, false],
    ['a stop that was called off', { hostCountry: 'FI', status: 'CALLED_OFF' }, false],
  ])('say that two stops are at one hour in two places: %s', async (_what, more, isTold) => {
    const { siteId = null } = more as { siteId?: string };
    const cityOf: Readonly<Record<string, string>> = {
      'ncm:site-2': 'Kirovsk',
      'ncm:site-3': 'Murmansk',
    };
    const cities = { [south.stop]: 'Murmansk', 'nbnp:other': cityOf[siteId ?? ''] ?? null };
    await using network = await open(hubWith([offer('CONFIRMED')], cities));
    await network.update(ItineraryStop, south.stop, { siteId: 'ncm:site-1' });
    await network.insert(ItineraryStop, stop('other', more));
    const warning = { code: 'STOPS_AT_ONE_HOUR', owner: 'nbnp', dueOn: '2030-05-07' };
    expect(await network.told()).toMatchObject(isTold ? [warning] : []);
    expect(await network.codes(readerOf('se', 'coordinator'))).toEqual([]);
    expect(await network.codes(anonymous)).toEqual([]);
  });

  it('count members whom no visa lets travel, for those who may read why they are absent', async () => {
    await using network = await open();
    const absent = { group: south.group, visit: south.visit, from: week.startsOn };
    const refused = { ...absent, participant: 'dk:officer-1', reason: 'VISA_REFUSED' };
    await network.done('recordAbsence', { ...refused, version: 1 });
    const ill = { ...absent, participant: 'fi:officer-1', reason: 'ILLNESS' };
    await network.done('recordAbsence', { ...ill, version: 2 });
    expect(await network.told()).toMatchObject([
      { code: 'VISA_REFUSED', subject: south.visit, owner: 'nbnp', count: 1, ...due },
    ]);
    expect(await network.codes(readerOf('dk', 'liaison'))).toEqual(['VISA_REFUSED']);
    for (const reader of [
      anonymous,
      readerOf('fi', 'coordinator'),
      readerOf('nbnp', 'analyst'),
      readerOf('dk', 'analyst'),
    ])
      expect(await network.codes(reader)).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.codes()).not.toContain('VISA_REFUSED');
    await network.update(Visit, south.visit, { departedOn: null });
    const of = { groupId: south.group, officerId: 'dk:officer-1' };
    await network.source.manager.update(OfficerNomination, of, { declinedOn: '2030-04-01' });
    // One of at least two is left.
    expect(await network.codes()).toEqual(['MEMBERS_TOO_FEW']);
  });

  it('say that a visa is refused as a formality, beside the absences', async () => {
    const offers = [offer('CONFIRMED')];
    await using network = await open(hubWith(offers, {}, { visas: 2 }));
    const warning = { code: 'VISA_REFUSED', subject: south.visit, owner: 'nbnp', ...due };
    expect(await network.told()).toMatchObject([{ ...warning, count: 2 }]);
    const absence = { visitId: south.visit, groupId: south.group, from: '2030-05-06' };
    const absent = { ...absence, participantId: 'dk:officer-1', reason: 'VISA_REFUSED' };
    await network.insert(Absence, absent);
    expect(await network.told()).toMatchObject([{ ...warning, count: 3 }]);
    // Her own police force reads why she is absent, and nothing of the others.
    expect(await network.told(readerOf('dk', 'liaison'))).toMatchObject([{ ...warning, count: 1 }]);
    for (const reader of [
      anonymous,
      readerOf('fi', 'coordinator'),
      readerOf('ncm', 'liaison'),
      readerOf('nbnp', 'analyst'),
    ])
      expect(await network.codes(reader)).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.codes()).not.toContain('VISA_REFUSED');
  });

  it.each([
    ['2030-04-21T12:00:00Z', []],
    ['2030-04-22T12:00:00Z', ['se:pending', 'se:pending-too']],
  ])('say on %s of nominations without a decision: %j', async (now, pending) => {
    const nominations = [
      { id: 'se:pending-too', withdrawnOn: null },
      { id: 'se:pending', withdrawnOn: null },
      { id: 'se:withdrawn', withdrawnOn: '2030-02-01' },
      { id: 'dk:officer-1-for-south', withdrawnOn: null },
      null,
    ] as readonly object[];
    await using network = await open(hubWith([offer('CONFIRMED')], {}, { nominations }), now);
    expect(await network.told()).toMatchObject(
      pending.map((subject) => ({ code: 'DECISION_OVERDUE', subject, owner: 'nbnp', ...due })),
    );
    for (const reader of [anonymous, readerOf('nbnp', 'analyst'), readerOf('no', 'coordinator')])
      expect(await network.codes(reader)).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.codes()).not.toContain('DECISION_OVERDUE');
  });

  it('compare the visits with the plan of the programme, and the members with the planned size', async () => {
    await using network = await open();
    const journey = {
      id: 'nbnp:journey',
      programmeId: programme,
      position: 0,
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      weeks: 1,
      destination: 'Murmansk',
    };
    await network.insert(PlannedJourney, journey);
    expect(await network.told()).toEqual([]);
    await network.update(Visit, south.visit, { endsOn: '2030-05-13' });
    await network.update(Group, south.group, { plannedSize: 1 });
    const told = (await network.told()).filter(({ code }) => code !== 'PLANNED_TOO_FEW');
    expect(told).toMatchObject([
      { code: 'MORE_MEMBERS_THAN_PLANNED', count: 2, expected: 1 },
      { code: 'LONGER_THAN_PLANNED', count: 8, expected: 7 },
    ]);
    // Nobody learns of a visit ahead by its length.
    expect(await network.codes(anonymous)).not.toContain('LONGER_THAN_PLANNED');
    await network.update(Visit, south.visit, { cancelledOn: '2030-04-01' });
    expect(await network.codes()).not.toContain('LONGER_THAN_PLANNED');
  });
});
