import { readEveryRow, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { EarlierPlan } from '../entities/visit-plan.entity.js';
import { Absence, ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { definition } from '../partner.js';
import { added, carriedOf, columns, left, pick, plant, secretsIn } from '../testing/test-copies.js';
import {
  baltic,
  createSidesGroup,
  nordic,
  planSides,
  sidesHub,
  type PlannedSides,
} from '../testing/test-sides.js';
import { openTestVisits, type TestHub, type TestVisits } from '../testing/test-visits.js';

const entities = [...definition.entities];

type Row = Readonly<Record<string, unknown>>;

const hub: TestHub = {
  ...sidesHub,
  SitesToCopy: ({ country }) => ({
    sites: [
      { id: `${String(country).toLowerCase()}:site`, mergedInto: null },
      {
        id: `${String(country).toLowerCase()}:gone`,
        mergedInto: { id: `${String(country).toLowerCase()}:site` },
      },
    ],
  }),
  GroupsOfDelegates: () => ({ group: { delegates: [] } }),
};

const optional = (text: string) => fc.option(fc.constant(text), { nil: null });
const stop = fc.record({
  hostCountry: fc.constantFrom('DK', 'SE'),
  day: fc.nat({ max: 5 }),
  from: optional('09:30'),
  to: optional('11:00'),
  sector: fc.constantFrom('POLICE', 'NGO', 'SOCIAL'),
  site: fc.constantFrom('site', 'gone', null),
  status: fc.constantFrom('PLANNED', 'CALLED_OFF', 'HELD', 'NOT_HELD'),
});
const visit = fc.record({
  gap: fc.nat({ max: 20 }),
  length: fc.integer({ min: 5, max: 9 }),
  hosts: fc.constantFrom(['DK', 'SE'], ['SE', 'DK'], ['DK', 'LV', 'SE']),
  isCancelled: fc.boolean(),
  stops: fc.array(stop, { maxLength: 4 }),
});
const group = fc.record({
  size: fc.integer({ min: 2, max: 4 }),
  visits: fc.array(visit, { minLength: 1, maxLength: 3 }),
});
type RandomGroup = typeof group extends fc.Arbitrary<infer Value> ? Value : never;

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Writes a group with visits and stops, and with everything that may be recorded of them. */
async function plantGroup(
  network: TestVisits,
  { programme, sides }: PlannedSides,
  { size, visits }: RandomGroup,
): Promise<{ id: string; firstDay: string | undefined }> {
  const id = `nbnp:planted-${randomUUID()}`;
  const insert = (entity: EntityTarget<ObjectLiteral>, given: Row) =>
    network.insert(entity, plant(network, entity, given));
  const ends = { fromSideId: sides[baltic.name], toSideId: sides[nordic.name] };
  const planned = { programmeId: programme, plannedSize: size, direction: null, ...ends };
  await insert(Group, { id, ...planned });
  await insert(OfficerNomination, { groupId: id, reserve: false });
  await insert(GroupMeeting, { groupId: id, kind: 'BRIEFING' });
  let day = '2030-01-07';
  let firstDay: string | undefined;
  for (const [index, { gap, length, hosts, isCancelled, stops }] of visits.entries()) {
    const startsOn = addDays(day, gap);
    const days = { startsOn, endsOn: addDays(startsOn, length) };
    day = addDays(days.endsOn, 1);
    if (!isCancelled) firstDay ??= startsOn;
    const visitId = `${id}-${index}`;
    const cancelled = isCancelled ? {} : { cancelledOn: null };
    await insert(Visit, { id: visitId, groupId: id, ...days, ...cancelled });
    for (const [position, country] of hosts.entries())
      await insert(VisitHost, { visitId, country, position, owner: country.toLowerCase() });
    await insert(ExpertAssignment, { visitId });
    await insert(Absence, { visitId, groupId: id });
    await insert(EarlierPlan, { visitId });
    for (const [place, { day: later, site, ...one }] of stops.entries())
      await insert(ItineraryStop, {
        ...one,
        id: `${visitId}-${place}`,
        visitId,
        day: addDays(startsOn, later),
        siteId: site === null ? null : `${one.hostCountry.toLowerCase()}:${site}`,
      });
  }
  return { id, firstDay };
}

const sorted = <Value>(values: readonly Value[]): Value[] =>
  values.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** A group as planned: what was called off or cancelled is no plan, and a merged site is the other. */
async function readPlan({ source }: TestVisits, id: string): Promise<unknown> {
  const row = await source.manager.findOneByOrFail(Group, { id });
  const { fromSideId, toSideId } = row;
  const visits = [];
  for (const one of await source.manager.findBy(Visit, { groupId: id })) {
    if (one.cancelledOn !== null) continue;
    const hosts = await source.manager.findBy(VisitHost, { visitId: one.id });
    const stops = await source.manager.findBy(ItineraryStop, { visitId: one.id });
    visits.push({
      ...carriedOf(Visit, one),
      ...pick(one, ['startsOn', 'endsOn']),
      hosts: sorted(hosts.map((host) => carriedOf(VisitHost, host))),
      stops: sorted(
        stops
          .filter(({ status }) => status !== 'CALLED_OFF')
          .map((stop_) => ({
            ...carriedOf(ItineraryStop, stop_),
            day: stop_.day,
            siteId: stop_.siteId?.replace('gone', 'site') ?? null,
          })),
      ),
    });
  }
  return { ...carriedOf(Group, row), fromSideId, toSideId, visits: sorted(visits) };
}

/** What of a plan moves with its days. */
const move = (plan: unknown, days: number): unknown =>
  JSON.parse(
    JSON.stringify(plan, (name, value: unknown) =>
      ['startsOn', 'endsOn', 'day'].includes(name) ? addDays(String(value), days) : value,
    ),
  );

const allowed = [
  'visits.title',
  'visits.practicalInformation',
  'itinerary_stops.title',
  'itinerary_stops.address',
  'itinerary_stops.city',
  'itinerary_stops.meetingPoint',
  'itinerary_stops.note',
];

/** A new record has its own columns as a fresh one, whatever stood in the copied one. */
const fresh = new Map<EntityTarget<ObjectLiteral>, Row>([
  [Group, { version: 1, cancelledOn: null, cancelReason: null, coordinatingOfficeId: 'ncm:rix' }],
  [
    Visit,
    { version: 1, departedOn: null, returnedOn: null, cancelledOn: null, cancelReason: null },
  ],
  [
    ItineraryStop,
    {
      version: 1,
      planVersion: 1,
      status: 'PLANNED',
      networkConfirmedVersion: 0,
      contactOnTheSpot: null,
      statusReason: null,
      calledOffOn: null,
      siteContact: null,
      siteContactOn: null,
      networkConfirmedOn: null,
      confirmingOrganisationId: null,
    },
  ],
]);

async function expectFresh({ source }: TestVisits, id: string): Promise<void> {
  const visits = await source.manager.findBy(Visit, { groupId: id });
  const expectEach = (entity: EntityTarget<ObjectLiteral>, rows: readonly object[]) => {
    for (const row of rows) expect(row).toMatchObject(fresh.get(entity) ?? {});
  };
  expectEach(Group, await source.manager.findBy(Group, { id }));
  expectEach(Visit, visits);
  for (const { id: visitId } of visits) {
    const stops = await source.manager.findBy(ItineraryStop, { visitId });
    expectEach(ItineraryStop, stops);
    for (const { hostCountry, hostOwner } of stops)
      expect(hostOwner).toBe(hostCountry.toLowerCase());
  }
}

describe.each(testDatabases)('the columns on $name', (kind) => {
  it('names each column of what is copied, and each table that hangs on it', async () => {
    await using network = await openTestVisits(kind, hub);
    const known = new Map(
      [...columns].map(([entity, { carried, own }]) => [entity, [...carried, ...own].toSorted()]),
    );
    const subjects = ['programmeId', 'groupId', 'visitId'];
    for (const entity of entities) {
      const names = network.source.getMetadata(entity).columns.map((one) => one.propertyName);
      const expected = known.get(entity);
      if (expected) expect(names.toSorted()).toEqual(expected);
      else if (names.some((name) => subjects.includes(name)) && !left.has(entity))
        expect(['Statement', 'EvaluationSignature', 'EvaluationText']).toContain(entity.name);
    }
  });
});

describe.each(testDatabases)('Mutation.copyGroup on $name', (kind) => {
  it('carries the plan of any group and nothing else, there and back', async () => {
    await using network = await openTestVisits(kind, hub);
    const planned = await planSides(network, { startsOn: '2029', endsOn: '2032' });
    await fc.assert(
      fc.asyncProperty(group, fc.integer({ min: -300, max: 300 }), async (random, days) => {
        const { id, firstDay } = await plantGroup(network, planned, random);
        const plan = await readPlan(network, id);
        const before = await readEveryRow(network.source);
        const startsOn = addDays(firstDay ?? '2030-01-07', days);
        const copied = await network.done('copyGroup', { group: id, name: 'A copy', startsOn });
        const rows = added(before, await readEveryRow(network.source));
        expect(allowed).toEqual(expect.arrayContaining(secretsIn(rows)));
        const there = String(copied['id']);
        await expectFresh(network, there);
        expect(await readPlan(network, there)).toEqual(move(plan, days));
        const back = { group: there, name: 'Back', startsOn: firstDay ?? '2030-01-07' };
        const returned = await network.done('copyGroup', back);
        expect(await readPlan(network, String(returned['id']))).toEqual(plan);
        for (const one of [OfficerNomination, GroupMeeting, Absence])
          expect(await network.source.manager.countBy(one, { groupId: there })).toBe(0);
      }),
      { seed: 32, numRuns: 30 },
    );
  }, 120_000);
});

describe.each(testDatabases)('Mutation.copyVisit on $name', (kind) => {
  it('carries the plan of any visit and nothing else, there and back', async () => {
    await using network = await openTestVisits(kind, hub);
    const planned = await planSides(network, { startsOn: '2029', endsOn: '2032' });
    await fc.assert(
      fc.asyncProperty(group, visit, async (random, only) => {
        const { id } = await plantGroup(network, planned, { ...random, visits: [only] });
        const to = await createSidesGroup(network, planned);
        const back = await createSidesGroup(network, planned);
        const first = `${id}-0`;
        await network.update(Visit, first, { cancelledOn: null });
        const { size: plannedSize } = random;
        await network.update(Group, back, { plannedSize });
        const plan = await readPlan(network, id);
        const { startsOn } = await network.source.manager.findOneByOrFail(Visit, { id: first });
        const before = await readEveryRow(network.source);
        const there = { visit: first, group: to, startsOn: '2030-09-02' };
        const copied = await network.done('copyVisit', there);
        const rows = added(before, await readEveryRow(network.source));
        expect(allowed).toEqual(expect.arrayContaining(secretsIn(rows)));
        await expectFresh(network, to);
        await network.done('copyVisit', { visit: copied['id'], group: back, startsOn });
        expect(await readPlan(network, back)).toEqual(plan);
      }),
      { seed: 32, numRuns: 12 },
    );
  }, 120_000);
});
